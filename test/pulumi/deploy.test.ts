import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart, Include } from 'cdk8s';
import { Construct } from 'constructs';
import { run, settled, valueOf } from './recorded';
import { BrokerClass, CloudEvent, DeadLetters, EventBroker, EventFilter, MeshNamespace, MeshPolicy, ServerlessService } from '../../lib';
import { Components, deploy, fromPulumi, PulumiApp, pulumiSettings } from '../../lib/pulumi';

const IMAGE = 'registry.example.com/orders:1.0.0';

function object(scope: Construct, id: string, props: { kind?: string; apiVersion?: string; namespace?: string; [field: string]: unknown } = {}): ApiObject {
  const { kind = 'ConfigMap', apiVersion = 'v1', namespace, ...fields } = props;
  return new ApiObject(scope, id, { apiVersion, kind, metadata: { name: id, namespace }, ...fields });
}

describe('objects', () => {
  test('are registered under their kind, namespace and name, whatever the construct that they come from', async () => {
    const { objects } = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      new MeshNamespace(chart, 'namespace', { name: 'shop' });
      new ServerlessService(new Construct(chart, 'deep'), 'orders', { image: IMAGE });
      deploy(chart);
    });
    expect(objects.map(({ name, type }) => [name, type]).sort()).toEqual([
      ['Namespace/shop', 'kubernetes:core/v1:Namespace'],
      ['Service/shop/orders', 'kubernetes:serving.knative.dev/v1:Service'],
      ['ServiceAccount/shop/orders', 'kubernetes:core/v1:ServiceAccount'],
    ]);
  });

  test('of kinds without namespaces lose the one of their chart', async () => {
    const recorded = await run(() => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      object(chart, 'reader', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] });
      deploy(chart);
    });
    expect(recorded.object('ClusterRole/reader').inputs.metadata).toEqual({ name: 'reader' });
  });

  test('keep type and name when they move to another construct or the components change', async () => {
    const urns = async (components: Components, move: boolean) => {
      const { result } = await run(() => {
        const chart = new Chart(new App(), move ? 'other' : 'shop', { namespace: 'shop' });
        object(move ? new Construct(new Construct(chart, 'a'), 'b') : chart, 'settings');
        return deploy(chart, { components }).all;
      });
      return Promise.all(result.map(resource => valueOf(resource.urn)));
    };
    const first = await urns(Components.CONSTRUCT, false);
    expect(first).toEqual(['urn:pulumi:test::shop::cdk8s-serverless-mesh:index:Scope$kubernetes:core/v1:ConfigMap::ConfigMap/shop/settings']);
    expect(await urns(Components.CONSTRUCT, true)).toEqual(first);
    expect(await urns(Components.CHART, false)).toEqual(first);
  });

  test('come from an app or chart that was written without Pulumi in mind, files included', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pulumi-'));
    fs.writeFileSync(path.join(folder, 'settings.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { a: b }\n');
    const { objects } = await run(() => {
      const app = new App();
      new Include(new Chart(app, 'included'), 'files', { url: path.join(folder, 'settings.yaml') });
      object(new Chart(app, 'plain', { namespace: 'shop' }), 'more');
      deploy(app);
    });
    fs.rmSync(folder, { recursive: true });
    expect(objects.map(({ name }) => name).sort()).toEqual(['ConfigMap/shop/more', 'ConfigMap/shop/settings']);
  });

  test('of one chart are deployed without those of the others', async () => {
    const { objects } = await run(() => {
      const app = new App();
      const one = new Chart(app, 'one', { namespace: 'shop' });
      object(one, 'first');
      object(new Chart(app, 'two', { namespace: 'shop' }), 'second');
      deploy(one);
    });
    expect(objects.map(({ name }) => name)).toEqual(['ConfigMap/shop/first']);
  });

  test('can be changed or left out on their way', async () => {
    const { objects } = await run(() => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      object(chart, 'kept');
      object(chart, 'dropped');
      deploy(chart, {
        transform: (manifest, { path: from }) => from === 'shop/dropped' ? undefined : { ...manifest, metadata: { ...manifest.metadata, labels: { owner: 'shop' } } },
      });
    });
    expect(objects.map(({ name, inputs }) => [name, inputs.metadata.labels])).toEqual([['ConfigMap/shop/kept', { owner: 'shop' }]]);
  });

  test('of the same name go to several clusters, when each has a name', async () => {
    const { objects } = await run(() => {
      const app = new App();
      for (const cluster of ['eu', 'us']) {
        const chart = new Chart(app, cluster, { namespace: 'shop' });
        object(chart, 'settings');
        deploy(chart, { cluster, provider: new k8s.Provider(cluster, {}) });
      }
    });
    expect(objects.map(({ name }) => name).filter(name => name.includes('/')).sort()).toEqual(['eu/ConfigMap/shop/settings', 'us/ConfigMap/shop/settings']);
  });
});

describe('what is refused before anything is registered', () => {
  async function refusal(program: () => void): Promise<string> {
    let message = '';
    const { registered } = await run(() => {
      try {
        program();
      } catch (e) {
        ({ message } = e as Error);
      }
    });
    expect(registered).toEqual([]);
    return message;
  }

  test('two constructs that are the same object', async () => {
    const message = await refusal(() => {
      const app = new App();
      object(new Chart(app, 'one', { namespace: 'shop' }), 'settings');
      object(new Chart(app, 'two', { namespace: 'shop' }), 'settings');
      deploy(app);
    });
    expect(message).toContain('[two/settings] SM1405 metadata.name = "settings": one/settings is the same ConfigMap');
  });

  test('a declared cycle', async () => {
    const message = await refusal(() => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      const one = object(chart, 'one');
      const two = object(chart, 'two');
      one.addDependency(two);
      two.addDependency(one);
      deploy(chart);
    });
    expect(message).toContain('SM1406 dependencies: none can be the first: shop/one needs shop/two needs shop/one');
  });

  test('a Namespace that waits for one of its members', async () => {
    const message = await refusal(() => {
      const chart = new Chart(new App(), 'shop');
      object(chart, 'shop', { kind: 'Namespace' }).addDependency(object(chart, 'settings', { namespace: 'shop' }));
      deploy(chart);
    });
    expect(message).toContain('SM1406');
    expect(message).toContain('an object needs its Namespace');
  });

  test('everything that YAML would be refused for, all at once', async () => {
    const message = await refusal(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      new ServerlessService(chart, 'orders', { image: IMAGE, containerConcurrency: -1 });
      new ServerlessService(chart, 'Payment', { image: IMAGE });
      deploy(chart);
    });
    expect(message).toMatch(/^Validation failed with \d+ errors:/);
    expect(message).toContain('[shop/orders]');
    expect(message).toContain('[shop/Payment]');
  });
});

describe('dependencies', () => {
  test('of a construct hold for every object in it, and a Namespace and a definition come first', async () => {
    const order: string[] = [];
    await run(() => {
      const chart = new Chart(new App(), 'shop');
      const late = new Construct(chart, 'late');
      object(late, 'late-1', { namespace: 'shop' });
      object(late, 'late-2', { namespace: 'shop' });
      const widget = object(chart, 'widget', { apiVersion: 'example.com/v1', kind: 'Widget', namespace: 'shop' });
      late.node.addDependency(widget);
      object(chart, 'shop', { kind: 'Namespace' });
      object(chart, 'widgets.example.com', {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { kind: 'Widget', plural: 'widgets' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
        },
      });
      const stack = deploy(chart);
      stack.all.forEach(resource => void resource.urn.apply(urn => order.push(urn.split('::').pop()!)));
    });
    const at = (name: string) => order.indexOf(name);
    expect(at('Widget/shop/widget')).toBeGreaterThan(at('CustomResourceDefinition/widgets.example.com'));
    expect(at('Widget/shop/widget')).toBeGreaterThan(at('Namespace/shop'));
    expect(at('ConfigMap/shop/late-1')).toBeGreaterThan(at('Widget/shop/widget'));
    expect(at('ConfigMap/shop/late-2')).toBeGreaterThan(at('Widget/shop/widget'));
  });
});

describe('settings', () => {
  test('wait for Knative, and replace what it refuses to change', async () => {
    const recorded = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      const broker = new EventBroker(chart, 'orders', { brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka:9092'], partitions: 3, replicationFactor: 3 }), delivery: { deadLetters: DeadLetters.none() } });
      broker.subscribe('all', { subscriber: new ServerlessService(chart, 'payment', { image: IMAGE }), filter: EventFilter.type(CloudEvent.ofType('com.example.order.created')) });
      deploy(chart);
    });
    for (const name of ['Broker/shop/orders', 'Service/shop/payment']) {
      expect(recorded.object(name).inputs.metadata.annotations['pulumi.com/waitFor']).toBe('condition=Ready');
    }
    expect(recorded.object('ServiceAccount/shop/payment').inputs.metadata.annotations).toBeUndefined();
  });

  test('of a construct hold for everything below it, and become annotations', async () => {
    const recorded = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      const orders = new ServerlessService(chart, 'orders', { image: IMAGE });
      pulumiSettings(chart, { deletionPropagation: 'orphan' });
      pulumiSettings(orders, { skipAwait: true, patchForce: true });
      object(chart, 'settings');
      deploy(chart);
    });
    expect(recorded.object('Service/shop/orders').inputs.metadata.annotations).toEqual({
      'pulumi.com/skipAwait': 'true', 'pulumi.com/patchForce': 'true', 'pulumi.com/deletionPropagationPolicy': 'orphan',
    });
    expect(recorded.object('ConfigMap/shop/settings').inputs.metadata.annotations).toEqual({ 'pulumi.com/deletionPropagationPolicy': 'orphan' });
  });

  test('are left out for files', async () => {
    const recorded = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      new ServerlessService(chart, 'orders', { image: IMAGE });
      deploy(chart, { rendersFiles: true });
    });
    expect(recorded.object('Service/shop/orders').inputs.metadata.annotations).toBeUndefined();
  });
});

describe('the way back', () => {
  const STATUS = { status: { url: 'https://orders.shop.example.com' } };

  test('gives what the cluster says of a construct', async () => {
    const { result } = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      const orders = new ServerlessService(chart, 'orders', { image: IMAGE });
      const stack = deploy(chart);
      return { url: stack.field(orders, 'status.url'), name: stack.resource(orders).apply(resource => resource.metadata.name) };
    }, { status: STATUS });
    expect(await valueOf(result.url)).toBe('https://orders.shop.example.com');
    expect(await valueOf(result.name)).toBe('orders');
  });

  test('is unknown in a preview where the cluster has not said it yet', async () => {
    let asked = false;
    const { result } = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      const orders = new ServerlessService(chart, 'orders', { image: IMAGE });
      return deploy(chart).field(orders, 'status.url').apply(() => { asked = true; });
    }, { preview: true });
    await settled();
    expect(await (result as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
    expect(asked).toBe(false);
  });

  test('says what to pass where a construct has no main object or is elsewhere', async () => {
    await run(() => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      object(chart, 'one');
      const other = object(new Chart(new App(), 'other', { namespace: 'shop' }), 'two');
      const stack = deploy(chart);
      expect(() => stack.resource(chart)).toThrow('[shop] SM1408 it has no main object. Fix: pass one of the objects in it: shop/one.');
      expect(() => stack.resource(other)).toThrow('[other/two] SM1407 it is not part of what was deployed');
    });
  });
});

describe('a preview with outputs that are not known', () => {
  test('registers everything else, and calls nothing with a wrong value', async () => {
    const calls: string[] = [];
    const recorded = await run(() => {
      const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
      const unknown = pulumi.output(pulumi.unknown as unknown as string);
      unknown.apply(value => calls.push(value));
      object(chart, 'settings', { data: { url: `https://${fromPulumi.string(unknown)}/`, plain: 'a' } });
      deploy(chart);
    }, { preview: true });
    expect(calls).toEqual([]);
    const { data } = recorded.object('ConfigMap/shop/settings').inputs;
    expect(data.plain).toBe('a');
    expect(JSON.stringify(data)).not.toContain('PulumiOutput');
    expect(JSON.stringify(data)).not.toContain('https://undefined');
  });
});

test('a policy of the mesh and its namespace deploy as they are written', async () => {
  const { objects } = await run(() => {
    const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
    new MeshNamespace(chart, 'namespace', { name: 'shop' });
    new MeshPolicy(chart, 'policy');
    deploy(chart);
  });
  expect(objects.map(({ type }) => type).sort()).toEqual([
    'kubernetes:core/v1:Namespace', 'kubernetes:security.istio.io/v1:AuthorizationPolicy', 'kubernetes:security.istio.io/v1:PeerAuthentication',
  ]);
});
