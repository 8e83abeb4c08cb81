import { customKinds, groupSchemas, read } from './generated';
import { CATALOGUE } from '../../scripts/import/catalogue';
import { Schema } from '../../scripts/import/crds';

function kindOf(group: string, kind: string) {
  return groupSchemas(group).kinds[kind];
}

function resolve(group: string, schema: Schema): Schema {
  return schema.$ref ? groupSchemas(group).definitions[(schema.$ref as string).replace('#/definitions/', '')] : schema;
}

/** The schema of a field, references followed. */
function field(group: string, kind: string, path: string): Schema {
  return path.split('.').reduce((node, step) => {
    const found = resolve(group, node);
    return resolve(group, step === '[]' ? found.items! : found.properties![step]);
  }, kindOf(group, kind).schema);
}

describe('the catalogue', () => {
  test('names every kind once', () => {
    const names = CATALOGUE.map(({ group, kind }) => `${group}/${kind}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(CATALOGUE)('has a schema for $kind of $group', entry => {
    expect(customKinds()).toContainEqual(expect.objectContaining({ group: entry.group, kind: entry.kind, version: entry.version }));
    expect(kindOf(entry.group, entry.kind)).toMatchObject({ version: entry.version, schema: { type: 'object' } });
  });

  test('chooses served versions, and stored ones unless a more stable one is served', () => {
    const rank = (version: string) => (/^v\d+$/.test(version) ? 2 : version.includes('beta') ? 1 : 0);
    // see the reason beside each in the catalogue
    const exceptions = ['AlertmanagerConfig'];
    for (const { group, kind, version } of CATALOGUE) {
      const { versions } = kindOf(group, kind);
      const served = versions.filter(known => known.served);
      const chosen = served.find(known => known.name === version);
      expect([kind, chosen]).toEqual([kind, expect.not.objectContaining({ deprecated: true })]);
      if (exceptions.includes(kind)) continue;
      const best = Math.max(...served.map(known => rank(known.name)));
      const storedIsBest = served.some(known => known.storage && rank(known.name) === best);
      expect([kind, rank(version), storedIsBest && !chosen!.storage]).toEqual([kind, best, false]);
    }
  });
});

test.each([
  ['telemetry.istio.io', 'Telemetry', 'v1'],
  ['networking.istio.io', 'VirtualService', 'v1'],
  ['networking.istio.io', 'EnvoyFilter', 'v1alpha3'],
  ['serving.knative.dev', 'DomainMapping', 'v1beta1'],
  ['eventing.knative.dev', 'Trigger', 'v1'],
  ['eventing.knative.dev', 'EventType', 'v1beta2'],
  ['sources.knative.dev', 'KafkaSource', 'v1'],
  ['sources.knative.dev', 'PingSource', 'v1'],
  ['opentelemetry.io', 'OpenTelemetryCollector', 'v1beta1'],
  ['gateway.networking.k8s.io', 'ReferenceGrant', 'v1'],
  ['monitoring.coreos.com', 'ScrapeConfig', 'v1alpha1'],
])('%s %s is %s', (group, kind, version) => {
  expect(kindOf(group, kind).version).toBe(version);
});

describe('a schema file', () => {
  test('has no reference that its definitions do not resolve', () => {
    for (const group of new Set(customKinds().map(kind => kind.group))) {
      const { definitions, kinds } = groupSchemas(group);
      const references = [...JSON.stringify({ definitions, kinds }).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name]) => name);
      expect([group, references.filter(name => !definitions[name])]).toEqual([group, []]);
      expect([group, Object.keys(definitions).filter(name => references.filter(used => used === name).length < 2)]).toEqual([group, []]);
    }
  });

  test('keeps CEL rules', () => {
    const rules = (schema: Schema) => (schema['x-kubernetes-validations'] as { rule: string }[]).map(({ rule }) => rule);
    expect(rules(field('security.istio.io', 'PeerAuthentication', 'spec'))).toContainEqual(expect.stringContaining('portLevelMtls'));
    expect(rules(field('gateway.networking.k8s.io', 'HTTPRoute', 'spec.rules.[]')).length).toBeGreaterThan(0);
  });

  test('keeps defaults, enums, patterns, list keys, formats', () => {
    expect(field('gateway.networking.k8s.io', 'HTTPRoute', 'spec.rules.[].backendRefs.[].weight'))
      .toEqual({ type: 'integer', format: 'int32', default: 1, minimum: 0, maximum: 1000000 });
    expect(field('networking.istio.io', 'DestinationRule', 'spec.trafficPolicy.tls.mode').enum)
      .toEqual(expect.arrayContaining(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']));
    expect(field('gateway.networking.k8s.io', 'Gateway', 'spec.listeners')['x-kubernetes-list-map-keys']).toEqual(['name']);
    expect(field('monitoring.coreos.com', 'PrometheusRule', 'spec.groups.[].interval').pattern).toMatch(/^\^/);
  });

  test('keeps what says that a value is an int or a string, nullable, or anything', () => {
    expect(field('monitoring.coreos.com', 'PrometheusRule', 'spec.groups.[].rules.[].expr')).toMatchObject({ 'x-kubernetes-int-or-string': true });
    expect(JSON.stringify(groupSchemas('external-secrets.io'))).toContain('"nullable":true');
    expect(field('sinks.knative.dev', 'JobSink', 'spec.job')).toMatchObject({ 'x-kubernetes-preserve-unknown-fields': true });
  });

  test('is complete where the typed L1 is free-form', () => {
    expect(Object.keys(field('argoproj.io', 'Rollout', 'spec.template.spec').properties!)).toContain('containers');
    expect(Object.keys(field('monitoring.coreos.com', 'Prometheus', 'spec.containers.[]').properties!)).toContain('livenessProbe');
    expect(Object.keys(field('keda.sh', 'ScaledJob', 'spec.jobTargetRef.template.spec').properties!)).toContain('restartPolicy');
  });

  test('says scope and subresources', () => {
    expect(kindOf('networking.internal.knative.dev', 'ClusterDomainClaim')).toMatchObject({ scope: 'Cluster', plural: 'clusterdomainclaims' });
    expect(kindOf('argoproj.io', 'Rollout').subresources.scale).toMatchObject({ specReplicasPath: '.spec.replicas' });
    // why neither a HorizontalPodAutoscaler nor a ScaledObject can scale a Knative Service
    expect(kindOf('serving.knative.dev', 'Service').subresources).toEqual({ status: true });
  });

  test('knows the other versions of a kind', () => {
    expect(kindOf('networking.istio.io', 'VirtualService').versions).toEqual([
      { name: 'v1', served: true, storage: true, sameSchema: true },
      { name: 'v1alpha3', served: true, storage: false, sameSchema: true },
      { name: 'v1beta1', served: true, storage: false, sameSchema: true },
    ]);
    expect(kindOf('gateway.networking.k8s.io', 'TCPRoute').versions).toContainEqual(
      expect.objectContaining({ name: 'v1alpha2', served: false, deprecated: true }));
    expect(kindOf('sources.knative.dev', 'PingSource').versions).toContainEqual(expect.objectContaining({ name: 'v1beta2', deprecated: true }));
  });
});

describe('the core schemas', () => {
  const core = JSON.parse(read('schemas/kubernetes.json'));

  test('name a definition for every kind', () => {
    expect(core.kinds.filter(({ definition }: { definition: string }) => !core.definitions[definition])).toEqual([]);
    expect(core.kinds).toContainEqual({
      group: 'apps', version: 'v1', kind: 'Deployment', namespaced: true, definition: 'io.k8s.api.apps.v1.Deployment',
    });
    expect(core.kinds).toContainEqual(expect.objectContaining({ group: '', kind: 'Namespace', namespaced: false }));
  });

  test('have no dangling reference', () => {
    const references = [...JSON.stringify(core.definitions).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.filter(name => !core.definitions[name])).toEqual([]);
  });

  test('are in the index with their scope', () => {
    const { kinds } = JSON.parse(read('schemas/index.json'));
    const file = 'kubernetes.json';
    expect(kinds).toContainEqual({ group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler', scope: 'Namespaced', file });
    expect(kinds).toContainEqual({ group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', scope: 'Cluster', file });
  });
});
