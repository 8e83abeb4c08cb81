import { App, Chart } from 'cdk8s';
import { findingsIn, GARBAGE, peerAuthentication } from './findings';
import { TestDeployment, TestService } from './workloads';
import { ClusterProfile, MeshMembership, RequestTarget } from '../../lib';
import { disableInAmbient } from '../../lib/analysis/rules/mesh/mtls/disable-in-ambient';
import { selectorInRoot } from '../../lib/analysis/rules/mesh/mtls/selector-in-root';
import { webhooksCutOff } from '../../lib/analysis/rules/mesh/mtls/webhooks-cut-off';
import { MeshPolicy, MtlsMode, MutualTls } from '../../lib/mesh';
import { MeshNamespace } from '../../lib/platform';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const peers = (chart: Chart) => manifests(chart).filter((m: Json) => m.kind === 'PeerAuthentication');

describe('mutual TLS', () => {
  test('is asked of a namespace', () => {
    const chart = shopChart();
    new MutualTls(chart, 'tls');
    expect(peers(chart)).toEqual([{
      apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'default', namespace: 'shop' }, spec: { mtls: { mode: 'STRICT' } },
    }]);
    expect(problems(chart)).toEqual([]);
  });

  test('is asked of one workload, but for some of its ports', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    const tls = new MutualTls(chart, 'tls', { target: ledger, ports: [{ port: 9464, mode: MtlsMode.PERMISSIVE }] });
    tls.addPort(9465, MtlsMode.DISABLED);
    expect(manifest(chart, 'PeerAuthentication')).toMatchObject({
      metadata: { name: 'ledger', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'ledger' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' }, 9465: { mode: 'DISABLE' } } },
    });
    expect(MutualTls.of(ledger)).toBe(tls);
    expect(problems(chart)).toEqual([]);
  });

  test('of a port alone leaves the others to the namespace', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    new MutualTls(chart, 'tls', { target: ledger, mode: MtlsMode.INHERITED, ports: [{ port: 9464, mode: MtlsMode.PERMISSIVE }] });
    expect(manifest(chart, 'PeerAuthentication').spec).toEqual({ selector: { matchLabels: { app: 'ledger' } }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' } } });
  });

  test('is asked of pods that the app does not make', () => {
    const chart = shopChart();
    new MutualTls(chart, 'postgres', { target: RequestTarget.pods({ namespace: 'data', labels: { app: 'postgres' } }), mode: MtlsMode.PERMISSIVE });
    expect(manifest(chart, 'PeerAuthentication')).toMatchObject({ metadata: { namespace: 'data' }, spec: { selector: { matchLabels: { app: 'postgres' } }, mtls: { mode: 'PERMISSIVE' } } });
  });

  test.each([true, false])('has one object with the ports that a policy exempts (exempted first: %s)', first => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    const exempt = () => policy.exemptPort(ledger, 9464);
    const early = first ? exempt() : undefined;
    const tls = new MutualTls(chart, 'tls', { target: ledger, mode: MtlsMode.PERMISSIVE });
    const exempted = early ?? exempt();
    expect(manifest(chart, 'PeerAuthentication', 'ledger').spec).toEqual({
      selector: { matchLabels: { app: 'ledger' } }, mtls: { mode: 'PERMISSIVE' }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' } },
    });
    expect(exempted.apiObject).toBe(tls.apiObject);
    expect(problems(chart)).toEqual([]);
  });

  test('has one object with the ports that a scrape opens in ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    new MutualTls(chart, 'tls', { target: ledger });
    ledger.scrapedByPrometheus();
    expect(manifest(chart, 'PeerAuthentication', 'ledger').spec).toMatchObject({ mtls: { mode: 'STRICT' }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' } } });
    expect(problems(chart)).toEqual([]);
  });

  test('is that of the MeshPolicy where one governs the namespace', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'policy', { mtls: MtlsMode.PERMISSIVE });
    expect(policy.mutualTls.mode).toBe(MtlsMode.PERMISSIVE);
    expect(policy.apiObject).toBe(policy.mutualTls.apiObject);
    new MutualTls(chart, 'again', { mode: MtlsMode.PERMISSIVE });
    expect(peers(chart)).toHaveLength(1);
  });

  test('of the namespace of Eventing leaves out the webhooks, which the API server calls', () => {
    const chart = shopChart('knative-eventing');
    new MutualTls(chart, 'tls');
    expect(peers(chart).map(({ metadata, spec }: Json) => [metadata.name, spec.portLevelMtls])).toEqual([
      ['default', undefined],
      ['eventing-webhook', { 8443: { mode: 'PERMISSIVE' } }],
      ['imc-controller', { 8443: { mode: 'PERMISSIVE' } }],
      ['kafka-webhook-eventing', { 8443: { mode: 'PERMISSIVE' } }],
    ]);
    expect(problems(chart)).toEqual([]);
  });

  test('of the namespace of Serving does so where net-istio does not', () => {
    const chart = shopChart('knative-serving');
    new MutualTls(chart, 'tls');
    expect(peers(chart)).toHaveLength(1);
  });
});

describe('mutual TLS is refused', () => {
  test('where two constructs say different things of the same pods', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    new MutualTls(chart, 'soft', { mode: MtlsMode.PERMISSIVE });
    expect(problems(chart)).toMatchObject([{ code: 'SM0237', path: 'chart/soft', field: 'mode', reason: expect.stringContaining('chart/policy/MutualTls says STRICT') }]);

    const ported = shopChart();
    const ledger = new TestDeployment(ported, 'ledger');
    new MutualTls(ported, 'a', { target: ledger, ports: [{ port: 9464, mode: MtlsMode.PERMISSIVE }] });
    new MutualTls(ported, 'b', { target: ledger, ports: [{ port: 9464, mode: MtlsMode.DISABLED }] });
    expect(problems(ported)).toMatchObject([{ code: 'SM0237', path: 'chart/b', field: 'ports[9464]' }]);
  });

  test('for ports of a whole namespace', () => {
    const chart = shopChart();
    new MutualTls(chart, 'tls', { ports: [{ port: 9464, mode: MtlsMode.PERMISSIVE }] });
    expect(problems(chart, 'SM0220')).toMatchObject([{ path: 'chart/tls' }]);
  });

  test('for pods outside of the mesh, and without a mesh', () => {
    const chart = shopChart();
    new MutualTls(chart, 'tls', { target: new TestDeployment(chart, 'ledger', MeshMembership.OUTSIDE) });
    expect(problems(chart)).toMatchObject([{ code: 'SM0236', path: 'chart/tls', field: 'target' }]);

    const outside = shopChart();
    new MeshNamespace(outside, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    new MutualTls(outside, 'tls');
    expect(problems(outside)).toMatchObject([{ code: 'SM0236', field: 'namespace', value: '"shop"' }]);

    const none = shopChart();
    ClusterProfile.withoutMesh().applyTo(none);
    new MutualTls(none, 'tls');
    expect(problems(none, 'SM0201')).toMatchObject([{ path: 'chart/tls' }]);
  });

  test('where it is STRICT for a Knative service whose activator has no identity', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(chart);
    const [orders, ledger] = [new TestService(chart, 'orders'), new TestDeployment(chart, 'ledger')];
    new MutualTls(chart, 'ledger-tls', { target: ledger });
    expect(problems(chart)).toEqual([]);
    new MutualTls(chart, 'orders-tls', { target: orders });
    expect(problems(chart)).toMatchObject([{ code: 'SM0204', path: 'chart/orders-tls', field: 'mode' }]);
  });

  test('switched off in ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MutualTls(chart, 'tls', { target: new TestDeployment(chart, 'ledger'), mode: MtlsMode.DISABLED });
    expect(problems(chart)).toMatchObject([{ code: 'SM0211', path: 'chart/tls', field: 'mode' }]);
  });

  test.each<[string, Json]>([
    ['target', { target: 'orders' }], ['mode', { mode: 'strict' }], ['ports', { ports: { 9464: 'PERMISSIVE' } }],
  ])('with a %s that is none', (field, props) => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new MutualTls(chart, 'tls', props);
    expect(problems(chart)).toContainEqual(expect.objectContaining({ code: 'SM0005', path: 'chart/tls', field }));
  });
});

describe('PeerAuthentications written by hand', () => {
  const ambient = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio.io/dataplane-mode': 'ambient' } } };

  test('that switch mutual TLS off for ambient pods are found, port by port', () => {
    const off = { selector: { matchLabels: { app: 'ledger' } }, portLevelMtls: { 9464: { mode: 'DISABLE' }, 9465: { mode: 'PERMISSIVE' } } };
    expect(findingsIn(disableInAmbient, ambient, peerAuthentication('ledger', off, 'shop')).map(({ field }) => field)).toEqual(['spec.portLevelMtls["9464"].mode']);
    expect(findingsIn(disableInAmbient, peerAuthentication('ledger', off, 'shop'))).toEqual([]);
  });

  test('that STRICT shuts the API server out are found in namespaces of Knative alone', () => {
    const strict = { mtls: { mode: 'STRICT' } };
    expect(findingsIn(webhooksCutOff, peerAuthentication('default', strict, 'knative-eventing'))).toHaveLength(1);
    expect(findingsIn(webhooksCutOff, peerAuthentication('default', { mtls: { mode: 'PERMISSIVE' } }, 'knative-eventing'))).toEqual([]);
    // net-istio installs the exemption
    expect(findingsIn(webhooksCutOff, peerAuthentication('default', strict, 'knative-serving'))).toEqual([]);
    expect(findingsIn(webhooksCutOff, peerAuthentication('default', strict, 'shop'))).toEqual([]);
  });

  test('never break a rule, whatever is in them', () => {
    for (const spec of GARBAGE) {
      for (const rule of [disableInAmbient, selectorInRoot, webhooksCutOff]) {
        expect(() => findingsIn(rule, peerAuthentication('x', spec, 'knative-eventing'), peerAuthentication('y', { selector: spec, mtls: spec, portLevelMtls: spec }, 'istio-system'))).not.toThrow();
      }
    }
  });
});
