import { checkFiles } from '../../../lib/analysis/check-files';

function found(code: string, ...documents: object[]): { field?: string; severity?: string; path: string }[] {
  return checkFiles([{ name: 'app.yaml', text: documents.map(document => JSON.stringify(document)).join('\n---\n') }]).filter(problem => problem.code === code);
}

const metadata = (name: string) => ({ name, namespace: 'shop' });
const deployment = (spec: object = {}, labels: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('orders'),
  spec: {
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders', ...labels } }, spec: { containers: [{ name: 'orders', image: 'a:1.0.0', resources: { requests: { cpu: '1', memory: '1Gi' } } }] } },
    ...spec,
  },
});
const scaler = (name: string, spec: object = {}) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata(name),
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' }, minReplicas: 2, maxReplicas: 9, ...spec },
});
const SHARE = { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }] };

describe('autoscalers', () => {
  test('exclude each other on one workload, ScaledObjects included', () => {
    const scaled = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: metadata('events'), spec: { scaleTargetRef: { name: 'orders' }, triggers: [{ type: 'cpu', metadata: {} }] } };
    expect(found('SM1183', deployment(), scaler('a'), scaler('b'))).toMatchObject([{ field: 'spec.scaleTargetRef.name', severity: 'error' }]);
    expect(found('SM1183', deployment(), scaler('a'), scaled)).toHaveLength(1);
    expect(found('SM1183', deployment(), scaler('a'), { ...scaler('a', {}), metadata: { name: 'a', namespace: 'other' } })).toEqual([]);
    expect(found('SM1183', deployment(), scaler('a', { scaleTargetRef: 'orders' }), scaler('b', { scaleTargetRef: null }))).toEqual([]);
  });

  test('and a number of replicas are advised against', () => {
    expect(found('SM1184', deployment({ replicas: 3 }), scaler('a'))).toMatchObject([{ field: 'spec.replicas', severity: 'info' }]);
    expect(found('SM1184', deployment({ replicas: 0 }), scaler('a'))).toEqual([]);
    expect(found('SM1184', deployment(), scaler('a'))).toEqual([]);
  });

  test('by a share of what the pods request count the sidecar', () => {
    const inMesh = { 'sidecar.istio.io/inject': 'true' };
    expect(found('SM1185', deployment({}, inMesh), scaler('a', SHARE))).toMatchObject([{ field: 'spec.metrics[0].type', severity: 'info' }]);
    expect(found('SM1185', deployment(), scaler('a', SHARE))).toEqual([]);
    expect(found('SM1185', deployment({}, inMesh), scaler('a', { metrics: [{ type: 'Resource', resource: null }, 'cpu'] }))).toEqual([]);
  });
});
