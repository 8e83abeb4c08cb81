import { findings, object, only, scaling, service } from './rules';
import { Severity } from '../../lib';
import { Json } from '../support';

const GROUP = 'autoscaling.knative.dev/';

function scaled(annotations: Record<string, Json>, spec?: Json) {
  return service({ annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [GROUP + key, value])), spec });
}

describe('autoscaling annotations of a Knative Service', () => {
  test.each([
    ['max-scale below min-scale', { 'min-scale': '5', 'max-scale': '2' }, 'SM0118', 'max-scale', /at most 2 pods cannot be at least 5/],
    ['a max-scale in words', { 'max-scale': 'many' }, 'SM0118', 'max-scale', /whole number/],
    ['a negative min-scale', { 'min-scale': '-1' }, 'SM0118', 'min-scale', /from 0/],
    ['a max-scale beyond 32 bits', { 'max-scale': '2147483648' }, 'SM0118', 'max-scale', /2147483647/],
    ['an activation-scale of one', { 'activation-scale': '1' }, 'SM0119', 'activation-scale', /comes up anyway/],
    ['an activation-scale below min-scale', { 'min-scale': '4', 'activation-scale': '3' }, 'SM0119', 'activation-scale', /at least 4/],
    ['an activation-scale above max-scale', { 'max-scale': '2', 'activation-scale': '3' }, 'SM0119', 'activation-scale', /at most 2/],
    ['an initial-scale of zero', { 'initial-scale': '0' }, 'SM0120', 'initial-scale', /zero pods/],
    ['a negative initial-scale', { 'initial-scale': '-1' }, 'SM0120', 'initial-scale', /at least 0/],
    ['a target of zero', { target: '0' }, 'SM0121', 'target', /at least 0.01/],
    ['a utilization of 101', { 'target-utilization-percentage': '101' }, 'SM0121', 'target-utilization-percentage', /1 to 100/],
    ['a burst capacity of -2', { 'target-burst-capacity': '-2' }, 'SM0121', 'target-burst-capacity', /-1 for/],
    ['a panic window of 0', { 'panic-window-percentage': '0' }, 'SM0121', 'panic-window-percentage', /1 to 100/],
    ['a panic threshold of 100', { 'panic-threshold-percentage': '100' }, 'SM0121', 'panic-threshold-percentage', /110 to 1000/],
    ['a window of five seconds', { window: '5s' }, 'SM0122', 'window', /6s to 1h/],
    ['a window of more than an hour', { window: '1h0m1s' }, 'SM0122', 'window', /6s to 1h/],
    ['a window of six and a half seconds', { window: '6500ms' }, 'SM0122', 'window', /whole seconds/],
    ['a window without a unit', { window: '60' }, 'SM0122', 'window', /as Go writes it/],
    ['a negative scale-down-delay', { 'scale-down-delay': '-1s' }, 'SM0122', 'scale-down-delay', /0s to 1h/],
    ['a pod retention of two hours', { 'scale-to-zero-pod-retention-period': '2h' }, 'SM0122', 'scale-to-zero-pod-retention-period', /0s to 1h/],
    ['a class of Knative that does not exist', { class: 'vpa.autoscaling.knative.dev' }, 'SM0123', 'class', /no autoscaler of this class/],
    ['cpu without the class hpa', { metric: 'cpu' }, 'SM0123', 'metric', /concurrency or rps/],
    ['an algorithm that does not exist', { 'class': 'kpa.autoscaling.knative.dev', 'metric-aggregation-algorithm': 'median' },
      'SM0123', 'metric-aggregation-algorithm', /linear or weighted-exponential/],
    ['an unknown key', { 'min-scal': '1' }, 'SM0117', 'min-scal', /reads no annotation/],
    ['two spellings', { 'min-scale': '1', 'minScale': '2' }, 'SM0116', 'minScale', /min-scale is set too \("1"\)/],
  ])('points out %s', (_, annotations, code, key, reason) => {
    const found = only(code, scaled(annotations as Record<string, Json>));
    expect(found).toEqual([expect.objectContaining({ code, field: scaling(key), reason: expect.stringMatching(reason) })]);
  });

  test.each([
    ['bounds', { 'min-scale': '2', 'max-scale': '2', 'activation-scale': '2' }],
    ['no upper bound', { 'min-scale': '5', 'max-scale': '0' }],
    ['the old spelling alone', { minScale: '1', maxScale: '3', initialScale: '2', scaleToZeroPodRetentionPeriod: '500ms' }],
    ['bounds of their ranges', {
      'target': '0.01',
      'target-utilization-percentage': '100',
      'target-burst-capacity': '-1',
      'panic-window-percentage': '1.0',
      'panic-threshold-percentage': '1000',
      'window': '1h',
      'scale-down-delay': '0',
      'scale-to-zero-pod-retention-period': '1m5s',
    }],
    ['an autoscaler of another vendor', { 'class': 'keda.example.com', 'metric': 'lag', 'lag-threshold': '5', 'metric-aggregation-algorithm': 'median' }],
  ])('takes %s', (_, annotations) => {
    expect(findings(object(scaled(annotations as unknown as Record<string, Json>)))).toEqual([]);
  });

  test('takes the pod autoscaler of Kubernetes', () => {
    const written = scaled({ class: 'hpa.autoscaling.knative.dev', metric: 'queue-length', target: '70' });
    expect(findings(object(written, { autoscaler: { horizontalPodAutoscaler: true, customMetrics: true } }))).toEqual([]);
  });

  test('reads the old spelling where there is no other', () => {
    expect(only('SM0118', scaled({ minScale: '5', maxScale: '2' }))).toMatchObject([{ field: scaling('maxScale'), reason: expect.stringContaining('minScale') }]);
  });

  test('judges numbers that were not quoted by what they say', () => {
    expect(only('SM0118', scaled({ 'min-scale': 5, 'max-scale': 2 }))).toHaveLength(1);
  });

  test.each(['Service', 'Configuration', 'Route'])('refuses them on the metadata of a %s', kind => {
    const { metadata, spec } = service({ metadata: { annotations: { [`${GROUP}min-scale`]: '1' } } });
    const manifest = { kind, metadata, spec: kind === 'Route' ? { traffic: [{ configurationName: 'checkout', percent: 100 }] } : spec };
    expect(only('SM0115', manifest)).toMatchObject([{ field: `metadata.annotations[${GROUP}min-scale]`, value: '"1"' }]);
  });

  test('keeps max-scale within the limit of the cluster', () => {
    const profile = { autoscaler: { maxScaleLimit: 10 } };
    expect(only('SM0118', scaled({ 'max-scale': '11' }), profile)).toMatchObject([{ reason: expect.stringContaining('at most 10 pods') }]);
    expect(only('SM0118', scaled({ 'max-scale': '0' }), profile)).toMatchObject([{ reason: expect.stringContaining('0 stands for no bound') }]);
    expect(only('SM0118', scaled({ 'max-scale': '10' }), profile)).toEqual([]);
    expect(only('SM0118', scaled({ 'min-scale': '1' }), profile)).toEqual([]);
  });

  test('takes an initial-scale of zero where the cluster allows it', () => {
    expect(only('SM0120', scaled({ 'initial-scale': '0' }), { autoscaler: { allowZeroInitialScale: true } })).toEqual([]);
  });

  test('warns of a target above the container concurrency, which Knative cuts down', () => {
    const warning = { severity: Severity.WARNING, field: scaling('target'), reason: expect.stringContaining('aims at 10') };
    expect(only('SM0124', scaled({ target: '50' }, { containerConcurrency: 10 }))).toMatchObject([warning]);
    expect(only('SM0124', scaled({ target: '50' }), { revision: { containerConcurrency: 10 } })).toMatchObject([warning]);
    expect(only('SM0124', scaled({ target: '10' }, { containerConcurrency: 10 }))).toEqual([]);
    expect(only('SM0124', scaled({ target: '50' }, { containerConcurrency: 0 }))).toEqual([]);
    expect(only('SM0124', scaled({ target: '50', metric: 'rps' }, { containerConcurrency: 10 }))).toEqual([]);
  });
});
