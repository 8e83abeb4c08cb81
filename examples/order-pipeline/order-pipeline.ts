import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvValue, ISecret, Secret } from 'cdk8s-plus-28';
import { events } from './events';
import {
  ActivatorStrategy, AlertSeverity, Autoscaling, Backoff, BrokerClass, Caller, ClusterProfile, DeadLetters, EventBroker, EventFilter, HealthCheck, HttpMethod,
  KafkaAuth, KnativeMetrics, MeshNamespace, MeshPolicy, ObservabilityStack, ServerlessService, ServerlessServiceProps, ServiceVisibility,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/shop';

/** What the pipeline is not told by its own code. */
export interface OrderPipelineProps {
  /** Where it runs. @default 'shop' */
  readonly namespace?: string;

  /** The token of the payment provider. @default - the Secret payment-provider exists already */
  readonly paymentToken?: string;
}

/** What the pipeline relies on in the cluster. */
export const profile = ClusterProfile.sidecar({ monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS } });

/** Everything that takes an order from the click to the doorstep. */
export class OrderPipeline extends Chart {
  /** Takes orders over HTTP. */
  public readonly checkout: ServerlessService;

  constructor(app: App, props: OrderPipelineProps = {}) {
    super(app, 'order-pipeline', { namespace: props.namespace ?? 'shop' });

    new MeshNamespace(this, 'shop');
    new MeshPolicy(this, 'policy');

    const broker = new EventBroker(this, 'orders', {
      brokerClass: BrokerClass.kafka({
        bootstrapServers: ['shop-kafka-bootstrap.kafka:9093'],
        partitions: 12,
        replicationFactor: 3,
        retention: Duration.days(7),
        auth: KafkaAuth.sasl(Secret.fromSecretName(this, 'kafka-credentials', 'shop-kafka-credentials')),
      }),
      delivery: {
        retries: 6,
        backoff: Backoff.exponential(Duration.millis(200)),
        timeout: Duration.seconds(10),
        deadLetters: DeadLetters.to(this.step('order-archive')),
      },
    });

    const checkout = this.checkout = this.step('checkout', {
      visibility: ServiceVisibility.PUBLIC,
      autoscaling: Autoscaling.concurrency(50, { min: 2, max: 40 }),
      activatorStrategy: ActivatorStrategy.outOfPath(),
    });
    const payment = this.step('payment', {
      autoscaling: Autoscaling.concurrency(20, { min: 2, max: 60 }),
      activatorStrategy: ActivatorStrategy.outOfPath(),
      env: { PROVIDER_TOKEN: EnvValue.fromSecretValue({ secret: this.provider(props), key: 'token' }) },
    });
    const inventory = this.step('inventory');
    const logistics = this.step('logistics');
    const notification = this.step('notification');

    checkout.grantInvoke(Caller.ingressGateway(this), { methods: [HttpMethod.POST], paths: ['/orders'] });
    payment.grantInvoke(checkout, { methods: [HttpMethod.GET], paths: ['/payments/*'] });
    broker.grantPublish(checkout);

    const flow = [
      { on: events.orderCreated, step: payment, replies: [events.paymentVerified] },
      { on: events.paymentVerified, step: inventory, replies: [events.inventoryReserved] },
      { on: events.inventoryReserved, step: logistics, replies: [events.shipmentAssigned] },
      { on: events.shipmentAssigned, step: notification },
    ];
    for (const { on, step, replies } of flow) {
      broker.subscribe(step.workloadName, { subscriber: step, filter: EventFilter.type(on), ordered: true, replies });
    }

    const observability = new ObservabilityStack(this, 'observability');
    const steps = [checkout, payment, inventory, logistics, notification];
    observability.monitor(...steps);
    observability.dashboard('order-flow', { title: 'Order flow', workloads: steps });
    for (const step of steps) {
      observability.alertOnErrors(step, {
        thresholdPercent: 1,
        window: Duration.minutes(5),
        pendingFor: Duration.minutes(10),
        severity: AlertSeverity.CRITICAL,
        runbookUrl: `https://runbooks.example.com/shop/${step.workloadName}`,
      });
    }
  }

  private provider({ paymentToken }: OrderPipelineProps): ISecret {
    return paymentToken === undefined
      ? Secret.fromSecretName(this, 'provider', 'payment-provider')
      : new Secret(this, 'provider', { metadata: { name: 'payment-provider' }, stringData: { token: paymentToken } });
  }

  /** A step: a handler of events or requests that scales with what is in flight, down to zero unless it says otherwise. */
  private step(name: string, props: Partial<ServerlessServiceProps> = {}): ServerlessService {
    return new ServerlessService(this, name, {
      image: `${REGISTRY}/${name}:1.4.2`,
      readiness: HealthCheck.http('/ready'),
      timeout: Duration.seconds(10),
      containerConcurrency: 100,
      autoscaling: Autoscaling.concurrency(50, { max: 40 }),
      activatorStrategy: ActivatorStrategy.trusted(),
      resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) } },
      ...props,
    });
  }
}
