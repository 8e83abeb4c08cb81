import { ClusterProfile, OutboundTraffic } from '../../lib';
import { blockedHost } from '../../lib/analysis/rules/mesh/egress/blocked-host';
import { importedInVain } from '../../lib/analysis/rules/mesh/egress/imported-in-vain';
import { Json, shopChart } from '../support';
import { findings, GARBAGE, raw } from './findings';

function deployment(value: string, labels: Json = { 'sidecar.istio.io/inject': 'true' }): Json {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'orders' },
    spec: {
      selector: { matchLabels: { app: 'orders' } },
      template: { metadata: { labels: { app: 'orders', ...labels } }, spec: { containers: [{ name: 'orders', image: 'registry.example/orders:1', env: [{ name: 'URL', value }] }] } },
    },
  };
}

function sidecar(mode: string | undefined, labels?: Json): Json {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    metadata: { name: labels ? 'own' : 'default' },
    spec: { egress: [{ hosts: ['./*'] }], ...mode && { outboundTrafficPolicy: { mode } }, ...labels && { workloadSelector: { labels } } },
  };
}

function blocked(profile: ClusterProfile, ...objects: Json[]): (string | undefined)[] {
  const chart = shopChart();
  profile.applyTo(chart);
  return findings(blockedHost, raw(chart, ...objects)).map(({ value }) => value);
}

const STRICT = ClusterProfile.sidecar({ outboundTraffic: OutboundTraffic.REGISTRY_ONLY });
const OPEN = ClusterProfile.sidecar();

describe('where what the mesh does not know is blocked', () => {
  test.each([
    ['https://api.bank.example/v1', ['"api.bank.example"']],
    ['postgres://user:secret@db.bank.example:5432/orders', ['"db.bank.example"']],
    ['http://orders.shop.svc.cluster.local', []],
    ['http://orders.shop.svc', []],
    ['http://orders', []],
    ['http://orders.shop', []],
    ['http://10.0.0.7:8080', []],
    ['https://$(HOST)/v1', []],
    ['api.bank.example is nice', []],
  ])('%s', (value, expected) => expect(blocked(STRICT, deployment(value))).toEqual(expected));

  test('known hosts are not, one by one or by their domain', () => {
    const entry = (host: string) => ({ apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'bank' }, spec: { hosts: [host], ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }] } });
    expect(blocked(STRICT, deployment('https://api.bank.example'), entry('api.bank.example'))).toEqual([]);
    expect(blocked(STRICT, deployment('https://api.bank.example'), entry('*.bank.example'))).toEqual([]);
  });

  test('the Sidecar of the pods decides before that of the namespace, and that before the mesh', () => {
    const calls = deployment('https://api.bank.example');
    expect(blocked(OPEN, calls)).toEqual([]);
    expect(blocked(OPEN, calls, sidecar('REGISTRY_ONLY'))).toHaveLength(1);
    expect(blocked(STRICT, calls, sidecar('ALLOW_ANY'))).toEqual([]);
    expect(blocked(STRICT, calls, sidecar(undefined))).toHaveLength(1);
    expect(blocked(OPEN, calls, sidecar('REGISTRY_ONLY'), sidecar('ALLOW_ANY', { app: 'orders' }))).toEqual([]);
  });

  test('pods without a sidecar are not', () => {
    expect(blocked(STRICT, deployment('https://api.bank.example', { 'sidecar.istio.io/inject': 'false' }))).toEqual([]);
  });

  test.each(GARBAGE)('garbage is not looked at (%#)', spec => {
    expect(blocked(STRICT, deployment('https://api.bank.example'), { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'x' }, spec })).toHaveLength(1);
  });
});

describe('which sidecars block is read off the manifests as well', () => {
  const calls = deployment('https://api.bank.example');
  const mesh = (object: Json) => blocked(OPEN, calls, object);

  test('off the ConfigMap of istiod, the Istio of the sail operator and an IstioOperator', () => {
    const policy = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } };
    expect(mesh({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio', namespace: 'istio-system' }, data: { mesh: 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' } })).toHaveLength(1);
    expect(mesh({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: 'default' }, spec: { values: { meshConfig: policy } } })).toHaveLength(1);
    expect(mesh({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name: 'mesh', namespace: 'istio-system' }, spec: { meshConfig: policy } })).toHaveLength(1);
  });

  // the first mode of the enumeration in istio api networking/v1alpha3/sidecar.proto
  test('a policy without a mode blocks', () => {
    expect(mesh({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'default' }, spec: { outboundTrafficPolicy: {} } })).toHaveLength(1);
  });

  // istio pilot/pkg/model/push_context.go, doGetSidecarScope
  test('the Sidecar of the root namespace holds for namespaces that have none', () => {
    const root = (spec: Json) => ({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'default', namespace: 'istio-system' }, spec });
    const strict = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } };
    expect(mesh(root(strict))).toHaveLength(1);
    expect(mesh(root({ ...strict, workloadSelector: { labels: { app: 'orders' } } }))).toEqual([]);
    expect(blocked(OPEN, calls, root(strict), sidecar('ALLOW_ANY'))).toEqual([]);
    expect(blocked(OPEN, calls, root(strict), sidecar('ALLOW_ANY', { app: 'other' }))).toHaveLength(1);
  });
});

describe('what a workload says that it calls', () => {
  const container = (more: Json) => {
    const made = deployment('x');
    made.spec.template.spec.containers[0] = { name: 'orders', image: 'registry.example/orders:1', ...more };
    return made;
  };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'urls' }, data: { bank: 'https://api.bank.example', other: 'nothing' } };
  const fields = (...objects: Json[]) => {
    const chart = shopChart();
    STRICT.applyTo(chart);
    return findings(blockedHost, raw(chart, ...objects)).map(({ field }) => field);
  };

  test('stands in arguments too', () => {
    expect(fields(container({ args: ['--verbose', '--bank=https://api.bank.example/v1'] }))).toEqual(['spec.template.spec.containers[0].args[1]']);
  });

  test('stands in ConfigMaps that variables come from, by key and as a whole', () => {
    const byKey = container({ env: [{ name: 'BANK', valueFrom: { configMapKeyRef: { name: 'urls', key: 'bank' } } }] });
    expect(fields(config, byKey)).toEqual(['spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef']);
    expect(fields(config, container({ env: [{ name: 'BANK', valueFrom: { configMapKeyRef: { name: 'urls', key: 'other' } } }] }))).toEqual([]);
    expect(fields(config, container({ envFrom: [{ configMapRef: { name: 'urls' } }] }))).toEqual(['spec.template.spec.containers[0].envFrom[0].configMapRef.name']);
  });

  test('stands in the sinks of its events', () => {
    const binding = (subject: Json) => ({
      apiVersion: 'sources.knative.dev/v1',
      kind: 'SinkBinding',
      metadata: { name: 'orders' },
      spec: { subject: { apiVersion: 'apps/v1', kind: 'Deployment', ...subject }, sink: { uri: 'https://events.example.com/in' } },
    });
    expect(fields(container({}), binding({ name: 'orders' }))).toEqual(['spec']);
    expect(fields(container({}), binding({ name: 'others' }))).toEqual([]);
    expect(fields({
      apiVersion: 'sources.knative.dev/v1',
      kind: 'ContainerSource',
      metadata: { name: 'feed' },
      spec: { template: { metadata: { labels: { 'sidecar.istio.io/inject': 'true' } }, spec: { containers: [{ image: 'registry.example/feed:1' }] } }, sink: { uri: 'https://events.example.com/in' } },
    })).toEqual(['spec.sink.uri']);
  });
});

describe('what a Sidecar leaves out is blocked as well', () => {
  const billing = (spec: Json = {}) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'billing', namespace: 'bank' }, spec: { selector: { app: 'billing' }, ports: [{ port: 80 }], ...spec } });
  const scope = (hosts: string[], mode = 'REGISTRY_ONLY') => ({
    apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'default' }, spec: { egress: [{ hosts }], outboundTrafficPolicy: { mode } },
  });
  const calls = deployment('http://billing.bank/pay');

  test('a Service of a namespace that it does not import', () => {
    const chart = shopChart();
    OPEN.applyTo(chart);
    expect(findings(blockedHost, raw(chart, calls, billing(), scope(['./*', 'istio-system/*'])))).toMatchObject([{
      field: 'spec.template.spec.containers[0].env[0].value',
      value: '"billing.bank"',
      reason: 'Sidecar shop/default does not import it from namespace bank, and blocks what it does not import (REGISTRY_ONLY)',
      fix: 'add bank/billing.bank.svc.cluster.local to egress[].hosts of the Sidecar default',
    }]);
  });

  test('a ServiceEntry of such a namespace', () => {
    const entry = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'api', namespace: 'bank' }, spec: { hosts: ['api.bank.example'], ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }] } };
    expect(blocked(OPEN, deployment('https://api.bank.example'), entry, scope(['./*']))).toEqual(['"api.bank.example"']);
    expect(blocked(OPEN, deployment('https://api.bank.example'), entry, scope(['./*', '*/api.bank.example']))).toEqual([]);
  });

  test.each([
    ['its namespace', ['bank/*']],
    ['its host', ['*/billing.bank.svc.cluster.local']],
    ['its domain', ['bank/*.svc.cluster.local']],
    ['everything', ['*/*']],
  ])('not what it imports by %s', (_how, hosts) => expect(blocked(OPEN, calls, billing(), scope(hosts))).toEqual([]));

  test.each([
    ['what may be called whether it is known or not', [billing(), scope(['./*'], 'ALLOW_ANY')]],
    ['an alias, which stands for another host', [billing({ type: 'ExternalName', externalName: 'x.example' }), scope(['./*'])]],
    ['what a route of the mesh leads to', [billing(), scope(['./*']), {
      apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'r' }, spec: { hosts: ['pay'], http: [{ route: [{ destination: { host: 'billing.bank.svc.cluster.local' } }] }] },
    }]],
    ['a Service that the app does not have', [scope(['./*'])]],
  ])('not %s', (_which, objects) => expect(blocked(OPEN, calls, ...objects as Json[])).toEqual([]));
});

// istio pilot/pkg/model/sidecar.go, selectServices: by the namespace of the declaration, and by the full host
describe('what a Sidecar imports', () => {
  const billing = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'billing', namespace: 'bank' }, spec: { selector: { app: 'billing' }, ports: [{ port: 80 }] } };
  const entry = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'api', namespace: 'bank' }, spec: { hosts: ['api.bank.example', '*.world.example'] } };
  const importing = (namespace: string, ...hosts: string[]) => findings(importedInVain, raw(shopChart(), billing, entry, {
    apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'default', namespace }, spec: { egress: [{ hosts }] },
  })).map(({ field, fix }) => `${field}: ${fix}`);

  test.each([
    ['a host of another namespace', 'shop/billing.bank.svc.cluster.local', 'write bank/billing.bank.svc.cluster.local'],
    ['a host of another namespace than its own', './billing.bank.svc.cluster.local', 'write bank/billing.bank.svc.cluster.local'],
    ['a short name', 'bank/billing', 'write bank/billing.bank.svc.cluster.local'],
    ['half a name', '*/billing.bank', 'write */billing.bank.svc.cluster.local'],
    ['a Service that is not there', 'bank/biling.bank.svc.cluster.local', 'check name and namespace, or leave it out'],
    ['a ServiceEntry of another namespace', './api.bank.example', 'write bank/api.bank.example'],
  ])('is in vain for %s', (_what, host, fix) => expect(importing('shop', './*', host)).toEqual([`spec.egress[0].hosts[1]: ${fix}`]));

  test.each(['bank/billing.bank.svc.cluster.local', '*/billing.bank.svc.cluster.local', 'bank/*', '~/*', 'bank/api.bank.example', 'bank/eu.world.example', '*/*', './*',
    './api.other.example', 'other/orders.other.svc.cluster.local', 'istio-system/istiod.istio-system.svc.cluster.local', 'a/b/c', 'x'])('passes %s', host => expect(importing('shop', host)).toEqual([]));

  test('means every namespace by a dot in the root namespace', () => {
    expect(importing('istio-system', './billing.bank.svc.cluster.local')).toEqual([]);
  });

  test.each(GARBAGE)('passes garbage (%#)', spec => {
    expect(findings(importedInVain, raw(shopChart(), { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'x' }, spec }))).toEqual([]);
  });
});
