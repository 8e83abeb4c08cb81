import { ApiObject } from 'cdk8s';
import { findings, object, only, scaling, service } from './rules';
import { AutoscalerSettings, ClusterProfileProps, Problem, Severity } from '../../lib';
import { Json } from '../support';

const COMPLETE: ClusterProfileProps = { autoscaler: { horizontalPodAutoscaler: true, resourceMetrics: true, customMetrics: true, allowZeroInitialScale: true } };
const REQUESTS = { resources: { requests: { cpu: '100m' } } };

function scaled(annotations: Record<string, string>, container: Json = REQUESTS): Json {
  const all = { class: 'hpa.autoscaling.knative.dev', ...annotations };
  return service({ annotations: Object.fromEntries(Object.entries(all).map(([key, value]) => [`autoscaling.knative.dev/${key}`, value])), container });
}

function found(code: string, annotations: Record<string, string>, container?: Json): Problem[] {
  return only(code, scaled(annotations, container), COMPLETE);
}

describe('a template that a HorizontalPodAutoscaler scales', () => {
  test.each([
    'activation-scale', 'metric-aggregation-algorithm', 'panic-threshold-percentage', 'panic-window-percentage', 'scale-down-delay',
    'scale-to-zero-pod-retention-period', 'target-burst-capacity', 'target-utilization-percentage',
  ])('is warned of %s, which only Knative\'s own autoscaler reads', key => {
    const values: Record<string, string> = { 'scale-down-delay': '5m', 'scale-to-zero-pod-retention-period': '5m', 'metric-aggregation-algorithm': 'linear', 'panic-threshold-percentage': '200' };
    expect(found('SM1140', { metric: 'cpu', target: '70', [key]: values[key] ?? '50' }))
      .toMatchObject([{ severity: Severity.WARNING, field: scaling(key) }]);
  });

  test('is warned of a missing target, for which Kubernetes takes 80 percent of the cpu', () => {
    expect(found('SM1141', { metric: 'memory' })).toMatchObject([{ severity: Severity.WARNING, field: scaling('target'), reason: expect.stringContaining('80 percent') }]);
    expect(found('SM1141', {})).toMatchObject([{ reason: expect.stringContaining('metric cpu') }]);
  });

  test.each(['memory', 'queue-length'])('is refused a target of %s that is cut to nothing', metric => {
    const [problem, ...more] = found('SM1141', { metric, target: '0.9' });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ field: scaling('target'), value: '"0.9"' });
    expect(problem.severity ?? Severity.ERROR).toBe(Severity.ERROR);
  });

  test('is warned of a target that is cut', () => {
    expect(found('SM1141', { metric: 'memory', target: '300.5' })).toMatchObject([{ severity: Severity.WARNING, reason: expect.stringContaining('it is 300') }]);
    expect(found('SM1141', { metric: 'cpu', target: '70.5' })).toEqual([]);
  });

  test.each(['min-scale', 'initial-scale'])('is warned of %s 0', key => {
    expect(found('SM1142', { metric: 'cpu', target: '70', [key]: '0' })).toMatchObject([{ severity: Severity.WARNING, field: scaling(key) }]);
    expect(found('SM1142', { metric: 'cpu', target: '70', [key]: '1' })).toEqual([]);
  });

  test('is warned of containers that request no cpu, where it is scaled by cpu', () => {
    const field = 'spec.template.spec.containers[0].resources.requests.cpu';
    expect(found('SM1143', { target: '70' }, {})).toMatchObject([{ severity: Severity.WARNING, field }]);
    expect(found('SM1143', { metric: 'memory', target: '70' }, {})).toEqual([]);
    expect(found('SM1143', { target: '70' }, { resources: { limits: { cpu: '1' } } })).toEqual([]);
  });

  test('may leave its requests to a LimitRange', () => {
    const written = object(scaled({ target: '70' }, {}), COMPLETE);
    new ApiObject(written.chart, 'limits', { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m' } }] } });
    expect(findings(written)).toEqual([]);
  });

  test.each<[string, string, AutoscalerSettings | undefined, [Severity, RegExp][]]>([
    ['advises', 'cpu', undefined, [[Severity.INFO, /serving-hpa/], [Severity.INFO, /metrics\.k8s\.io/]]],
    ['refuses', 'cpu', { horizontalPodAutoscaler: false, resourceMetrics: true }, [[Severity.ERROR, /does not have Knative's extension/]]],
    ['warns', 'memory', { horizontalPodAutoscaler: true, resourceMetrics: false }, [[Severity.WARNING, /does not have something that serves metrics/]]],
    ['warns', 'queue-length', { horizontalPodAutoscaler: true, customMetrics: false }, [[Severity.WARNING, /custom\.metrics\.k8s\.io with queue-length/]]],
    ['takes', 'memory', { horizontalPodAutoscaler: true, resourceMetrics: true }, []],
  ])('%s by what the cluster has for %s', (_, metric, autoscaler, expected) => {
    expect(only('SM1144', scaled({ metric, target: '70' }), { autoscaler }))
      .toMatchObject(expected.map(([severity, reason]) => ({ severity, field: scaling('class'), reason: expect.stringMatching(reason) })));
  });

  test('leaves templates of other classes alone', () => {
    expect(findings(object(scaled({ 'class': 'kpa.autoscaling.knative.dev', 'scale-down-delay': '5m', 'min-scale': '0' }, {})))).toEqual([]);
  });
});
