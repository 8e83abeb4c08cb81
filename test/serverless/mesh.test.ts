import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ActivatorStrategy, Autoscaling, ClusterProfile, MeshMembership, ServerlessService, ServerlessServiceProps, Severity } from '../../lib';
import { Intents } from '../../lib/core/intents';
import { Json, manifest, problems, shopChart } from '../support';

function checkout(props: Partial<ServerlessServiceProps> = {}, profile = ClusterProfile.sidecar(), chart: Chart = shopChart()): ServerlessService {
  profile.applyTo(chart);
  return new ServerlessService(chart, 'checkout', { image: 'registry.example.com/checkout:1', ...props });
}

function template(service: ServerlessService): Json {
  return manifest(service, 'Service').spec.template.metadata;
}

const INJECT = 'sidecar.istio.io/inject';
const MODE = 'istio.io/dataplane-mode';
const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';

describe('membership in the mesh', () => {
  test.each<[string, ClusterProfile, boolean | undefined, MeshMembership, Json]>([
    ['sidecars', ClusterProfile.sidecar(), undefined, MeshMembership.SIDECAR, { [INJECT]: 'true' }],
    ['sidecars, opted out', ClusterProfile.sidecar(), false, MeshMembership.OUTSIDE, { [INJECT]: 'false' }],
    ['ambient', ClusterProfile.ambient(), undefined, MeshMembership.AMBIENT, { [MODE]: 'ambient' }],
    ['ambient, opted out', ClusterProfile.ambient(), false, MeshMembership.OUTSIDE, { [MODE]: 'none' }],
    ['no mesh', ClusterProfile.withoutMesh(), undefined, MeshMembership.OUTSIDE, {}],
  ])('with %s', (_, profile, inMesh, membership, labels) => {
    const service = checkout({ inMesh }, profile);
    expect(service.meshMembership).toBe(membership);
    const { app, 'service.istio.io/canonical-name': canonical, ...mesh } = template(service).labels;
    expect([app, canonical, mesh]).toEqual(['checkout', 'checkout', labels]);
    expect(problems(service)).toEqual([]);
  });

  test('follows a namespace that keeps out', () => {
    const chart = shopChart();
    new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop', labels: { 'istio-injection': 'disabled' } } });
    const service = checkout({}, ClusterProfile.sidecar(), chart);
    expect(service.meshMembership).toBe(MeshMembership.OUTSIDE);
    expect(template(service).labels).toMatchObject({ [INJECT]: 'false' });
  });

  test('warns where it was asked for and cannot be', () => {
    const service = checkout({ inMesh: true }, ClusterProfile.sidecar({ namespaces: [{ name: 'shop', mesh: MeshMembership.OUTSIDE }] }));
    expect(problems(service, 'SM0181')).toMatchObject([{ path: 'chart/checkout', severity: Severity.WARNING, field: 'inMesh' }]);
    expect(problems(checkout({ inMesh: true }), 'SM0181')).toEqual([]);
  });
});

describe('a service that Prometheus scrapes', () => {
  function annotations(profile: ClusterProfile, props: Partial<ServerlessServiceProps> = {}): Json {
    const service = checkout(props, profile);
    service.scrapedByPrometheus();
    service.scrapedByPrometheus();
    expect(Intents.of(service).scrapes.all).toEqual([{ target: service }]);
    return template(service).annotations ?? {};
  }

  test('opens the metrics port to a Prometheus outside of the mesh', () => {
    expect(annotations(ClusterProfile.sidecar())).toEqual({ [EXCLUDED]: '9091' });
  });

  test('keeps ports that were excluded before', () => {
    expect(annotations(ClusterProfile.sidecar(), { templateAnnotations: { [EXCLUDED]: '8022, 9091' } })).toEqual({ [EXCLUDED]: '8022,9091' });
    expect(annotations(ClusterProfile.sidecar(), { templateAnnotations: { [EXCLUDED]: '7000' } })).toEqual({ [EXCLUDED]: '7000,9091' });
  });

  test('opens nothing to a Prometheus inside of the mesh, in ambient mode, without a mesh or when opted out', () => {
    expect(annotations(ClusterProfile.sidecar({ monitoring: { outsideMesh: false } }))).toEqual({});
    expect(annotations(ClusterProfile.ambient())).toEqual({});
    expect(annotations(ClusterProfile.withoutMesh())).toEqual({});
    expect(annotations(ClusterProfile.sidecar(), { inMesh: false })).toEqual({});
  });

  test('opens nothing before it is scraped', () => {
    expect(template(checkout())).not.toHaveProperty('annotations');
  });
});

describe('the activator', () => {
  const outOfPath = ActivatorStrategy.outOfPath();
  const MIN = 'autoscaling.knative.dev/min-scale';
  const BURST = 'autoscaling.knative.dev/target-burst-capacity';

  test('stays out of the path with one pod and no burst capacity', () => {
    const service = checkout({ activatorStrategy: outOfPath });
    expect(template(service).annotations).toEqual({ [MIN]: '1', [BURST]: '0' });
    expect(service.activatorStrategy?.trustsActivator).toBe(false);
    expect(problems(service)).toEqual([]);
  });

  test('leaves a higher number of pods alone, that of the cluster included', () => {
    expect(template(checkout({ activatorStrategy: outOfPath, autoscaling: Autoscaling.clusterDefault({ min: 3 }) })).annotations)
      .toEqual({ [MIN]: '3', [BURST]: '0' });
    expect(template(checkout({ activatorStrategy: outOfPath }, ClusterProfile.sidecar({ autoscaler: { minScale: 2 } }))).annotations[MIN]).toBe('2');
  });

  test('needs nothing where it is trusted or undecided', () => {
    expect(template(checkout({ activatorStrategy: ActivatorStrategy.trusted() }))).not.toHaveProperty('annotations');
    expect(checkout().activatorStrategy).toBeUndefined();
  });

  test.each<[string, Partial<ServerlessServiceProps>, string]>([
    ['no pod', { autoscaling: Autoscaling.concurrency(10, { min: 0 }) }, MIN],
    ['a burst capacity', { autoscaling: Autoscaling.concurrency(10, { targetBurstCapacity: -1 }) }, BURST],
    ['an annotation that says otherwise', { templateAnnotations: { [BURST]: '200' } }, BURST],
  ])('refuses to stay out of the path with %s', (_, props, key) => {
    const service = checkout({ activatorStrategy: outOfPath, ...props });
    expect(problems(service, 'SM0180')).toMatchObject([{
      path: 'chart/checkout', field: `spec.template.metadata.annotations[${key}]`, fix: expect.stringContaining('ActivatorStrategy.trusted()'),
    }]);
  });
});
