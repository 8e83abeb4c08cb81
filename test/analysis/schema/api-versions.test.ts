import { faultsOf } from './support';
import { ClusterProfile, KubernetesVersion, Severity } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';
import { Problem } from '../../../lib/core/problem';

const object = (apiVersion: string, kind: string, body = '') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: b }\n${body}\n`;

function findings(yaml: string, profile?: ClusterProfile): Problem[] {
  return checkFiles([{ name: 'test.yaml', text: yaml }], { profile }).filter(({ code }) => /^SM060[679]$/.test(code));
}

describe('removed versions', () => {
  test.each([
    ['extensions/v1beta1', 'Deployment', '1.16', 'write apiVersion: apps/v1, where spec.selector is required'],
    ['apps/v1beta2', 'StatefulSet', '1.16', 'write apiVersion: apps/v1, where spec.selector is required'],
    ['networking.k8s.io/v1beta1', 'Ingress', '1.22', 'write apiVersion: networking.k8s.io/v1, where each path has a pathType'],
    ['rbac.authorization.k8s.io/v1beta1', 'RoleBinding', '1.22', 'write apiVersion: rbac.authorization.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.22', 'write apiVersion: apiextensions.k8s.io/v1'],
    ['batch/v1beta1', 'CronJob', '1.25', 'write apiVersion: batch/v1'],
    ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'write apiVersion: policy/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', '1.25', 'label the namespace with pod-security.kubernetes.io/enforce'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'write apiVersion: autoscaling/v2'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'write apiVersion: flowcontrol.apiserver.k8s.io/v1'],
  ])('%s %s', (apiVersion, kind, release, fix) => {
    const [found, ...more] = findings(object(apiVersion, kind));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'SM0606', field: 'apiVersion', reason: `Kubernetes serves no ${kind} of ${apiVersion} since release ${release}` });
    expect(found.severity ?? Severity.ERROR).toBe(Severity.ERROR);
    expect(found.fix).toContain(fix);
  });

  test('are those of the release that the profile names', () => {
    const yaml = object('storage.k8s.io/v1alpha1', 'VolumeAttributesClass', 'driverName: a.example.com');
    expect(findings(yaml)).toMatchObject([{ code: 'SM0607', severity: Severity.WARNING }]);
    expect(findings(yaml, new ClusterProfile({ kubernetes: KubernetesVersion.V1_35 }))).toMatchObject([{ code: 'SM0606' }]);
  });

  test('of custom kinds are those that their CRD does not serve', () => {
    expect(findings(object('external-secrets.io/v1beta1', 'ExternalSecret'))).toMatchObject([{ code: 'SM0606', fix: expect.stringContaining('external-secrets.io/v1') }]);
    expect(findings(object('serving.knative.dev/v1alpha1', 'Service'))).toMatchObject([{
      code: 'SM0606', reason: expect.stringMatching(/^knative-serving .* serves no Service of serving\.knative\.dev\/v1alpha1, only v1$/),
    }]);
  });

  test('are still held against the schema where it is the same', () => {
    expect(faultsOf(object('gateway.networking.k8s.io/v1alpha3', 'BackendTLSPolicy', 'spec: { targetRefs: [], validation: {} , xs: 1 }'))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^BackendTLSPolicy removed/), 'BackendTLSPolicy unknown spec.xs',
    ]));
  });
});

describe('outdated versions', () => {
  test('are told where a newer one is served', () => {
    expect(findings(object('networking.istio.io/v1alpha3', 'Sidecar', 'spec: {}'))).toMatchObject([{
      code: 'SM0607', severity: Severity.INFO, field: 'apiVersion', value: '"networking.istio.io/v1alpha3"', fix: 'write apiVersion: networking.istio.io/v1',
    }]);
  });

  test('are warned of where the API server itself warns', () => {
    expect(findings(object('sources.knative.dev/v1beta2', 'PingSource', 'spec: { sink: { uri: "http://a" } }'))).toMatchObject([{ code: 'SM0607', severity: Severity.WARNING }]);
    expect(findings(object('v1', 'Endpoints'))).toMatchObject([{ code: 'SM0607', severity: Severity.WARNING, fix: expect.stringContaining('EndpointSlice') }]);
  });

  test('are not those that are newer than what is preferred', () => {
    expect(findings(object('eventing.knative.dev/v1beta3', 'EventType', 'spec: {}'))).toEqual([]);
    expect(findings(object('autoscaling/v1', 'HorizontalPodAutoscaler', 'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }, maxReplicas: 1 }'))).toEqual([]);
  });

  test('with another schema are not held against that of the newest', () => {
    expect(faultsOf(object('opentelemetry.io/v1alpha1', 'OpenTelemetryCollector', 'spec: { config: "receivers: {}" }'))).toEqual([
      expect.stringMatching(/^OpenTelemetryCollector deprecated/),
    ]);
  });
});

describe('kinds', () => {
  test('of another group of Kubernetes are told where they are', () => {
    expect(findings(object('v1', 'Deployment'))).toMatchObject([{ code: 'SM0609', field: 'kind', reason: 'the core group has no kind Deployment', fix: 'write apiVersion: apps/v1' }]);
  });

  test('that are misspelled are suggested', () => {
    expect(findings(object('apps/v1', 'Deploymnet'))).toMatchObject([{ code: 'SM0609', fix: 'did you mean Deployment? Then write that' }]);
    expect(findings(object('networking.istio.io/v1', 'VirtualServices'))).toMatchObject([{ code: 'SM0609', severity: Severity.WARNING, fix: 'did you mean VirtualService? Then write that' }]);
  });

  test('that nobody here knows are left alone', () => {
    expect(findings(object('argoproj.io/v1alpha1', 'Workflow'))).toEqual([]);
    expect(findings(object('example.com/v1', 'Deployment'))).toEqual([]);
    expect(findings(object('networking.internal.knative.dev/v1alpha1', 'Ingress'))).toEqual([]);
  });
});
