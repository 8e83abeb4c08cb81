import { Chart, Cron } from 'cdk8s';
import {
  ClusterProfile, ContainerService, ExternalService, GatewayTls, InboundPolicy, IngressClass, JwtAuthentication, JwtIssuer, MeshCronJob, MeshGateway, MeshMembership, MeshMode, MeshNamespace,
  MeshPolicy, MeshRoute, MeshTelemetry, PodSecurityLevel, RouteAction, ServerlessPlatform, ServerlessService, SidecarScope, TrafficPolicy, Waypoint,
} from '../../../lib';
import { initContainerAgainstPodSecurity } from '../../../lib/analysis/rules/platform/init-container-against-pod-security';
import { namespaceMembership } from '../../../lib/core/membership';
import { manifest, manifests, problems, shopChart } from '../../support';
import { findings, raw } from '../findings';

const IMAGE = 'registry.example.com/shop/orders:1.0.0';

function linkerdChart(profile = ClusterProfile.linkerd()): Chart {
  const chart = shopChart();
  profile.applyTo(chart);
  return chart;
}

test('the profile of a cluster with Linkerd has no Istio, and Knative is behind Kourier', () => {
  const profile = ClusterProfile.linkerd();
  expect(profile).toMatchObject({
    mesh: MeshMode.LINKERD, hasIstio: false, defaultMembership: MeshMembership.LINKERD, ingressClass: IngressClass.KOURIER, knativeServingInMesh: false, linkerdCni: true,
  });
  expect([ClusterProfile.sidecar(), ClusterProfile.ambient(), ClusterProfile.withoutMesh()].map(({ hasIstio }) => hasIstio)).toEqual([true, true, false]);
});

test('pods of every kind join by the annotation of Linkerd, and carry no label of Istio', () => {
  const chart = linkerdChart();
  new ContainerService(chart, 'orders', { image: IMAGE });
  new ServerlessService(chart, 'cart', { image: IMAGE });
  new MeshCronJob(chart, 'nightly', { image: IMAGE, schedule: Cron.schedule({ minute: '0', hour: '3' }) });
  new ContainerService(chart, 'legacy', { image: IMAGE, inMesh: false });
  const template = (kind: string, name: string) => {
    const { spec } = manifest(chart, kind, name);
    return (spec.jobTemplate?.spec ?? spec).template.metadata;
  };
  expect(template('Deployment', 'orders').annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
  expect(template('Service', 'cart').annotations).toMatchObject({ 'linkerd.io/inject': 'enabled' });
  expect(template('CronJob', 'nightly').annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
  expect(template('Deployment', 'legacy').annotations).toEqual({ 'linkerd.io/inject': 'disabled' });
  expect(JSON.stringify(manifests(chart))).not.toMatch(/sidecar\.istio\.io|istio-injection|networking\.istio\.io|security\.istio\.io/);
  expect(problems(chart).filter(({ code }) => code !== 'SM0006')).toEqual([]);
});

test('a job asks for a sidecar that lets it end where Linkerd injects another kind', () => {
  const chart = linkerdChart(ClusterProfile.linkerd({ nativeSidecars: false }));
  new MeshCronJob(chart, 'nightly', { image: IMAGE, schedule: Cron.schedule({ minute: '0', hour: '3' }) });
  expect(manifest(chart, 'CronJob').spec.jobTemplate.spec.template.metadata.annotations).toEqual({
    'linkerd.io/inject': 'enabled', 'config.linkerd.io/proxy-enable-native-sidecar': 'true',
  });
  expect(problems(chart)).toEqual([]);
});

test('Knative\'s own pods are outside of Linkerd unless the profile says that they are in it', () => {
  const chart = linkerdChart(ClusterProfile.linkerd({ knativeEventingInMesh: true }));
  new ServerlessPlatform(chart, 'knative');
  expect(manifest(chart, 'KnativeServing').spec.namespace).toEqual({ labels: {}, annotations: { 'linkerd.io/inject': 'disabled' } });
  expect(manifest(chart, 'KnativeEventing').spec.namespace).toEqual({ labels: {}, annotations: { 'linkerd.io/inject': 'enabled' } });
});

describe('a namespace in Linkerd', () => {
  test('has its pods injected, and passes level restricted with the CNI plug-in', () => {
    const chart = linkerdChart();
    new MeshNamespace(chart, 'namespace');
    expect(manifest(chart, 'Namespace').metadata).toMatchObject({ annotations: { 'linkerd.io/inject': 'enabled' }, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
    expect(manifest(chart, 'Namespace').metadata.labels).not.toHaveProperty('istio-injection');
    expect(namespaceMembership(chart, 'shop')).toBe(MeshMembership.LINKERD);
    expect(problems(chart)).toEqual([]);
  });

  test('says whom proxies let in where nothing else does', () => {
    const chart = linkerdChart();
    new MeshNamespace(chart, 'namespace', { inboundPolicy: InboundPolicy.DENY });
    expect(manifest(chart, 'Namespace').metadata.annotations).toEqual({ 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' });
  });

  test('keeps its pods outside by the same annotation', () => {
    const chart = linkerdChart();
    new MeshNamespace(chart, 'namespace', { mesh: MeshMembership.OUTSIDE });
    expect(manifest(chart, 'Namespace').metadata.annotations).toEqual({ 'linkerd.io/inject': 'disabled' });
  });

  test('is read from a Namespace that somebody wrote by hand', () => {
    const chart = linkerdChart();
    raw(chart, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: { 'linkerd.io/inject': 'enabled' } } });
    expect(namespaceMembership(chart, 'shop')).toBe(MeshMembership.LINKERD);
  });

  test('needs level privileged without the CNI plug-in, and any other is refused', () => {
    const chart = linkerdChart(ClusterProfile.linkerd({ linkerdCni: false }));
    expect(new MeshNamespace(chart, 'namespace').podSecurity).toBe(PodSecurityLevel.PRIVILEGED);
    expect(problems(chart)).toEqual([]);
    const stricter = linkerdChart(ClusterProfile.linkerd({ linkerdCni: false }));
    new MeshNamespace(stricter, 'namespace', { podSecurity: PodSecurityLevel.BASELINE });
    expect(problems(stricter, 'SM0501')).toMatchObject([{ reason: expect.stringContaining('linkerd-init') }]);
    const outside = raw(linkerdChart(ClusterProfile.linkerd({ linkerdCni: false })), {
      apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    expect(findings(initContainerAgainstPodSecurity, outside)).toEqual([]);
  });

  test('has no way into a mesh that the cluster does not have', () => {
    const chart = linkerdChart();
    new MeshNamespace(chart, 'namespace', { mesh: MeshMembership.SIDECAR });
    expect(problems(chart, 'SM0504')).toMatchObject([{ reason: expect.stringContaining('Linkerd in place of Istio') }]);
    const istio = shopChart();
    new MeshNamespace(istio, 'namespace', { mesh: MeshMembership.LINKERD });
    expect(problems(istio, 'SM0504')).toMatchObject([{ reason: expect.stringContaining('Istio in place of Linkerd') }]);
  });

  test('takes a default for Linkerd in no other mesh, and no text for it', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'namespace', { inboundPolicy: InboundPolicy.DENY });
    expect(problems(chart, 'SM1350')).toMatchObject([{ field: 'inboundPolicy' }]);
    const wrong = linkerdChart();
    new MeshNamespace(wrong, 'namespace', { inboundPolicy: 'none' as InboundPolicy });
    expect(problems(wrong, 'SM0005')).toMatchObject([{ field: 'inboundPolicy' }]);
  });
});

test.each<[string, string, (chart: Chart, orders: ContainerService) => unknown]>([
  ['a MeshPolicy', 'SM0201', chart => new MeshPolicy(chart, 'refused', {})],
  ['a MeshGateway', 'SM1230', chart => new MeshGateway(chart, 'refused', { hosts: ['shop.example.com'], tls: GatewayTls.none() })],
  ['a MeshRoute', 'SM1220', (chart, orders) => new MeshRoute(chart, 'refused', { hosts: ['orders'] }).addRoute('all', { action: RouteAction.forward(orders) })],
  ['a TrafficPolicy', 'SM1251', (chart, orders) => new TrafficPolicy(chart, 'refused', { target: orders })],
  ['an ExternalService', 'SM1260', chart => new ExternalService(chart, 'refused', { hosts: ['api.example.com'] })],
  ['a SidecarScope', 'SM1265', chart => new SidecarScope(chart, 'refused')],
  ['a Waypoint', 'SM1320', chart => new Waypoint(chart, 'refused')],
  ['a JwtAuthentication', 'SM0201', (chart, orders) => new JwtAuthentication(chart, 'refused', { target: orders, issuers: [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })] })],
  ['a MeshTelemetry', 'SM0201', chart => new MeshTelemetry(chart, 'refused', {})],
])('%s, which is Istio\'s, is refused and says why', (_, code, build) => {
  const chart = linkerdChart();
  build(chart, new ContainerService(chart, 'orders', { image: IMAGE }));
  expect(problems(chart, code)).toContainEqual(expect.objectContaining({ path: expect.stringMatching(/^chart\/refused/), reason: expect.stringContaining('Linkerd in place of Istio') }));
});
