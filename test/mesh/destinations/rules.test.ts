import { idleRetryBudget } from '../../../lib/analysis/rules/mesh/resilience/idle-retry-budget';
import { lostAtPort } from '../../../lib/analysis/rules/mesh/resilience/lost-at-port';
import { shortConnectTimeout } from '../../../lib/analysis/rules/mesh/resilience/short-connect-timeout';
import { Json } from '../../support';
import { findingsIn, GARBAGE } from '../findings';

function rule(spec: Json): Json {
  return { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'orders' }, spec: { host: 'orders.shop.svc.cluster.local', ...spec } };
}

const fields = (found: { field?: string }[]) => found.map(({ field }) => field);

describe('a timeout for connections', () => {
  test.each([['10ms', 1], ['0.05s', 1], ['99ms', 1], ['100ms', 0], ['1s', 0], ['1m', 0], ['0s', 0], ['soon', 0]])('of %s gives %i findings', (connectTimeout, count) => {
    expect(findingsIn(shortConnectTimeout, rule({ trafficPolicy: { connectionPool: { tcp: { connectTimeout } } } }))).toHaveLength(count);
  });

  test('is found at ports and subsets', () => {
    const connectionPool = { tcp: { connectTimeout: '5ms' } };
    expect(fields(findingsIn(shortConnectTimeout, rule({
      trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, connectionPool }] },
      subsets: [{ name: 'v1', trafficPolicy: { connectionPool } }],
    })))).toEqual(['spec.trafficPolicy.portLevelSettings[0].connectionPool.tcp.connectTimeout', 'spec.subsets[0].trafficPolicy.connectionPool.tcp.connectTimeout']);
  });
});

describe('a retry budget', () => {
  const retryBudget = { percent: 10 };

  test('of a subset counts where the host has a pool, which the subset inherits', () => {
    expect(findingsIn(idleRetryBudget, rule({ trafficPolicy: { connectionPool: { http: {} } }, subsets: [{ name: 'v1', trafficPolicy: { retryBudget } }] }))).toEqual([]);
    expect(fields(findingsIn(idleRetryBudget, rule({ subsets: [{ name: 'v1', trafficPolicy: { retryBudget } }] })))).toEqual(['spec.subsets[0].trafficPolicy.retryBudget']);
  });
});

describe('settings of a port', () => {
  test('name what they take away, subset by subset', () => {
    const ports = [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }];
    const found = findingsIn(lostAtPort, rule({
      trafficPolicy: { connectionPool: { http: {} }, outlierDetection: {}, portLevelSettings: ports },
      subsets: [{ name: 'v1', trafficPolicy: { loadBalancer: {}, portLevelSettings: ports } }],
    }));
    expect(found).toMatchObject([{ severity: 'info', field: 'spec.trafficPolicy.portLevelSettings[0]', reason: expect.stringContaining('connectionPool and outlierDetection') }]);
  });
});

test.each(GARBAGE)('garbage is left to other rules (%#)', garbage => {
  for (const known of [shortConnectTimeout, idleRetryBudget, lostAtPort]) {
    expect(findingsIn(known, { ...rule({}), spec: garbage })).toEqual([]);
    expect(findingsIn(known, rule({ trafficPolicy: garbage, subsets: garbage }))).toEqual([]);
    expect(() => findingsIn(known, rule({ trafficPolicy: { portLevelSettings: garbage, connectionPool: garbage } }))).not.toThrow();
  }
});
