import { deployment } from '../../../lib/analysis/rules/hygiene/examples';
import { found, peersFound } from '../found';

const budget = (spec: string) => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: checkout, namespace: shop }
spec: { ${spec}, selector: { matchLabels: { app: checkout } } }
`;

const autoscaler = (min: string, kind = 'Deployment') => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: checkout, namespace: shop }
spec: { ${min}, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: ${kind}, name: checkout } }
`;

const scaledObject = (min: string) => `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: checkout, namespace: shop }
spec: { ${min} maxReplicaCount: 9, scaleTargetRef: { name: checkout }, triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "50" } }] }
`;

describe('a disruption budget', () => {
  test.each([
    ['maxUnavailable: 0', 3, true],
    ['maxUnavailable: 0%', 3, true],
    ['maxUnavailable: 1', 3, false],
    ['minAvailable: 100%', 3, true],
    ['minAvailable: 3', 3, true],
    ['minAvailable: 2', 3, false],
    // two thirds of three are two; 67 percent are three, since Kubernetes rounds up
    ['minAvailable: 66%', 3, false],
    ['minAvailable: 67%', 3, true],
  ])('with %s of %d pods blocks: %p', (spec, replicas, blocks) => {
    expect(found(deployment({ spec: `replicas: ${replicas}` }) + budget(spec), 'SM0741')).toHaveLength(blocks ? 1 : 0);
  });

  test('is held against what an autoscaler keeps where the workload says nothing', () => {
    expect(found(deployment({}) + budget('minAvailable: 1') + autoscaler('minReplicas: 1'), 'SM0741')).toHaveLength(1);
    expect(found(deployment({}) + budget('minAvailable: 1') + autoscaler('minReplicas: 2'), 'SM0741')).toEqual([]);
    expect(found(deployment({}) + budget('minAvailable: 1') + scaledObject('minReplicaCount: 3,'), 'SM0741')).toEqual([]);
  });

  test('finds pods of a workload whose template has no labels by its selector', () => {
    const bare = deployment({ spec: 'replicas: 1' }).replace('    metadata: { labels: { app: checkout } }\n', '');
    expect(found(bare + budget('minAvailable: 1'), 'SM0741')).toHaveLength(1);
  });

  test('of another namespace says nothing', () => {
    expect(found(deployment({ spec: 'replicas: 1' }) + budget('minAvailable: 1').replace('namespace: shop', 'namespace: other'), 'SM0741')).toEqual([]);
  });

  test('above what the autoscaler keeps is reported with both', () => {
    const text = deployment({ spec: 'replicas: 9' }) + budget('minAvailable: 50%') + autoscaler('minReplicas: 1');
    expect(found(text, 'SM0742')).toEqual([]);
    expect(found(text.replace('50%', '"3"').replace('"3"', '3'), 'SM0742')).toMatchObject([{ reason: expect.stringContaining('HorizontalPodAutoscaler checkout goes down to 1') }]);
  });
});

describe('the number of pods', () => {
  test.each([
    ['replicas: 1', ['deploymentMissingReplicas', 'minimum-three-replicas']],
    ['', ['deploymentMissingReplicas', 'minimum-three-replicas']],
    ['replicas: 2', ['minimum-three-replicas']],
    ['replicas: 3', []],
    // switched off on purpose
    ['replicas: 0', []],
  ])('%s is told to be %j', (spec, peers) => {
    expect(peersFound(deployment({ spec }), 'deploymentMissingReplicas', 'minimum-three-replicas')).toEqual(peers);
  });

  test('is left to an autoscaler', () => {
    expect(found(deployment({}) + autoscaler('minReplicas: 3'), 'SM0740')).toEqual([]);
    expect(found(deployment({}) + autoscaler('minReplicas: 3', 'StatefulSet'), 'SM0740')).toHaveLength(1);
  });
});

describe('anti-affinity', () => {
  const affinity = (labels: string) => `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: ${labels} } }] } }`;

  test('has to select the pods themselves', () => {
    expect(peersFound(deployment({ spec: 'replicas: 3', pod: affinity('{ app: checkout }') }), 'no-anti-affinity')).toEqual([]);
    expect(peersFound(deployment({ spec: 'replicas: 3', pod: affinity('{ app: other }') }), 'no-anti-affinity')).toEqual(['no-anti-affinity']);
  });
});

describe('isolation', () => {
  const policy = (spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: checkout, namespace: shop }
spec: { podSelector: {}, ${spec} }
`;

  test.each([
    ['ingress: []', ['missingNetworkPolicy']],
    ['policyTypes: [Ingress, Egress]', []],
    ['ingress: [], egress: [{}]', []],
  ])('by %s leaves %j', (spec, peers) => {
    expect(peersFound(deployment({}) + policy(spec), 'non-isolated-pod', 'missingNetworkPolicy')).toEqual(peers);
  });

  test('by no policy leaves everything open', () => {
    expect(peersFound(deployment({}), 'non-isolated-pod', 'missingNetworkPolicy')).toEqual(['non-isolated-pod', 'missingNetworkPolicy']);
  });
});
