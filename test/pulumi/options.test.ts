import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { run } from './recorded';
import { BrokerClass, CloudEvent, DeadLetters, EventBroker, EventFilter, ServerlessService, Traffic, TrafficOwner } from '../../lib';
import { deploy, pulumiSettings, PulumiApp } from '../../lib/pulumi';
import { propertyPath } from '../../lib/pulumi/defaults';

const IMAGE = 'registry.example.com/orders:1.0.0';

/** Shows the options of what is registered below it. */
class Watcher extends pulumi.ComponentResource {
  constructor(seen: Map<string, pulumi.CustomResourceOptions>) {
    super('test:index:Watcher', 'watcher', {}, { transformations: [({ name, opts }) => { seen.set(name, opts); return undefined; }] });
  }
}

async function optionsOf(build: (chart: Chart) => void): Promise<Map<string, pulumi.CustomResourceOptions>> {
  const seen = new Map<string, pulumi.CustomResourceOptions>();
  await run(() => {
    const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
    build(chart);
    deploy(chart, { parent: new Watcher(seen) });
  });
  return seen;
}

function broker(chart: Chart): void {
  new EventBroker(chart, 'orders', {
    brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka:9092'], partitions: 3, replicationFactor: 3 }), delivery: { deadLetters: DeadLetters.none() },
  }).subscribe('all', { subscriber: new ServerlessService(chart, 'payment', { image: IMAGE }), filter: EventFilter.type(CloudEvent.ofType('com.example.order.created')) });
}

test('what webhooks of Knative refuse to change is replaced', async () => {
  const options = await optionsOf(broker);
  expect(options.get('Broker/shop/orders')!.replaceOnChanges).toEqual(['metadata.annotations["eventing.knative.dev/broker.class"]', 'spec.config']);
  expect(options.get('Trigger/shop/all')!.replaceOnChanges).toEqual(['spec.broker']);
  expect(options.get('Service/shop/payment')!.replaceOnChanges).toBeUndefined();
});

test('the replicas of a Deployment belong to its autoscaler', async () => {
  const deployment = (chart: Chart, name: string) => new ApiObject(chart, name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image: IMAGE, resources: { requests: { cpu: '100m' } } }] } } },
  });
  const options = await optionsOf(chart => {
    deployment(chart, 'scaled');
    deployment(chart, 'fixed');
    new ApiObject(chart, 'scaler', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaler' },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' },
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      },
    });
  });
  expect(options.get('Deployment/shop/scaled')!.ignoreChanges).toEqual(['spec.replicas']);
  expect(options.get('Deployment/shop/fixed')!.ignoreChanges).toBeUndefined();
});

test('a traffic block that Flagger moves is left alone', async () => {
  const options = await optionsOf(chart => new ServerlessService(chart, 'orders', { image: IMAGE, traffic: Traffic.managedExternally(TrafficOwner.FLAGGER) }));
  expect(options.get('Service/shop/orders')!.ignoreChanges).toContain('spec.traffic');
});

test.each([
  ['/spec/traffic', 'spec.traffic'],
  ['/metadata/annotations/flagger.app~1primary-revision', 'metadata.annotations["flagger.app/primary-revision"]'],
  ['/spec/http/0/route', 'spec.http[0].route'],
])('the JSON pointer %s is the property path %s', (pointer, path) => {
  expect(propertyPath(pointer)).toBe(path);
});

test('what was declared of a construct is a dependency of each object in it', async () => {
  const needs = new Map<string, string[]>();
  await run(() => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const object = (name: string, kind = 'ConfigMap') => new ApiObject(chart, name, { apiVersion: 'v1', kind, metadata: { name } });
    object('shop', 'Namespace');
    object('second').addDependency(object('first'));
    const seen = new Map<string, pulumi.CustomResourceOptions>();
    deploy(chart, { parent: new Watcher(seen) });
    for (const [name, { dependsOn }] of seen) {
      needs.set(name, ((dependsOn ?? []) as unknown as { __name: string }[]).map(({ __name }) => __name));
    }
  });
  expect(needs.get('Namespace/shop')).toEqual([]);
  expect(needs.get('ConfigMap/shop/first')).toEqual(['Namespace/shop']);
  expect(needs.get('ConfigMap/shop/second')).toEqual(['ConfigMap/shop/first', 'Namespace/shop']);
});

test('settings add up from the app to the object, and the closest wins', async () => {
  const options = await optionsOf(chart => {
    const orders = new ServerlessService(chart, 'orders', { image: IMAGE });
    pulumiSettings(chart, { protect: true, ignoreChanges: ['metadata.labels'], importId: 'not/inherited' });
    pulumiSettings(orders, { protect: false, ignoreChanges: ['spec.template'], importId: 'shop/orders', aliases: [{ name: 'orders' }], timeouts: { create: '2m' } });
  });
  expect(options.get('Service/shop/orders')).toMatchObject({
    protect: false, ignoreChanges: ['metadata.labels', 'spec.template'], import: 'shop/orders', customTimeouts: { create: '2m' }, aliases: [{ name: 'orders' }],
  });
  const account = options.get('ServiceAccount/shop/orders')!;
  expect(account.ignoreChanges).toEqual(['metadata.labels', 'spec.template']);
  expect(account.import).toBeUndefined();
});
