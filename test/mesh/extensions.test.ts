import { Duration } from 'cdk8s';
import { TestDeployment } from './workloads';
import {
  ClusterProfile, ClusterSpiffeId, ExtensionCode, IstioVersion, MeshMembership, MeshNamespace, PluginPhase, PluginTraffic, TrafficExtension, WasmModule, WasmPlugin, Waypoint,
} from '../../lib';
import { manifest, problems, shopChart } from '../support';

const DIGEST = 'a'.repeat(64);
const auth = WasmModule.image(`registry.example.com/filters/auth@sha256:${DIGEST}`, { pullSecret: 'registry' });

describe('a WebAssembly plug-in', () => {
  test('runs in the sidecars of a workload', () => {
    const chart = shopChart();
    new WasmPlugin(chart, 'auth', {
      target: new TestDeployment(chart, 'ledger'), module: auth, phase: PluginPhase.BEFORE_AUTHENTICATION, priority: 10, traffic: PluginTraffic.SERVER, ports: [8080], config: { realm: 'shop' },
    });
    // fields of istio.extensions.v1alpha1.WasmPlugin in extensions/v1alpha1/wasm.proto
    expect(manifest(chart, 'WasmPlugin')).toMatchObject({
      metadata: { name: 'auth', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: 'ledger' } },
        url: `oci://registry.example.com/filters/auth@sha256:${DIGEST}`,
        imagePullSecret: 'registry',
        failStrategy: 'FAIL_CLOSE',
        phase: 'AUTHN',
        priority: 10,
        match: [{ mode: 'SERVER', ports: [{ number: 8080 }] }],
        pluginConfig: { realm: 'shop' },
      },
    });
    expect(problems(chart)).toEqual([]);
  });

  test('runs in the waypoint of an ambient workload, and is refused without one', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    const ledger = new TestDeployment(chart, 'ledger');
    new WasmPlugin(chart, 'auth', { target: ledger, module: auth });
    expect(problems(chart, 'SM1336')).toMatchObject([{ field: 'target', fix: expect.stringContaining('new Waypoint(') }]);
    new Waypoint(chart, 'waypoint');
    expect(problems(chart, 'SM1336')).toEqual([]);
    expect(manifest(chart, 'WasmPlugin').spec.targetRefs).toEqual([{ group: '', kind: 'Service', name: 'ledger' }]);
  });

  test('is refused before pods outside of the mesh, with a tag, and with a checksum that is none', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    new WasmPlugin(chart, 'outside', { target: new TestDeployment(chart, 'legacy', MeshMembership.OUTSIDE), module: auth });
    new WasmPlugin(chart, 'tag', { target: ledger, module: WasmModule.image('registry.example.com/filters/auth:latest') });
    new WasmPlugin(chart, 'sum', { target: ledger, module: WasmModule.http('https://example.com/auth.wasm', 'ABC') });
    expect(problems(chart, 'SM1336')).toMatchObject([{ path: 'chart/outside' }]);
    expect(problems(chart, 'SM1337')).toMatchObject([{ path: 'chart/tag' }]);
    expect(problems(chart, 'SM1338')).toMatchObject([{ path: 'chart/sum', value: '"ABC"' }]);
  });
});

describe('a traffic extension', () => {
  const script = 'function envoy_on_request(handle) handle:headers():add("x-shop", "1") end';

  test('runs a module or a script, one of them', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ istio: IstioVersion.V1_30 }).applyTo(chart);
    const target = new TestDeployment(chart, 'ledger');
    new TrafficExtension(chart, 'script', { target, code: ExtensionCode.lua(script) });
    new TrafficExtension(chart, 'module', { target, code: ExtensionCode.wasm({ module: auth, failOpen: true }) });
    expect(manifest(chart, 'TrafficExtension', 'script').spec).toEqual({ selector: { matchLabels: { app: 'ledger' } }, lua: { inlineCode: script } });
    expect(manifest(chart, 'TrafficExtension', 'module').spec.wasm).toMatchObject({ url: auth.url, failStrategy: 'FAIL_OPEN' });
    expect(problems(chart)).toEqual([]);
  });

  test('is refused before Istio 1.30, and with more than 64 KiB of script', () => {
    const chart = shopChart();
    new TrafficExtension(chart, 'long', { target: new TestDeployment(chart, 'ledger'), code: ExtensionCode.lua('-'.repeat(65537)) });
    expect(problems(chart, 'SM1339')).toMatchObject([{ value: '"1.29"' }]);
    expect(problems(chart, 'SM1340')).toMatchObject([{ value: '"65537 bytes"' }]);
  });
});

test('identities of SPIRE are in the trust domain that policies name', () => {
  const chart = shopChart();
  const profile = ClusterProfile.sidecar({ trustDomain: 'shop.example.com' });
  profile.applyTo(chart);
  new ClusterSpiffeId(chart, 'shop', { namespaces: ['shop'], federatesWith: ['us.example.com'], timeToLive: Duration.hours(1) });
  const { metadata, spec } = manifest(chart, 'ClusterSPIFFEID');
  expect(metadata).toEqual({ name: 'shop' });
  expect(spec).toEqual({
    spiffeIDTemplate: 'spiffe://shop.example.com/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
    podSelector: { matchLabels: { 'spiffe.io/spire-managed-identity': 'true' } },
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }] },
    federatesWith: ['us.example.com'],
    ttl: '3600s',
  });
  const rendered = spec.spiffeIDTemplate.replace('{{ .PodMeta.Namespace }}', 'shop').replace('{{ .PodSpec.ServiceAccountName }}', 'web');
  expect(rendered).toBe(`spiffe://${profile.principal('shop', 'web')}`);
});
