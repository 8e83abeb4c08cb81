import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Autoscaling, ClusterProfile, Gpu, HealthCheck, Model, ModelServer, ModelServerProps, Revision, ServingFeature, Toleration, Traffic,
} from '../../../lib';
import { Json, manifest, problems, shopChart } from '../../support';

const PROFILE = ClusterProfile.sidecar({
  servingFeatures: [
    ServingFeature.IMAGE_VOLUMES.enabled(), ServingFeature.PERSISTENT_VOLUME_CLAIM.enabled(), ServingFeature.NODE_SELECTOR.enabled(),
    ServingFeature.TOLERATIONS.enabled(), ServingFeature.RUNTIME_CLASS_NAME.enabled(),
  ],
});

function server(props: Partial<ModelServerProps> = {}, profile = PROFILE): ModelServer {
  const chart = shopChart();
  profile.applyTo(chart);
  return new ModelServer(chart, 'classifier', { image: 'registry.example.com/model-server:25.10', model: Model.fromImage('registry.example.com/models/resnet50:v3'), ...props });
}

function template(props: Partial<ModelServerProps> = {}): Json {
  const subject = server(props);
  expect(problems(subject)).toEqual([]);
  return manifest(subject, 'Service').spec.template;
}

describe('a model', () => {
  test('comes as an image and names the revision', () => {
    const { metadata, spec } = template();
    expect(metadata.name).toBe('classifier-v3');
    expect(metadata.labels['service.istio.io/canonical-revision']).toBe('v3');
    expect(spec.volumes).toEqual([{ name: 'model', image: { reference: 'registry.example.com/models/resnet50:v3' } }]);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'model', mountPath: '/mnt/models', readOnly: true }]);
    expect(server().modelVersion).toBe('v3');
  });

  test('comes on a claim, a directory a version', () => {
    const claim = kplus.PersistentVolumeClaim.fromClaimName(shopChart(), 'models', 'models');
    const { metadata, spec } = template({ model: Model.fromClaim(claim, { version: '3.1.0', subPath: 'resnet50/3.1.0' }), modelPath: '/models' });
    expect(metadata.name).toBe('classifier-3-1-0');
    expect(spec.volumes).toEqual([{ name: 'model', persistentVolumeClaim: { claimName: 'models', readOnly: true } }]);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'model', mountPath: '/models', readOnly: true, subPath: 'resnet50/3.1.0' }]);
  });

  test('by a digest has to say its version', () => {
    const digest = `registry.example.com/models/resnet50@sha256:${'a'.repeat(64)}`;
    expect(problems(server({ model: Model.fromImage(digest) }), 'SM0176')).toMatchObject([{ field: 'model.version' }]);
    expect(template({ model: Model.fromImage(digest, { version: 'v4' }) }).metadata.name).toBe('classifier-v4');
  });

  test('takes the version out of its tag, not out of the port of its registry', () => {
    expect(Model.fromImage('localhost:5000/resnet50').version).toBe('');
    expect(Model.fromImage('localhost:5000/resnet50:v3@sha256:abc').version).toBe('v3');
  });

  test('needs the feature flag of its volume', () => {
    expect(problems(server({}, ClusterProfile.sidecar())).map(({ reason, fix }) => reason + fix).join()).toContain('kubernetes.podspec-volumes-image');
  });
});

describe('a model server', () => {
  test('takes one inference at a time, keeps a pod, and waits for the model', () => {
    const { metadata, spec } = template();
    expect(spec.containerConcurrency).toBe(1);
    expect(metadata.annotations).toMatchObject({
      'autoscaling.knative.dev/metric': 'concurrency',
      'autoscaling.knative.dev/target': '1',
      'autoscaling.knative.dev/min-scale': '1',
      'autoscaling.knative.dev/initial-scale': '1',
      'autoscaling.knative.dev/scale-down-delay': '300s',
      'serving.knative.dev/progress-deadline': '1200s',
    });
    expect(spec.containers[0].startupProbe).toMatchObject({ httpGet: { path: '/v2/health/ready' }, periodSeconds: 10, failureThreshold: 30 });
    expect(spec.containers[0].readinessProbe).toMatchObject({ httpGet: { path: '/v2/health/ready' } });
  });

  test('runs on GPUs, with so many inferences for each', () => {
    const gpu = Gpu.nvidia(2, { nodeSelector: { pool: 'gpu' }, tolerations: [Toleration.exists('nvidia.com/gpu')], runtimeClass: 'nvidia' });
    const { spec } = template({ gpu, concurrencyPerGpu: 4 });
    expect(spec.containers[0].resources.limits['nvidia.com/gpu']).toBe('2');
    expect(spec.containers[0].resources.requests['nvidia.com/gpu']).toBeUndefined();
    expect(spec).toMatchObject({ containerConcurrency: 8, nodeSelector: { pool: 'gpu' }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }], runtimeClassName: 'nvidia' });
  });

  test.each<[string, Gpu, string]>([
    ['AMD', Gpu.amd(), 'amd.com/gpu'],
    ['a part of a GPU', Gpu.named('nvidia.com/mig-1g.5gb'), 'nvidia.com/mig-1g.5gb'],
  ])('runs on %s', (_, gpu, name) => {
    expect(template({ gpu }).spec.containers[0].resources.limits[name]).toBe('1');
  });

  test('refuses half a GPU', () => {
    expect(problems(server({ gpu: Gpu.nvidia(0.5) }), 'SM0174')).toMatchObject([{ field: 'spec.template.spec.containers[0].resources.limits[nvidia.com/gpu]' }]);
  });

  test('does as it is told where that is more than the defaults', () => {
    const { metadata, spec } = template({
      containerConcurrency: 10,
      autoscaling: Autoscaling.concurrency(7, { max: 3 }),
      startup: HealthCheck.tcp({ period: Duration.seconds(1), failureThreshold: 5 }),
      progressDeadline: Duration.minutes(40),
      revision: Revision.named('v3-1'),
      readyPath: '/ready',
    });
    expect(spec.containerConcurrency).toBe(10);
    expect(metadata).toMatchObject({ name: 'classifier-v3-1', annotations: { 'autoscaling.knative.dev/target': '7', 'serving.knative.dev/progress-deadline': '2400s' } });
    expect(metadata.annotations['autoscaling.knative.dev/min-scale']).toBeUndefined();
    expect(spec.containers[0].startupProbe.failureThreshold).toBe(5);
  });

  test('tries a version out and goes back', () => {
    const stable = Revision.existing('classifier-v2');
    const canary = manifest(server({ traffic: Traffic.canary({ stable, percent: 10, candidate: Revision.named('v3') }) }), 'Service').spec.traffic;
    expect(canary.map(({ revisionName, percent }: Json) => [revisionName, percent])).toEqual([['classifier-v3', 10], ['classifier-v2', 90]]);
    const back = manifest(server({ traffic: Traffic.rollback(stable) }), 'Service').spec.traffic;
    expect(back.map(({ revisionName, percent }: Json) => [revisionName, percent])).toEqual([['classifier-v2', 100]]);
  });

  test('reports what plain JavaScript lets pass instead of breaking', () => {
    const wrong = { model: 'resnet50:v3', gpu: 1, concurrencyPerGpu: 'four', loadTimeout: 300, modelPath: 7, readyPath: {}, mounts: 'x' } as unknown as ModelServerProps;
    const fields = problems(server(wrong), 'SM0005').map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['model', 'gpu', 'concurrencyPerGpu', 'loadTimeout', 'modelPath', 'readyPath']));
    expect(() => new ModelServer(shopChart(), 'classifier', undefined as unknown as ModelServerProps)).not.toThrow();
  });
});
