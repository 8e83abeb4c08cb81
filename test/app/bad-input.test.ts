import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ActivatorStrategy, Autoscaling, Backoff, BrokerClass, CloudEvent, DeadLetters, EventBroker, EventFilter, MeshApp, MeshMembership, MeshNamespace, MeshPolicy,
  ServerlessService, ServicePort,
} from '../../lib';

const IMAGE = 'registry.example.com/shop/service:1.4.2';
const orderPlaced = CloudEvent.ofType('com.example.order.placed');

/** One app with every mistake that a newcomer makes, each in a construct of its own. */
function broken(app: App): void {
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  new MeshNamespace(shop, 'namespace');
  new MeshPolicy(shop, 'policy');
  new ServerlessService(shop, 'no-image', { image: '' });
  new ServerlessService(shop, 'reserved-port', { image: IMAGE, port: ServicePort.http1(8012) });
  new ServerlessService(shop, 'two-ports', { image: IMAGE }).apiObject
    .addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/ports/1', { containerPort: 9000 }));
  new ServerlessService(shop, 'reserved-variable', { image: IMAGE, env: { PORT: kplus.EnvValue.fromValue('8080') } });
  new ServerlessService(shop, 'upside-down', { image: IMAGE, autoscaling: Autoscaling.concurrency(10, { min: 5, max: 2 }) });

  const subscriber = new ServerlessService(shop, 'subscriber', { image: IMAGE, activatorStrategy: ActivatorStrategy.trusted() });
  const broker = new EventBroker(shop, 'orders', {
    brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka.kafka:9092'], partitions: 3, replicationFactor: 3 }),
    // what plain JavaScript lets pass
    delivery: { backoff: Backoff.exponential(10 as never), deadLetters: DeadLetters.none() },
  });
  broker.subscribe('first', { subscriber, filter: EventFilter.type(orderPlaced) });
  broker.subscribe('second', { subscriber, filter: EventFilter.type(orderPlaced) });

  const legacy = new Chart(app, 'legacy', { namespace: 'legacy' });
  new MeshNamespace(legacy, 'namespace', { mesh: MeshMembership.OUTSIDE });
  const unmeshed = new ServerlessService(legacy, 'unmeshed', { image: IMAGE, activatorStrategy: ActivatorStrategy.trusted() });
  unmeshed.grantInvoke(subscriber);
}

const MISTAKES: [string, RegExp][] = [
  ['a missing image', /\[shop\/no-image\] SM0102 spec\.template\.spec\.containers\[0\]\.image = "": .*no image.*Fix: name the image/],
  ['a port of the queue-proxy', /\[shop\/reserved-port\] SM0106 .*containerPort = 8012: .*queue-proxy.*Fix: .*another port/],
  ['two ports', /\[shop\/two-ports\] SM0105 .*Fix: /],
  ['a variable that Knative sets', /\[shop\/reserved-variable\] SM0110 .*env\[0\]\.name = "PORT": .*Fix: /],
  ['a max-scale below the min-scale', /\[shop\/upside-down\] SM0118 .*max-scale.*Fix: /],
  ['a retry without the unit of its delay', /\[shop\/orders\] SM0005 delivery\.backoff = 10: .*unit.*Fix: .*Duration/],
  ['a duplicate subscription', /\[shop\/orders\/second\] SM0343 subscriber: .*shop\/orders\/first.*Fix: /],
  ['a grant to a workload in an unmeshed namespace', /\[legacy\/unmeshed\] SM0202 grantInvoke = "service shop\/subscriber": .*legacy.*outside of the mesh.*Fix: /],
];

describe.each([
  ['MeshApp', (outdir: string): App => new MeshApp({ outdir })],
  ['a plain cdk8s App', (outdir: string): App => new App({ outdir })],
])('under %s', (_name, create) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bad-input-'));
  const outdir = path.join(folder, 'out');
  let message = '';

  beforeAll(() => {
    const app = create(outdir);
    broken(app);
    try {
      app.synth();
    } catch (e) {
      message = (e as Error).message;
    }
  });

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test.each(MISTAKES)('refuses %s, in the one message of all', (_mistake, expected) => {
    expect(message).toMatch(expected);
  });

  test('says nothing else', () => {
    expect(message.match(/SM\d{4}/g)).toHaveLength(MISTAKES.length);
  });

  test('writes nothing to the output folder', () => {
    expect(fs.existsSync(outdir) ? fs.readdirSync(outdir) : []).toEqual([]);
  });
});
