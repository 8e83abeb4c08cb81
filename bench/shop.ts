import { ApiObject, ApiObjectProps, App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { compiled } from './library';
import type * as Library from '../lib';

const SERVICES = 18;
/** How many objects a shop is made of. */
export const OBJECTS = 6 * SERVICES + 9;
/** How many shops make 10,000 objects. */
export const SHOPS = Math.ceil(10_000 / OBJECTS);

type Manifests = readonly (readonly ApiObjectProps[])[];

const known = new Map<number, Manifests>();

/** An app for shops, in the cluster that they need. */
export function appOf(library: typeof Library, outdir?: string): Library.MeshApp {
  const { ClusterProfile, KnativeMetrics, MeshApp } = library;
  return new MeshApp({ outdir, quiet: true, profile: ClusterProfile.sidecar({ monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS } }) });
}

/**
 * Shops of about a hundred objects each, as users write them: services with an identity, who may call whom, an event flow through all of
 * them, monitors, alerts, a dashboard.
 */
export function shops(library: typeof Library, app: App, count: number): void {
  for (let i = 0; i < count; i++) shop(library, new Chart(app, `shop-${i}`, { namespace: `shop-${i}` }));
}

/** What so many shops render to, shop by shop. */
export function manifestsOf(count: number): Manifests {
  let manifests = known.get(count);
  if (!manifests) {
    const library = compiled();
    const app = appOf(library);
    shops(library, app, count);
    // a chart that is asked itself has the whole app checked first, each time
    manifests = app.charts.map(chart => chart.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson() as ApiObjectProps));
    if (manifests.some(({ length }) => length !== OBJECTS)) throw new Error(`a shop has ${manifests[0].length} objects, not ${OBJECTS}`);
    known.set(count, manifests);
  }
  return manifests;
}

function shop(library: typeof Library, chart: Chart): void {
  const {
    ActivatorStrategy, AlertSeverity, Autoscaling, Backoff, BrokerClass, CloudEvent, DeadLetters, EventBroker, EventFilter, HealthCheck, HttpMethod, MeshNamespace,
    MeshPolicy, ObservabilityStack, ServerlessService,
  } = library;
  new MeshNamespace(chart, 'namespace');
  new MeshPolicy(chart, 'policy');
  const services = Array.from({ length: SERVICES }, (_, i) => new ServerlessService(chart, `service-${i}`, {
    image: `registry.example.com/shop/service-${i}:1.4.2`,
    readiness: HealthCheck.http('/ready'),
    timeout: Duration.seconds(10),
    containerConcurrency: 100,
    autoscaling: Autoscaling.concurrency(50, { max: 40 }),
    activatorStrategy: ActivatorStrategy.trusted(),
    resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) } },
  }));
  const broker = new EventBroker(chart, 'orders', {
    brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka.kafka:9092'], partitions: 12, replicationFactor: 3 }),
    delivery: { retries: 6, backoff: Backoff.exponential(Duration.millis(200)), timeout: Duration.seconds(10), deadLetters: DeadLetters.none() },
  });
  const observability = new ObservabilityStack(chart, 'observability');
  observability.monitor(...services);
  broker.grantPublish(services[0]);
  services.forEach((service, i) => {
    for (const what of ['placed', 'cancelled']) {
      broker.subscribe(`${service.workloadName}-${what}`, { subscriber: service, filter: EventFilter.type(CloudEvent.ofType(`com.example.step-${i}.${what}`)), ordered: true });
    }
    if (i > 0) service.grantInvoke(services[i - 1], { methods: [HttpMethod.GET, HttpMethod.POST], paths: ['/orders/*'] });
    observability.alertOnErrors(service, { thresholdPercent: 1, window: Duration.minutes(5), severity: AlertSeverity.CRITICAL, runbookUrl: 'https://runbooks.example.com' });
  });
  observability.dashboard('overview', { title: 'Overview', workloads: services });
}
