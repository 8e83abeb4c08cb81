import { ClusterProfile, OutboundTraffic } from '../../lib';
import { blockedHost } from '../../lib/analysis/rules/mesh/egress/blocked-host';
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
