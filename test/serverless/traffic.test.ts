import { App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import {
  ActivatorStrategy, ClusterProfile, DeadLetters, EventBroker, GatewayTls, MeshGateway, MeshPolicy, Revision, RouteAction, ServerlessService,
  ServerlessServiceProps, ServiceVisibility, ServingFeature, Severity, Traffic, TrafficOwner,
} from '../../lib';
import { KAFKA } from '../eventing/fixtures';
import { Json, manifest, problems, shopChart } from '../support';

const IMAGE = 'registry.example.com/orders:1';

function orders(props: Partial<ServerlessServiceProps>, profile = new ClusterProfile()): ServerlessService {
  const chart = shopChart();
  profile.applyTo(chart);
  return new ServerlessService(chart, 'orders', { image: IMAGE, ...props });
}

function written(props: Partial<ServerlessServiceProps>): Json {
  const service = orders(props);
  expect(problems(service)).toEqual([]);
  return manifest(service, 'Service');
}

function traffic(split: Traffic, revision?: Revision): Json {
  return written({ traffic: split, revision }).spec.traffic;
}

const v1 = Revision.existing('orders-v1');

describe('traffic', () => {
  test('is left to Knative unless something is said', () => {
    expect(written({}).spec).not.toHaveProperty('traffic');
  });

  // TrafficTarget.SetDefaults fills latestRevision and percent in: both are written, so that nothing differs from what is stored
  test('goes to the latest revision, at once or over time', () => {
    expect(traffic(Traffic.latest())).toEqual([{ latestRevision: true, percent: 100 }]);
    const gradual = written({ traffic: Traffic.latest({ rolloutDuration: Duration.minutes(10), tag: 'now' }) });
    expect(gradual.spec.traffic).toEqual([{ latestRevision: true, percent: 100, tag: 'now' }]);
    expect(gradual.metadata.annotations).toEqual({ 'serving.knative.dev/rollout-duration': '600s' });
  });

  test('is pinned to one revision', () => {
    expect(traffic(Traffic.pinned(v1))).toEqual([{ revisionName: 'orders-v1', latestRevision: false, percent: 100 }]);
  });

  test('goes in part to a canary, which has a host of its own', () => {
    expect(traffic(Traffic.canary({ stable: v1, percent: 10 }))).toEqual([
      { latestRevision: true, percent: 10, tag: 'candidate' },
      { revisionName: 'orders-v1', latestRevision: false, percent: 90 },
    ]);
    expect(traffic(Traffic.canary({ stable: v1, percent: 25, candidate: Revision.named('v2'), candidateTag: 'next', stableTag: 'stable' }), Revision.named('v2'))).toEqual([
      { revisionName: 'orders-v2', latestRevision: false, percent: 25, tag: 'next' },
      { revisionName: 'orders-v1', latestRevision: false, percent: 75, tag: 'stable' },
    ]);
  });

  test('waits for green while blue serves', () => {
    expect(traffic(Traffic.blueGreen({ active: v1 }))).toEqual([
      { revisionName: 'orders-v1', latestRevision: false, percent: 100 },
      { latestRevision: true, percent: 0, tag: 'preview' },
    ]);
  });

  test('goes back', () => {
    expect(traffic(Traffic.rollback(v1))).toEqual([{ revisionName: 'orders-v1', latestRevision: false, percent: 100 }]);
    expect(traffic(Traffic.rollback(v1, { latestTag: 'broken' }))[1]).toEqual({ latestRevision: true, percent: 0, tag: 'broken' });
  });

  test('is split in any other way', () => {
    expect(traffic(Traffic.split({ percent: 50 }, { revision: v1, percent: 30 }, { revision: Revision.existing('orders-00002'), percent: 20, tag: 'old' }))).toEqual([
      { latestRevision: true, percent: 50 },
      { revisionName: 'orders-v1', latestRevision: false, percent: 30 },
      { revisionName: 'orders-00002', latestRevision: false, percent: 20, tag: 'old' },
    ]);
  });

  test('that somebody else moves is not written, and it is known who writes what', () => {
    const flagger = orders({ traffic: Traffic.managedExternally(TrafficOwner.FLAGGER) });
    expect(problems(flagger)).toEqual([]);
    expect(manifest(flagger, 'Service').spec).not.toHaveProperty('traffic');
    expect(flagger._externallyOwnedFields()).toEqual(['/spec/traffic', '/metadata/annotations/flagger.app~1primary-revision']);
    expect(orders({ traffic: Traffic.managedExternally(TrafficOwner.named('the pipeline')) })._externallyOwnedFields()).toEqual(['/spec/traffic']);
    expect(orders({ traffic: Traffic.latest() })._externallyOwnedFields()).toEqual([]);
  });

  test('is not said to be missing from the app where it is declared to exist', () => {
    expect(problems(orders({ traffic: Traffic.pinned(v1) }), 'SM1157')).toEqual([]);
  });
});

describe('the revision that a service describes', () => {
  const named = (revision: Revision) => written({ revision }).spec.template.metadata.name;

  test('carries a name that begins with that of the service', () => {
    expect(written({}).spec.template.metadata).not.toHaveProperty('name');
    expect(named(Revision.named('v2'))).toBe('orders-v2');
    expect(named(Revision.named('orders-v2'))).toBe('orders-v2');
  });

  test('is named after its content', () => {
    const name = named(Revision.hashed());
    expect(name).toMatch(/^orders-[0-9a-f]{10}$/);
    expect(named(Revision.hashed())).toBe(name);
    expect(written({ revision: Revision.hashed(), containerConcurrency: 5 }).spec.template.metadata.name).not.toBe(name);
  });

  test('is pinned under the name of its content', () => {
    const { template, traffic: targets } = written({ revision: Revision.hashed(), traffic: Traffic.pinned(Revision.hashed()) }).spec;
    expect(targets[0].revisionName).toBe(template.metadata.name);
  });

  test('has another name when a patch changes it, also in what an app writes', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    const service = new ServerlessService(chart, 'orders', { image: IMAGE, revision: Revision.hashed() });
    const before = manifest(service, 'Service').spec.template.metadata.name;
    service.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/enableServiceLinks', false));
    const [after] = Testing.synth(chart).filter(object => object.kind === 'Service');
    expect(after.spec.template.metadata.name).toMatch(/^orders-[0-9a-f]{10}$/);
    expect(after.spec.template.metadata.name).not.toBe(before);
  });
});

describe('tags', () => {
  const canary = Traffic.canary({ stable: v1, percent: 10 });

  test('are hosts of their own', () => {
    const candidate = orders({ traffic: canary }).tagged('candidate');
    expect(candidate.host).toBe('candidate-orders.shop.svc.cluster.local');
    expect(candidate.url).toBe('http://candidate-orders.shop.svc.cluster.local');
    expect(candidate.servicePort).toBe(80);
    expect(candidate.publicHost).toBeUndefined();
  });

  test('are public with their service, where the domain is known', () => {
    const profile = new ClusterProfile({ publicDomain: 'apps.example.com' });
    const service = orders({ traffic: canary, visibility: ServiceVisibility.PUBLIC }, profile);
    expect(service.publicHost).toBe('orders.shop.apps.example.com');
    expect(service.tagged('candidate').publicHost).toBe('candidate-orders.shop.apps.example.com');
    expect(orders({ traffic: canary }, profile).publicHost).toBeUndefined();
    expect(orders({ visibility: ServiceVisibility.PUBLIC }).publicHost).toBeUndefined();
  });

  test('are one revision each', () => {
    const service = orders({ traffic: canary });
    expect(service.tagged('candidate')).toBe(service.tagged('candidate'));
    expect(service.tagged('candidate').knativeService).toBe(service);
  });

  test('take requests by header where the cluster looks at it', () => {
    const allowing = new ClusterProfile({ servingFeatures: [ServingFeature.TAG_HEADER_BASED_ROUTING.enabled()] });
    const service = orders({ traffic: canary }, allowing);
    expect(service.tagged('candidate').requestHeaders()).toEqual({ 'Knative-Serving-Tag': 'candidate' });
    expect(problems(service)).toEqual([]);

    const unaware = orders({ traffic: canary });
    unaware.tagged('candidate').requestHeaders();
    expect(problems(unaware)).toMatchObject([{ code: 'SM1153', fix: expect.stringContaining('tag-header-based-routing: enabled') }]);
  });

  test('that no share of the traffic has are refused', () => {
    const service = orders({ traffic: canary });
    service.tagged('preview');
    expect(problems(service)).toMatchObject([{ code: 'SM1152', path: 'chart/orders', reason: expect.stringContaining('no revision has the tag preview') }]);
    const owned = orders({ traffic: Traffic.managedExternally(TrafficOwner.named('the pipeline')) });
    owned.tagged('preview');
    expect(problems(owned)).toEqual([]);
  });
});

describe('refusals of traffic', () => {
  test.each<[string, Partial<ServerlessServiceProps>, string, RegExp]>([
    ['a named revision that the service does not describe', { traffic: Traffic.pinned(Revision.named('v1')), revision: Revision.named('v2') }, 'SM1150', /describes revision orders-v2/],
    ['a named revision of a service that names none', { traffic: Traffic.pinned(Revision.named('v1')) }, 'SM1150', /does not name its revision/],
    ['the content of a service that is named otherwise', { traffic: Traffic.pinned(Revision.hashed()), revision: Revision.named('v1') }, 'SM1150', /describes revision orders-v1/],
    ['an existing revision as the one described', { revision: v1 }, 'SM1151', /keeps its content/],
    ['the latest revision as the one described', { revision: Revision.latest() }, 'SM1151', /keeps its content/],
    ['a revision of another service', { traffic: Traffic.pinned(Revision.existing('payment-v1')) }, 'SM1156', /called orders-/],
    ['a canary of more than everything', { traffic: Traffic.canary({ stable: v1, percent: 120 }) }, 'SM0138', /0 to 100/],
    ['shares that do not add up', { traffic: Traffic.split({ percent: 50 }, { revision: v1, percent: 40 }) }, 'SM0138', /90 percent/],
    ['one tag twice', { traffic: Traffic.canary({ stable: v1, percent: 10, stableTag: 'candidate' }) }, 'SM0140', /already has this tag/],
    ['a name that is no label', { revision: Revision.named('V2') }, 'SM0137', /DNS|lower-case/],
    ['a rollout over half a second', { traffic: Traffic.latest({ rolloutDuration: Duration.millis(500) }) }, 'SM0146', /./],
  ])('%s', (_, props, code, reason) => {
    const found = problems(orders(props));
    expect(found.map(problem => problem.code)).toContain(code);
    expect(found.find(problem => problem.code === code)).toMatchObject({ path: 'chart/orders', reason: expect.stringMatching(reason) });
  });

  test.each<[string, Partial<ServerlessServiceProps>, string]>([
    ['traffic that is none', { traffic: 10 as never }, 'traffic'],
    ['a revision that is a text', { revision: 'v2' as never }, 'revision'],
    ['a stable revision that is a text', { traffic: Traffic.canary({ stable: 'orders-v1' as never, percent: 10 }) }, 'traffic[1].revision'],
    ['a canary without a stable revision', { traffic: Traffic.canary({ percent: 10 } as never) }, 'traffic.stable'],
    ['a canary of nothing', { traffic: Traffic.canary(undefined as never) }, 'traffic.stable'],
    ['a share that is a number', { traffic: Traffic.split(100 as never) }, 'traffic[0]'],
    ['a name that is a number', { revision: Revision.named(2 as never) }, 'revision.name'],
    ['an owner that is a text', { traffic: Traffic.managedExternally('flagger' as never) }, 'traffic.owner'],
    ['a duration without its unit', { traffic: Traffic.latest({ rolloutDuration: 30 as never }) }, 'traffic.rolloutDuration'],
  ])('%s, as only JavaScript lets pass', (_, props, field) => {
    expect(problems(orders(props), 'SM0005')).toMatchObject([{ field, path: 'chart/orders' }]);
  });
});


describe('a tagged revision', () => {
  const canary = Traffic.canary({ stable: v1, percent: 10 });

  test('takes events, which its service then lets in', () => {
    const service = orders({ traffic: canary, activatorStrategy: ActivatorStrategy.trusted() });
    const { chart } = service.apiObject;
    new MeshPolicy(chart, 'policy');
    new EventBroker(chart, 'events', { brokerClass: KAFKA, delivery: { deadLetters: DeadLetters.none() } }).subscribe('placed', { subscriber: service.tagged('candidate') });
    expect(manifest(chart, 'Trigger').spec.subscriber).toEqual({ ref: { apiVersion: 'v1', kind: 'Service', name: 'candidate-orders', namespace: 'shop' } });
    const rules = manifest(chart, 'AuthorizationPolicy', 'orders').spec.rules;
    expect(JSON.stringify(rules)).toContain('knative-eventing');
    expect(problems(service).filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
  });

  test('is where a route sends requests', () => {
    const service = orders({ traffic: canary, activatorStrategy: ActivatorStrategy.trusted() });
    const gateway = new MeshGateway(service.apiObject.chart, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    gateway.route('testers', { action: RouteAction.forward(service.tagged('candidate')) });
    expect(JSON.stringify(manifest(service.apiObject.chart, 'VirtualService').spec.http)).toContain('candidate-orders.shop.svc.cluster.local');
  });
});
