import { Chart, Duration } from 'cdk8s';
import { TestDeployment } from './workloads';
import { GatewayTls, MeshGateway, MeshRoute, RetryOn, RetryPolicy, RouteAction } from '../../lib';
import { Caller } from '../../lib/core/caller';
import { Intents } from '../../lib/core/intents';
import { problems, shopChart } from '../support';

const AGAIN: RetryPolicy = { attempts: 3, on: [RetryOn.GATEWAY_ERROR] };
const CONNECT: RetryPolicy = { attempts: 3, on: [RetryOn.CONNECT_FAILURE] };

interface Said {
  readonly retries?: RetryPolicy;
  readonly timeout?: Duration;
}

/** A gateway in front of a shop, which asks stock. */
function shop(outer: Said, inner: Said): Chart {
  const chart = shopChart();
  const [front, stock] = ['front', 'stock'].map(id => new TestDeployment(chart, id));
  stock.grantInvoke(front);
  new MeshGateway(chart, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.none() }).route('all', { action: RouteAction.forward(front), ...outer });
  new MeshRoute(chart, 'stock-routes', { workloads: [stock] }).addRoute('stock', { action: RouteAction.forward(stock), ...inner });
  return chart;
}

describe('retries on the way to a workload', () => {
  test('multiply, which is said with the product', () => {
    expect(problems(shop({ retries: AGAIN }, { retries: AGAIN }), 'SM1269')).toMatchObject([{
      severity: 'warning', path: 'chart/stock-routes', field: 'route(stock).retries', value: '"4 x 4"', reason: expect.stringContaining('up to 16 times'),
    }]);
  });

  test.each<[string, Said, Said]>([
    ['do not where the outer one repeats only what never arrived', { retries: CONNECT }, { retries: AGAIN }],
    ['do not where the inner one sends nothing again', { retries: AGAIN }, { retries: { attempts: 0 } }],
    ['are few', { retries: { ...AGAIN, attempts: 1 } }, { retries: { ...AGAIN, attempts: 1 } }],
    ['are Istio\'s own', { retries: AGAIN }, {}],
  ])('%s', (_, outer, inner) => expect(problems(shop(outer, inner), 'SM1269')).toEqual([]));

  test('multiply with those of the delivery of events', () => {
    const chart = shopChart();
    const mail = new TestDeployment(chart, 'mail');
    Intents.of(chart).edges.add({ caller: Caller.eventing(chart), target: mail, options: {}, delivery: true, retries: 10 });
    new MeshRoute(chart, 'routes', { workloads: [mail] }).addRoute('mail', { action: RouteAction.forward(mail), retries: CONNECT });
    expect(problems(chart, 'SM1269')).toMatchObject([{ value: '"11 x 4"', reason: expect.stringContaining('the delivery of events (1 + 10)') }]);
  });

  test('end where workloads call each other', () => {
    const chart = shopChart();
    const [a, b] = ['a', 'b'].map(id => new TestDeployment(chart, id));
    a.grantInvoke(b);
    b.grantInvoke(a);
    for (const target of [a, b]) new MeshRoute(chart, `${target.node.id}-routes`, { workloads: [target] }).addRoute('all', { action: RouteAction.forward(target), retries: AGAIN });
    expect(problems(chart, 'SM1269').length).toBeLessThan(3);
  });
});

describe('timeouts on the way to a workload', () => {
  test('end inside before they end outside', () => {
    const found = problems(shop({ timeout: Duration.seconds(2) }, { timeout: Duration.seconds(5) }), 'SM1270');
    expect(found).toMatchObject([{ severity: 'warning', field: 'route(stock).timeout', reason: expect.stringContaining('gives up after 2000 ms') }]);
  });

  test('of all times together count where no other is said', () => {
    const inner = { retries: { attempts: 2, perTryTimeout: Duration.seconds(1) } };
    expect(problems(shop({ timeout: Duration.seconds(2) }, inner), 'SM1270')).toHaveLength(1);
    expect(problems(shop({ timeout: Duration.seconds(4) }, inner), 'SM1270')).toEqual([]);
  });
});
