import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  ClientTls, ContainerService, HashAlgorithm, HashKey, LoadBalancing, LocalityRouting, RouteTarget, TrafficPolicy, TrafficPolicyProps,
} from '../../../lib';
import { manifest, manifests, problems, shopChart } from '../../support';
import { TestDeployment, TestService } from '../workloads';

function reviews(chart: Chart) {
  const service = new ContainerService(chart, 'reviews', { image: 'registry.example/reviews:1.0.0', version: 'v1' });
  return { service, v1: service.mainVersion, v2: service.addVersion('v2', { image: 'registry.example/reviews:2.0.0' }) };
}

function policyOf(props: Omit<TrafficPolicyProps, 'target'>) {
  const chart = shopChart();
  new TrafficPolicy(chart, 'policy', { target: new TestDeployment(chart, 'orders'), ...props });
  const rule = manifest(chart, 'DestinationRule');
  return { policy: rule.spec.trafficPolicy, found: problems(chart), rule };
}

describe('a traffic policy', () => {
  test('limits what is under way and leaves out pods that fail', () => {
    const { policy, found, rule } = policyOf({
      connectionPool: { maxConnections: 100, connectTimeout: Duration.seconds(2), maxPendingRequests: 50, maxRequests: 200, idleTimeout: Duration.minutes(5) },
      outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30), maxEjectionPercent: 50 },
    });
    expect(rule.metadata).toMatchObject({ name: 'orders', namespace: 'shop' });
    expect(policy).toEqual({
      connectionPool: { tcp: { maxConnections: 100, connectTimeout: '2s' }, http: { http1MaxPendingRequests: 50, http2MaxRequests: 200, idleTimeout: '300s' } },
      outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
    });
    expect(found).toEqual([]);
  });

  test('counts failures to connect apart as soon as it names their number, which Istio refuses otherwise', () => {
    expect(policyOf({ outlierDetection: { consecutiveLocalOriginFailures: 3 } }).policy.outlierDetection)
      .toEqual({ consecutiveLocalOriginFailures: 3, splitExternalLocalOriginErrors: true });
  });

  test.each([
    [LoadBalancing.leastRequest(), { simple: 'LEAST_REQUEST' }],
    [LoadBalancing.roundRobin({ warmup: { duration: Duration.minutes(1), minimumPercent: 5, aggression: 1.5 } }),
      { simple: 'ROUND_ROBIN', warmup: { duration: '60s', minimumPercent: 5, aggression: 1.5 } }],
    [LoadBalancing.random(), { simple: 'RANDOM' }],
    [LoadBalancing.passthrough(), { simple: 'PASSTHROUGH' }],
    [LoadBalancing.consistentHash(HashKey.header('x-user')), { consistentHash: { httpHeaderName: 'x-user' } }],
    [LoadBalancing.consistentHash(HashKey.sourceIp(), HashAlgorithm.ringHash(2048)), { consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 2048 } } }],
    [LoadBalancing.consistentHash(HashKey.queryParameter('user'), HashAlgorithm.maglev()),
      { consistentHash: { httpQueryParameterName: 'user', maglev: { tableSize: 65537 } } }],
    [LoadBalancing.consistentHash(HashKey.cookie('session', { ttl: Duration.hours(1), path: '/', attributes: { SameSite: 'Strict' } })),
      { consistentHash: { httpCookie: { name: 'session', ttl: '3600s', path: '/', attributes: [{ name: 'SameSite', value: 'Strict' }] } } }],
  ])('shares requests as it says (%#)', (loadBalancing, expected) => {
    const { policy, found } = policyOf({ loadBalancing });
    expect(policy.loadBalancer).toEqual(expected);
    expect(found).toEqual([]);
  });

  test.each([
    [LocalityRouting.failover({ from: 'eu-west', to: 'eu-north' }), { enabled: true, failover: [{ from: 'eu-west', to: 'eu-north' }] }],
    [LocalityRouting.priority('topology.kubernetes.io/region'), { enabled: true, failoverPriority: ['topology.kubernetes.io/region'] }],
    [LocalityRouting.distribute({ from: 'eu-west/*', to: { 'eu-west/*': 80, 'eu-north/*': 20 } }),
      { enabled: true, distribute: [{ from: 'eu-west/*', to: { 'eu-west/*': 80, 'eu-north/*': 20 } }] }],
    [LocalityRouting.off(), { enabled: false }],
  ])('has places count as it says (%#)', (locality, localityLbSetting) => {
    const { policy, found } = policyOf({ locality, outlierDetection: { consecutive5xxErrors: 5 } });
    expect(policy.loadBalancer).toEqual({ localityLbSetting });
    expect(found).toEqual([]);
  });

  test('gives a retry budget the connection pool without which istiod does not look at it', () => {
    expect(policyOf({ retryBudget: { percent: 10 } }).policy).toEqual({ retryBudget: { percent: 10 }, connectionPool: { http: {} } });
  });

  test('verifies the server of an outside host by default', () => {
    const chart = shopChart();
    new TrafficPolicy(chart, 'bank', { target: RouteTarget.host('api.bank.example', 443), tls: ClientTls.simple() });
    const { spec, metadata } = manifest(chart, 'DestinationRule');
    expect(metadata.name).toBe('api.bank.example');
    expect(spec.trafficPolicy.tls).toEqual({ mode: 'SIMPLE', sni: 'api.bank.example', subjectAltNames: ['api.bank.example'], caCertificates: 'system' });
  });
});

describe('what was said for a host', () => {
  test('also holds at ports, versions and ports of versions that say something else', () => {
    const chart = shopChart();
    const { service, v2 } = reviews(chart);
    const policy = new TrafficPolicy(chart, 'policy', {
      target: service,
      connectionPool: { maxConnections: 100, maxRequests: 50 },
      outlierDetection: { consecutive5xxErrors: 5 },
    });
    policy.addPort(9000, { connectionPool: { maxRequests: 10 } });
    policy.addVersion(v2, { connectionPool: { maxConnections: 20 }, loadBalancing: LoadBalancing.random() });
    policy.addVersionPort(v2, 9000, { outlierDetection: { interval: Duration.seconds(5) } });
    const { trafficPolicy, subsets } = manifest(chart, 'DestinationRule').spec;
    const outlierDetection = { consecutive5xxErrors: 5 };
    expect(trafficPolicy).toEqual({
      connectionPool: { tcp: { maxConnections: 100 }, http: { http2MaxRequests: 50 } },
      outlierDetection,
      portLevelSettings: [{ port: { number: 9000 }, connectionPool: { tcp: { maxConnections: 100 }, http: { http2MaxRequests: 10 } }, outlierDetection }],
    });
    expect(subsets).toEqual([{
      name: 'v2',
      labels: { app: 'reviews', version: 'v2' },
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 20 }, http: { http2MaxRequests: 50 } },
        loadBalancer: { simple: 'RANDOM' },
        portLevelSettings: [{
          port: { number: 9000 },
          loadBalancer: { simple: 'RANDOM' },
          connectionPool: { tcp: { maxConnections: 20 }, http: { http2MaxRequests: 10 } },
          outlierDetection: { consecutive5xxErrors: 5, interval: '5s' },
        }],
      },
    }]);
  });

  test('is one DestinationRule, whoever said it', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'orders');
    new TrafficPolicy(chart, 'limits', { target, connectionPool: { maxConnections: 10 } });
    new TrafficPolicy(chart, 'health', { target, outlierDetection: { consecutive5xxErrors: 3 }, connectionPool: { maxRequests: 5 } });
    expect(manifest(chart, 'DestinationRule').spec.trafficPolicy).toEqual({
      connectionPool: { tcp: { maxConnections: 10 }, http: { http2MaxRequests: 5 } },
      outlierDetection: { consecutive5xxErrors: 3 },
    });
    expect(problems(chart)).toEqual([]);
  });

  test('is repeated for clients of whom something else is said', () => {
    const chart = shopChart();
    const { service, v1 } = reviews(chart);
    new TrafficPolicy(chart, 'all', { target: service, outlierDetection: { consecutive5xxErrors: 3 } }).addVersion(v1, { connectionPool: { maxConnections: 5 } });
    new ContainerService(chart, 'batch', { image: 'registry.example/batch:1.0.0' });
    const secret = Secret.fromSecretName(chart, 'certificate', 'batch-client');
    new TrafficPolicy(chart, 'certificates', { target: service, clients: { app: 'batch' }, tls: ClientTls.mutual(secret) });
    const { spec, metadata } = manifest(chart, 'DestinationRule', 'reviews-certificates');
    expect(metadata.namespace).toBe('shop');
    expect(spec).toMatchObject({
      workloadSelector: { matchLabels: { app: 'batch' } },
      trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 }, tls: { mode: 'MUTUAL', credentialName: 'batch-client' } },
      subsets: [{ name: 'v1', trafficPolicy: { connectionPool: { tcp: { maxConnections: 5 } } } }],
    });
    expect(problems(chart).filter(({ code }) => code.startsWith('SM08'))).toEqual([]);
  });

  test('may not contradict itself', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'orders');
    new TrafficPolicy(chart, 'one', { target, connectionPool: { maxConnections: 10 }, loadBalancing: LoadBalancing.random(), exportTo: ['*'] });
    new TrafficPolicy(chart, 'two', { target, connectionPool: { maxConnections: 20 }, loadBalancing: LoadBalancing.consistentHash(HashKey.sourceIp()), exportTo: ['.'] });
    const found = problems(chart, 'SM1252');
    expect(found.map(({ field }) => field).sort()).toEqual(['connectionPool.tcp.maxConnections', 'exportTo', 'loadBalancer.simple']);
    expect(found[0].reason).toContain('chart/one and chart/two say different things about orders.shop.svc.cluster.local');
  });
});

describe('a traffic policy is refused', () => {
  test('on a serverless service, with what to use instead', () => {
    const chart = shopChart();
    const policy = new TrafficPolicy(chart, 'policy', { target: new TestService(chart, 'checkout'), outlierDetection: { consecutive5xxErrors: 3 } });
    expect(policy.apiObject).toBeUndefined();
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('DestinationRule');
    expect(problems(chart, 'SM1253')).toMatchObject([{ field: 'outlierDetection', path: 'chart/policy', fix: expect.stringContaining('readiness probe') }]);
  });

  test('on a tag of a serverless service', () => {
    const chart = shopChart();
    new TrafficPolicy(chart, 'policy', { target: RouteTarget.tag(new TestService(chart, 'checkout'), 'green'), connectionPool: { maxConnections: 3 } });
    expect(problems(chart, 'SM1253')).toHaveLength(1);
  });

  test('for a version of another workload', () => {
    const chart = shopChart();
    const { v1 } = reviews(chart);
    new TrafficPolicy(chart, 'policy', { target: new TestDeployment(chart, 'orders') }).addVersion(v1);
    expect(problems(chart, 'SM1256')).toMatchObject([{ field: 'version(v1)' }]);
  });

  test('where sidecars could not read its Secret', () => {
    const chart = shopChart();
    const secret = Secret.fromSecretName(chart, 'certificate', 'shop-client');
    new TrafficPolicy(chart, 'policy', { target: RouteTarget.host('api.bank.example', 443), tls: ClientTls.mutual(secret) });
    expect(problems(chart, 'SM1255')).toMatchObject([{ field: 'tls', value: '"shop-client"' }]);
  });

  test('where it says nothing', () => {
    const chart = shopChart();
    new TrafficPolicy(chart, 'policy', { target: new TestDeployment(chart, 'orders') });
    expect(problems(chart, 'SM1251')).toHaveLength(1);
  });

  test('with values of other types, and never with a stack trace', () => {
    const chart = shopChart();
    const broken = { target: new TestDeployment(chart, 'orders'), loadBalancing: 'random', connectionPool: 7 } as unknown as TrafficPolicyProps;
    new TrafficPolicy(chart, 'policy', broken);
    new TrafficPolicy(chart, 'nothing', undefined as unknown as TrafficPolicyProps);
    expect(problems(chart, 'SM0005').map(({ field }) => field)).toEqual(['loadBalancing', 'connectionPool']);
    expect(problems(chart, 'SM1251')).toMatchObject([{ field: 'target', path: 'chart/nothing' }]);
  });

  test('says where settings of a port take away those that a port cannot have', () => {
    const chart = shopChart();
    const policy = new TrafficPolicy(chart, 'policy', { target: new TestDeployment(chart, 'orders'), retryBudget: { percent: 10 } });
    policy.addPort(80, { connectionPool: { maxConnections: 3 } });
    expect(problems(chart, 'SM1254')).toMatchObject([{ severity: 'warning', field: 'retryBudget' }]);
  });
});
