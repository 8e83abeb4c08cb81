import { App, Chart } from 'cdk8s';
import { ClusterProfile, MeshMembership } from '../../lib';
import { namespaceMembership } from '../../lib/core/membership';
import { MeshNamespace, PodSecurityLevel } from '../../lib/platform';
import { manifest, problems, shopChart } from '../support';

const podSecurity = (enforce: string, reported = enforce) => ({
  'pod-security.kubernetes.io/enforce': enforce,
  'pod-security.kubernetes.io/audit': reported,
  'pod-security.kubernetes.io/warn': reported,
});

function labelsOf(chart: Chart): Record<string, string> {
  return manifest(chart, 'Namespace').metadata.labels;
}

describe('a mesh namespace', () => {
  test('takes the name of the chart\'s namespace and is in no namespace itself', () => {
    const chart = shopChart();
    const namespace = new MeshNamespace(chart, 'Namespace');
    expect(manifest(chart, 'Namespace')).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { 'istio-injection': 'enabled', ...podSecurity('baseline', 'restricted') } },
    });
    expect(namespace.name).toBe('shop');
    expect(namespace.apiObject.metadata.namespace).toBeUndefined();
    expect(problems(chart)).toEqual([]);
  });

  test('takes its id where the chart names none, and the name that is given before both', () => {
    const chart = new Chart(new App(), 'chart');
    expect(new MeshNamespace(chart, 'shop').name).toBe('shop');
    expect(new MeshNamespace(shopChart(), 'Namespace', { name: 'bank' }).name).toBe('bank');
  });

  test('joins by revision tag where one is given: both labels at once exclude each other', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { revision: '1-29' });
    expect(labelsOf(chart)).toMatchObject({ 'istio.io/rev': '1-29' });
    expect(labelsOf(chart)).not.toHaveProperty(['istio-injection']);
  });

  test('is captured in ambient mode, where no container of the mesh stands against restricted', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    expect(labelsOf(chart)).toEqual({ 'istio.io/dataplane-mode': 'ambient', ...podSecurity('restricted') });
  });

  test('stays outside by name', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    expect(labelsOf(chart)).toEqual({ 'istio-injection': 'disabled', ...podSecurity('restricted') });

    const ambient = shopChart();
    ClusterProfile.ambient().applyTo(ambient);
    new MeshNamespace(ambient, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    expect(labelsOf(ambient)).toMatchObject({ 'istio.io/dataplane-mode': 'none' });
  });

  test('says nothing of a mesh that the cluster does not have', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    expect(labelsOf(chart)).toEqual(podSecurity('restricted'));
  });

  test('is restricted beside sidecars that carry a seccomp profile', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ sidecarSeccompProfile: true }).applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    expect(labelsOf(chart)).toMatchObject(podSecurity('restricted'));
  });

  test('takes the level that is named, for everything', () => {
    const chart = shopChart();
    const namespace = new MeshNamespace(chart, 'Namespace', { podSecurity: PodSecurityLevel.PRIVILEGED });
    expect(labelsOf(chart)).toMatchObject(podSecurity('privileged'));
    expect(namespace.podSecurity).toBe(PodSecurityLevel.PRIVILEGED);
  });

  test('takes further labels', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { labels: { team: 'checkout' } });
    expect(labelsOf(chart)).toMatchObject({ 'team': 'checkout', 'istio-injection': 'enabled' });
    expect(problems(chart)).toEqual([]);
  });

  test('tells the app whether its pods are in the mesh', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    expect(namespaceMembership(chart, 'shop')).toBe(MeshMembership.OUTSIDE);
  });
});

describe('a mesh namespace is refused', () => {
  test('that joins a mesh which the cluster does not have', () => {
    const none = shopChart();
    ClusterProfile.withoutMesh().applyTo(none);
    new MeshNamespace(none, 'Namespace', { mesh: MeshMembership.SIDECAR });
    expect(problems(none, 'SM0504')).toMatchObject([{ path: 'chart/Namespace', field: 'mesh', value: '"sidecar"', reason: expect.stringContaining('no mesh') }]);

    const sidecars = shopChart();
    new MeshNamespace(sidecars, 'Namespace', { mesh: MeshMembership.AMBIENT });
    expect(problems(sidecars, 'SM0504')).toMatchObject([{ reason: expect.stringContaining('ztunnel') }]);
  });

  test('whose revision injects nothing', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { mesh: MeshMembership.OUTSIDE, revision: 'prod' });
    expect(problems(chart, 'SM0505')).toMatchObject([{ field: 'revision', value: '"prod"' }]);
  });

  test('whose labels contradict its properties', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { labels: { 'istio-injection': 'disabled', 'pod-security.kubernetes.io/enforce': 'baseline' } });
    expect(problems(chart, 'SM0506')).toMatchObject([{ field: "labels['istio-injection']", value: '"disabled"', reason: expect.stringContaining('"enabled"') }]);
    expect(labelsOf(chart)).toMatchObject({ 'istio-injection': 'enabled' });
  });
});
