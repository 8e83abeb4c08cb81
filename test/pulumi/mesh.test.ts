import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { run, settled, valueOf } from './recorded';
import { ActivatorStrategy, Autoscaling, BrokerClass, CloudEvent, ClusterProfile, DeadLetters, EventFilter, KnativeMetrics } from '../../lib';
import { mesh } from '../../lib/pulumi';

const IMAGE = 'registry.example.com/orders:1.0.0';
const SHOP = { namespace: 'shop' };

test('a service takes outputs for what is text, number, list or map', async () => {
  const recorded = await run(() => new mesh.ServerlessService('orders', {
    image: pulumi.output(IMAGE),
    containerConcurrency: pulumi.output(40),
    args: pulumi.output(['--region', 'eu']),
    env: { DATABASE: pulumi.output('db.example.com'), REGION: 'eu' },
    templateLabels: { tier: pulumi.output('gold') },
  }, SHOP));
  await settled();
  const { metadata, spec } = recorded.object('Service/shop/orders').inputs.spec.template;
  expect(spec.containerConcurrency).toBe(40);
  expect(spec.containers[0]).toMatchObject({ image: IMAGE, args: ['--region', 'eu'], env: [{ name: 'DATABASE', value: 'db.example.com' }, { name: 'REGION', value: 'eu' }] });
  expect(metadata.labels.tier).toBe('gold');
});

test('components know each other: a grant makes one policy, a subscription one trigger', async () => {
  const recorded = await run(() => {
    mesh.useProfile(ClusterProfile.sidecar({ monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS } }));
    new mesh.MeshPolicy('policy', {}, SHOP);
    const checkout = new mesh.ServerlessService('checkout', { image: IMAGE }, SHOP);
    const payment = new mesh.ServerlessService('payment', { image: IMAGE, autoscaling: Autoscaling.concurrency(20, { min: 1 }), activatorStrategy: ActivatorStrategy.outOfPath() }, SHOP);
    payment.grantInvoke(checkout);
    const broker = new mesh.EventBroker('orders', {
      brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka.kafka:9092'], partitions: 3, replicationFactor: 3 }), delivery: { deadLetters: DeadLetters.none() },
    }, SHOP);
    broker.grantPublish(checkout);
    broker.subscribe('payment', { subscriber: payment, filter: EventFilter.type(CloudEvent.ofType('com.example.order.created')) });
    const observability = new mesh.ObservabilityStack('observability', { monitorLabels: { release: pulumi.output('prometheus') } }, SHOP);
    observability.monitor(checkout, payment);
  });
  await settled();
  const principals = recorded.object('AuthorizationPolicy/shop/payment').inputs.spec.rules
    .flatMap((rule: { from?: { source: { principals?: string[] } }[] }) => rule.from ?? []).flatMap(({ source }: { source: { principals?: string[] } }) => source.principals ?? []);
  expect(principals).toContain('cluster.local/ns/shop/sa/checkout');
  expect(recorded.object('Trigger/shop/payment').inputs.spec.subscriber.ref).toMatchObject({ kind: 'Service', name: 'payment', namespace: 'shop' });
  expect(recorded.objects.filter(({ name }) => name.startsWith('PodMonitor/shop/'))[0].inputs.metadata.labels).toMatchObject({ release: 'prometheus' });
});

test('a service gives its address once the cluster says so', async () => {
  const { result } = await run(() => new mesh.ServerlessService('orders', { image: IMAGE }, SHOP).url, { status: { status: { url: 'https://orders.shop.example.com' } } });
  expect(await valueOf(result)).toBe('https://orders.shop.example.com');
});

test('objects belong to their component, and go to its cluster', async () => {
  const { result } = await run(() => {
    const provider = new k8s.Provider('eu', {});
    return new mesh.ServerlessService('orders', { image: IMAGE }, { ...SHOP, provider });
  });
  await settled();
  expect(await valueOf(result.urn)).toContain('cdk8s-serverless-mesh:index:ServerlessService::orders');
});
