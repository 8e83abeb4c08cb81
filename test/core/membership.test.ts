import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterProfile, MeshMembership, MeshMode } from '../../lib/core';
import { Intents } from '../../lib/core/intents';
import { labelledPodMembership, membershipFromLabels, namespaceMembership, podMembership, podMeshLabels } from '../../lib/core/membership';

const { SIDECAR, AMBIENT, OUTSIDE } = MeshMembership;
type Labels = { [key: string]: string };

const injection = (value: string): Labels => ({ 'istio-injection': value });
const inject = (value: string): Labels => ({ 'sidecar.istio.io/inject': value });
const revision = (value = 'default'): Labels => ({ 'istio.io/rev': value });
const mode = (value: string): Labels => ({ 'istio.io/dataplane-mode': value });

function appWith(labels: Labels | undefined, profile = ClusterProfile.sidecar()): Chart {
  const app = new App();
  profile.applyTo(app);
  const chart = new Chart(app, 'a', { namespace: 'shop' });
  if (labels) new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
  return chart;
}

// istio: manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml, manifests/charts/istio-cni/values.yaml
describe('the labels of a namespace', () => {
  test.each<[string, Labels, MeshMembership | undefined]>([
    ['ask for sidecars', injection('enabled'), SIDECAR],
    ['ask for sidecars of a revision', revision('canary'), SIDECAR],
    ['keep the injector away', injection('disabled'), OUTSIDE],
    ['keep the injector away by a value it does not know', injection('true'), OUTSIDE],
    ['keep it away also where a revision is named, because the older label goes first', { ...injection('disabled'), ...revision() }, OUTSIDE],
    ['ask for sidecars by the older label whatever the revision', { ...injection('enabled'), ...revision('other') }, SIDECAR],
    ['hand the pods to ztunnel', mode('ambient'), AMBIENT],
    ['hand the pods to ztunnel and keep the injector away', { ...mode('ambient'), ...injection('disabled') }, AMBIENT],
    ['hand to ztunnel only what has no sidecar', { ...mode('ambient'), ...injection('enabled') }, SIDECAR],
    ['keep ztunnel away', mode('none'), OUTSIDE],
    ['say nothing', { team: 'shop' }, undefined],
  ])('%s', (_, labels, membership) => {
    expect(membershipFromLabels(labels)).toBe(membership);
  });
});

// istio: the same webhooks' object selectors, injectRequired in pkg/kube/inject/inject.go
describe('pods', () => {
  test.each<[string, Labels | undefined, Labels, MeshMembership]>([
    ['get a sidecar where the namespace asks for it', injection('enabled'), {}, SIDECAR],
    ['may refuse it', injection('enabled'), inject('false'), OUTSIDE],
    ['may refuse it in a namespace with a revision', revision(), inject('false'), OUTSIDE],
    ['get one by their own label where the namespace says nothing', {}, inject('true'), SIDECAR],
    ['get one by their own label in a namespace that is not in the app', undefined, inject('true'), SIDECAR],
    ['get one by their own revision', {}, revision(), SIDECAR],
    ['do not get one by their own revision when they refuse it', {}, { ...revision(), ...inject('false') }, OUTSIDE],
    ['get none where nobody asks for it', {}, {}, OUTSIDE],
    ['get none in a namespace that keeps the injector away, whatever they ask for', injection('disabled'), inject('true'), OUTSIDE],
    ['are taken by ztunnel where the namespace says so', mode('ambient'), {}, AMBIENT],
    ['are taken by ztunnel also when they refuse a sidecar', mode('ambient'), inject('false'), AMBIENT],
    ['may keep ztunnel away', mode('ambient'), mode('none'), OUTSIDE],
    ['may ask for ztunnel by themselves', {}, mode('ambient'), AMBIENT],
    ['are not taken by ztunnel with a sidecar', mode('ambient'), inject('true'), SIDECAR],
    ['may have a sidecar and keep ztunnel away', mode('ambient'), { ...inject('true'), ...mode('none') }, SIDECAR],
    ['take a sidecar that they do not refuse in words the injector knows', injection('enabled'), inject('no'), SIDECAR],
  ])('%s', (_, namespace, labels, membership) => {
    expect(podMembership(appWith(namespace), 'shop', labels)).toBe(membership);
  });

  test('on the network of their host stay outside', () => {
    expect(podMembership(appWith(injection('enabled')), 'shop', inject('true'), true)).toBe(OUTSIDE);
  });

  test('are outside where there is no mesh', () => {
    expect(podMembership(appWith(injection('enabled'), ClusterProfile.withoutMesh()), 'shop', inject('true'))).toBe(OUTSIDE);
  });
});

describe('the membership of a namespace', () => {
  test('is what the app declares before what labels or profile say', () => {
    const chart = appWith(injection('disabled'), ClusterProfile.sidecar({ namespaces: [{ name: 'shop', mesh: OUTSIDE }] }));
    expect(namespaceMembership(chart, 'shop')).toBe(OUTSIDE);
    Intents.of(chart).namespaces.add({ name: 'shop', mesh: AMBIENT, construct: chart });
    expect(namespaceMembership(chart, 'shop')).toBe(AMBIENT);
  });

  test('is read off a namespace of cdk8s-plus', () => {
    const chart = appWith(undefined);
    const namespace = new kplus.Namespace(chart, 'ns', { metadata: { name: 'shop' } });
    namespace.metadata.addLabel('istio-injection', 'enabled');
    expect(namespaceMembership(chart, 'shop')).toBe(SIDECAR);
  });

  test('is what the profile says of one that is not in the app', () => {
    const chart = appWith(undefined, ClusterProfile.sidecar({ namespaces: [{ name: 'legacy', mesh: OUTSIDE }] }));
    expect([namespaceMembership(chart, 'legacy'), namespaceMembership(chart, 'unheard-of')]).toEqual([OUTSIDE, undefined]);
  });

  test('is unknown where its object cannot be rendered', () => {
    const chart = appWith(undefined);
    new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, spec: new Map() });
    expect(namespaceMembership(chart, 'shop')).toBeUndefined();
  });
});

describe('pods with a label of this library', () => {
  test.each<[string, Labels | undefined, ClusterProfile, MeshMembership]>([
    ['are in the mesh where nothing is known of the namespace', undefined, ClusterProfile.sidecar(), SIDECAR],
    ['are in the mesh that the cluster has', undefined, ClusterProfile.ambient(), AMBIENT],
    ['stay out where the namespace keeps the injector away', injection('disabled'), ClusterProfile.sidecar(), OUTSIDE],
    ['are outside where there is no mesh', injection('enabled'), ClusterProfile.withoutMesh(), OUTSIDE],
  ])('%s', (_, namespace, profile, membership) => {
    expect(labelledPodMembership(appWith(namespace, profile), 'shop')).toBe(membership);
  });

  test.each([
    [SIDECAR, MeshMode.SIDECAR, inject('true')],
    [OUTSIDE, MeshMode.SIDECAR, inject('false')],
    [AMBIENT, MeshMode.AMBIENT, mode('ambient')],
    [OUTSIDE, MeshMode.AMBIENT, mode('none')],
    [SIDECAR, MeshMode.NONE, {}],
    [OUTSIDE, MeshMode.NONE, {}],
  ])('that make them %s in mode %s', (membership, meshMode, labels) => {
    expect(podMeshLabels(membership, meshMode)).toEqual(labels);
  });

  test.each([
    [SIDECAR, ClusterProfile.sidecar()],
    [OUTSIDE, ClusterProfile.sidecar()],
    [AMBIENT, ClusterProfile.ambient()],
    [OUTSIDE, ClusterProfile.ambient()],
  ])('are read as what was meant: %s', (membership, profile) => {
    expect(podMembership(appWith(undefined, profile), 'shop', podMeshLabels(membership, profile.mesh))).toBe(membership);
  });
});
