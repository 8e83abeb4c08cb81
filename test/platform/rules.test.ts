import { ClusterProfile } from '../../lib';
import { initContainerAgainstPodSecurity } from '../../lib/analysis/rules/platform/init-container-against-pod-security';
import { namespaceName } from '../../lib/analysis/rules/platform/namespace-name';
import { sidecarWithoutSeccomp } from '../../lib/analysis/rules/platform/sidecar-without-seccomp';
import { MeshNamespace, PodSecurityLevel } from '../../lib/platform';
import { rulesOf } from '../analysis/rules-of';
import { findings, findingsIn, GARBAGE, knativeService, raw } from '../mesh/findings';
import { Json, shopChart } from '../support';

const PLATFORM_RULES = rulesOf('platform');

const namespace = (labels: Json, name = 'shop') => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const enforced = (level: string, injection: Json = { 'istio-injection': 'enabled' }) => namespace({ ...injection, 'pod-security.kubernetes.io/enforce': level });

test.each(PLATFORM_RULES.map(rule => [rule.code, rule] as const))('%s survives what is no manifest', (_, rule) => {
  for (const junk of GARBAGE) {
    expect(() => findingsIn(rule, enforced('restricted'), { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: junk },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'e' }, spec: { template: junk } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'f' }, spec: { template: { metadata: junk, spec: junk } } })).not.toThrow();
  }
});

describe('SM0501: pod security without the CNI plug-in', () => {
  const withoutCni = (...objects: Json[]) => {
    const chart = shopChart();
    ClusterProfile.sidecar({ istioCni: false }).applyTo(chart);
    return findings(initContainerAgainstPodSecurity, raw(chart, ...objects));
  };

  test.each(['baseline', 'restricted'])('refuses the init container of every sidecar at level %s', level => {
    expect(withoutCni(enforced(level))).toMatchObject([{ code: 'SM0501', value: JSON.stringify(level), reason: expect.stringContaining('NET_ADMIN') }]);
    expect(withoutCni(enforced(level, { 'istio.io/rev': 'prod' }))).toHaveLength(1);
  });

  test('is named at the construct', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ istioCni: false }).applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    expect(findings(initContainerAgainstPodSecurity, chart)).toMatchObject([{ path: 'chart/Namespace' }]);
  });

  test('is clean with the plug-in, without sidecars, or at level privileged', () => {
    expect(findingsIn(initContainerAgainstPodSecurity, enforced('restricted'))).toEqual([]);
    expect(withoutCni(enforced('restricted', { 'istio.io/dataplane-mode': 'ambient' }), namespace({ 'istio-injection': 'enabled' }), enforced('privileged'))).toEqual([]);
  });
});

describe('SM0502: pods of a restricted namespace', () => {
  const restricted = enforced('restricted');
  const deployment = (spec: Json, labels: Json = {}) =>
    ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'ledger' }, spec: { template: { metadata: { labels }, spec } } });

  test('are refused where the sidecar has no seccomp profile and the pod gives none', () => {
    expect(findingsIn(sidecarWithoutSeccomp, restricted, deployment({})))
      .toMatchObject([{ code: 'SM0502', path: 'chart/raw-1-1', field: 'spec.template.spec.securityContext.seccompProfile' }]);
    expect(findingsIn(sidecarWithoutSeccomp, restricted, knativeService('orders'))).toHaveLength(1);
    expect(findingsIn(sidecarWithoutSeccomp, restricted, deployment({ securityContext: { seccompProfile: { type: 'Unconfined' } } }))).toHaveLength(1);
  });

  test('are clean with the profile of the pod, without a sidecar, or at level baseline', () => {
    expect(findingsIn(sidecarWithoutSeccomp, restricted, deployment({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }))).toEqual([]);
    expect(findingsIn(sidecarWithoutSeccomp, restricted, deployment({}, { 'sidecar.istio.io/inject': 'false' }))).toEqual([]);
    expect(findingsIn(sidecarWithoutSeccomp, enforced('restricted', {}), deployment({}))).toEqual([]);
    expect(findingsIn(sidecarWithoutSeccomp, enforced('baseline'), deployment({}))).toEqual([]);
  });

  test('are clean where Istio gives its containers a profile', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ sidecarSeccompProfile: true }).applyTo(chart);
    new MeshNamespace(chart, 'Namespace', { podSecurity: PodSecurityLevel.RESTRICTED });
    expect(findings(sidecarWithoutSeccomp, raw(chart, deployment({})))).toEqual([]);
  });
});

describe('SM0503: the name of a namespace', () => {
  test.each(['Namespace', 'shop_1', '-shop', 'a'.repeat(64), 'a.b'])('%s is refused', name => {
    expect(findingsIn(namespaceName, namespace({}, name))).toMatchObject([{ code: 'SM0503', field: 'metadata.name' }]);
  });
  test.each(['shop', '1shop', 'a'.repeat(63), 'a-b'])('%s is clean', name => {
    expect(findingsIn(namespaceName, namespace({}, name))).toEqual([]);
  });
});
