import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, orders } from './support';
import { HorizontalScaling, ScalingMetric, ScalingStep } from '../../../lib';
import { Json, manifest, problems } from '../../support';

function autoscaler(autoscaling: HorizontalScaling): Json {
  const service = orders({ autoscaling });
  expect(problems(service)).toEqual([]);
  return manifest(service, 'HorizontalPodAutoscaler').spec;
}

describe('an autoscaled container service', () => {
  test('scales by the CPU of the application alone, the sidecar left out', () => {
    expect(autoscaler({ max: 10 })).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'orders', target: { type: 'Utilization', averageUtilization: 70 } } }],
    });
  });

  test('leaves the number of pods to the autoscaler', () => {
    expect(deployment(orders({ autoscaling: { max: 10 } })).spec).not.toHaveProperty('replicas');
  });

  test.each<[string, ScalingMetric, Json]>([
    ['memory of a container', ScalingMetric.containerMemory(80, { container: 'cache' }),
      { type: 'ContainerResource', containerResource: { name: 'memory', container: 'cache', target: { type: 'Utilization', averageUtilization: 80 } } }],
    ['an amount of CPU', ScalingMetric.containerCpuAmount(kplus.Cpu.millis(500)),
      { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'orders', target: { type: 'AverageValue', averageValue: '500m' } } }],
    ['an amount of memory', ScalingMetric.containerMemoryAmount(Size.mebibytes(300)),
      { type: 'ContainerResource', containerResource: { name: 'memory', container: 'orders', target: { type: 'AverageValue', averageValue: expect.any(String) } } }],
    ['CPU of the pods', ScalingMetric.podCpu(60), { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
    ['memory of the pods', ScalingMetric.podMemory(60), { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } } }],
    ['a metric of the pods', ScalingMetric.pods('requests_in_flight', 12.5, { labels: { route: 'orders' } }),
      { type: 'Pods', pods: { metric: { name: 'requests_in_flight', selector: { matchLabels: { route: 'orders' } } }, target: { type: 'AverageValue', averageValue: '12500m' } } }],
    ['the length of a queue', ScalingMetric.external('queue_length', 30),
      { type: 'External', external: { metric: { name: 'queue_length' }, target: { type: 'AverageValue', averageValue: '30' } } }],
    ['the age of a message', ScalingMetric.externalValue('oldest_message_seconds', 60),
      { type: 'External', external: { metric: { name: 'oldest_message_seconds' }, target: { type: 'Value', value: '60' } } }],
  ])('scales by %s', (_, metric, expected) => {
    expect(autoscaler({ max: 10, metrics: [metric] }).metrics).toEqual([expected]);
  });

  test('goes at the pace that was said', () => {
    expect(autoscaler({
      min: 3,
      max: 30,
      scaleUp: { steps: [ScalingStep.percent(50, Duration.minutes(1)), ScalingStep.pods(2, Duration.minutes(1))], smallestStep: true },
      scaleDown: { stabilization: Duration.minutes(10), disabled: true },
    })).toMatchObject({
      minReplicas: 3,
      maxReplicas: 30,
      behavior: {
        scaleUp: { policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }, { type: 'Pods', value: 2, periodSeconds: 60 }], selectPolicy: 'Min' },
        scaleDown: { stabilizationWindowSeconds: 600, selectPolicy: 'Disabled' },
      },
    });
  });

  test('refuses a fixed number of pods beside it', () => {
    expect(problems(orders({ replicas: 3, autoscaling: { max: 10 } }), 'SM1172')).toMatchObject([{ field: 'replicas', value: '3' }]);
  });

  test('warns where the application requests nothing that a share could be taken of', () => {
    expect(problems(orders({ autoscaling: { max: 10 }, resources: {} })).map(({ code }) => code)).toContain('SM0916');
  });
});
