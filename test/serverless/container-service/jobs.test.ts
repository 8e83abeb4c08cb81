import { Cron, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { orders } from './support';
import {
  ActivatorStrategy, BindAs, BindingSource, ClusterProfile, ConcurrencyPolicy, HttpMethod, JobRestartPolicy, MeshCronJob, MeshCronJobProps, MeshJob, MeshJobProps, MeshMembership,
  PodFailureRule, PodVolume, ServerlessService,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';

const IMAGE = 'registry.example.com/shop/report:1.2.0';

function job(props: Partial<MeshJobProps> = {}, profile = ClusterProfile.sidecar(), chart = shopChart()): MeshJob {
  profile.applyTo(chart);
  return new MeshJob(chart, 'report', { image: IMAGE, ...props });
}

function cronJob(props: Partial<MeshCronJobProps> = {}, chart = shopChart()): MeshCronJob {
  return new MeshCronJob(chart, 'report', { image: IMAGE, schedule: Cron.daily(), ...props });
}

describe('a job', () => {
  test('runs once, restricted, under an account of its own, and goes after a day', () => {
    const made = job();
    expect(manifests(made).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['ServiceAccount/report', 'Job/report']);
    expect(manifest(made, 'Job').spec).toMatchObject({
      ttlSecondsAfterFinished: 86400,
      template: {
        metadata: { labels: { 'app': 'report', 'sidecar.istio.io/inject': 'true' } },
        spec: {
          serviceAccountName: 'report',
          restartPolicy: 'Never',
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'report', image: IMAGE, resources: { requests: { cpu: '100m', memory: '128Mi' } }, securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true },
          }],
        },
      },
    });
    expect(problems(made)).toEqual([]);
  });

  test('writes what was said', () => {
    const made = job({
      name: 'report-2026',
      retries: 2,
      deadline: Duration.hours(1),
      parallelism: 4,
      completions: 20,
      indexed: true,
      retriesPerIndex: 1,
      maxFailedIndexes: 5,
      keepFor: Duration.hours(2),
      suspended: true,
      podFailures: [PodFailureRule.ignoreDisruptions(), PodFailureRule.failJob([42]), PodFailureRule.failIndex([7, 3]), PodFailureRule.ignore([75])],
      mounts: [{ path: '/tmp', volume: PodVolume.emptyDir('tmp') }],
      initContainers: [{ name: 'fetch', image: IMAGE }],
    });
    expect(manifest(made, 'Job', 'report-2026').spec).toMatchObject({
      backoffLimit: 2,
      activeDeadlineSeconds: 3600,
      parallelism: 4,
      completions: 20,
      completionMode: 'Indexed',
      backoffLimitPerIndex: 1,
      maxFailedIndexes: 5,
      ttlSecondsAfterFinished: 7200,
      suspend: true,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailJob', onExitCodes: { containerName: 'report-2026', operator: 'In', values: [42] } },
          { action: 'FailIndex', onExitCodes: { operator: 'In', values: [3, 7] } },
          { action: 'Ignore', onExitCodes: { values: [75] } },
        ],
      },
      template: { spec: { initContainers: [{ name: 'fetch' }], volumes: [{ name: 'tmp', emptyDir: {} }], containers: [{ volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }] } },
    });
    expect(problems(made)).toEqual([]);
  });

  test('takes what is bound to it', () => {
    const chart = shopChart();
    const made = job({}, ClusterProfile.sidecar(), chart);
    made.bind(BindingSource.secret(kplus.Secret.fromSecretName(chart, 'database', 'database')), BindAs.variables({ DATABASE_URL: 'url' }));
    expect(manifest(made, 'Job').spec.template.spec.containers[0].env).toEqual([
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } },
    ]);
  });

  test('ends although the sidecars of the cluster are not native, because its own is', () => {
    const annotations = (profile: ClusterProfile, props: Partial<MeshJobProps> = {}) => {
      const made = job(props, profile);
      expect(problems(made)).toEqual([]);
      return manifest(made, 'Job').spec.template.metadata.annotations;
    };
    expect(annotations(ClusterProfile.sidecar({ nativeSidecars: false }))).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
    expect(annotations(ClusterProfile.sidecar({ nativeSidecars: false }), { inMesh: false })).toBeUndefined();
    expect(annotations(ClusterProfile.sidecar())).toBeUndefined();
    expect(annotations(ClusterProfile.ambient({ nativeSidecars: false }))).toBeUndefined();
  });

  test('is refused where a sidecar keeps it from ending', () => {
    const made = job({ templateAnnotations: { 'sidecar.istio.io/nativeSidecar': 'false' } });
    expect(problems(made)).toMatchObject([{ code: 'SM1180', path: 'chart/report', field: 'spec.template.metadata.annotations[sidecar.istio.io/nativeSidecar]', value: '"false"' }]);
  });

  test('is refused with a policy on failed pods where they are restarted, and with indexes of no number', () => {
    expect(problems(job({ restartPolicy: JobRestartPolicy.ON_FAILURE, podFailures: [PodFailureRule.failJob([42])] }))).toMatchObject([{ code: 'SM1181' }]);
    expect(problems(job({ indexed: true }), 'SM1178')).toMatchObject([{ field: 'indexed' }]);
    expect(problems(job({ podFailures: [PodFailureRule.failIndex([7])] }))).toMatchObject([{ code: 'SM1181', field: 'spec.podFailurePolicy.rules[0].action' }]);
  });

  test.each<[string, Json]>([
    ['image', { image: 5 }],
    ['env.A', { env: { A: 'b' } }],
    ['restartPolicy', { restartPolicy: 'Always' }],
    ['retries', { retries: '3' }],
    ['deadline', { deadline: 60 }],
    ['podFailures[0]', { podFailures: [42] }],
    ['podFailures[0].exitCodes', { podFailures: [PodFailureRule.failJob(42 as Json)] }],
    ['serviceAccount', { serviceAccount: 'default' }],
    ['keepFor', { keepFor: 60 }],
  ])('of a wrong %s gives a problem and no stack trace', (field, props) => {
    expect(problems(job(props), 'SM0005')).toMatchObject([{ field }]);
  });

  test('without properties gives a problem and no stack trace', () => {
    expect(problems(new MeshJob(shopChart(), 'report', undefined as Json), 'SM1171')).toHaveLength(1);
    expect(problems(new MeshCronJob(shopChart(), 'report', undefined as Json), 'SM0005')).toMatchObject([{ field: 'schedule' }]);
  });
});

describe('a cron job', () => {
  test('runs by the clock of UTC, never twice at a time', () => {
    const made = cronJob();
    expect(manifest(made, 'CronJob').spec).toMatchObject({
      schedule: '0 0 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { template: { spec: { serviceAccountName: 'report', restartPolicy: 'Never' } } } },
    });
    expect(manifest(made, 'CronJob').spec.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(problems(made)).toEqual([]);
  });

  test('writes what was said', () => {
    expect(manifest(cronJob({
      schedule: Cron.schedule({ minute: '30', hour: '3' }),
      timeZone: 'Europe/Berlin',
      concurrency: ConcurrencyPolicy.REPLACE,
      startingDeadline: Duration.minutes(5),
      keepSuccessful: 1,
      keepFailed: 5,
      suspended: false,
      deadline: Duration.minutes(30),
    }), 'CronJob').spec).toMatchObject({
      schedule: '30 3 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 5,
      suspend: false,
      jobTemplate: { spec: { activeDeadlineSeconds: 1800 } },
    });
  });

  test.each<[string, Json]>([
    ['schedule', { schedule: '@daily' }],
    ['timeZone', { timeZone: 1 }],
    ['concurrency', { concurrency: 'Never' }],
    ['startingDeadline', { startingDeadline: 60 }],
    ['keepFailed', { keepFailed: '1' }],
  ])('of a wrong %s gives a problem and no stack trace', (field, props) => {
    expect(problems(cronJob(props), 'SM0005')).toMatchObject([{ field }]);
  });
});

describe('a job calls services of the mesh', () => {
  test('under its own identity', () => {
    const chart = shopChart();
    const service = orders({}, ClusterProfile.sidecar(), chart);
    const report = cronJob({}, chart);
    service.grantInvoke(report, { methods: [HttpMethod.GET], paths: ['/orders'] });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules).toEqual([{
      from: [{ source: { principals: ['cluster.local/ns/shop/sa/report'] } }],
      to: [{ operation: { methods: ['GET'], paths: ['/orders'], ports: ['8080'] } }],
    }]);
    expect(report.callerName).toBe('cron job shop/report');
    expect(report.meshMembership).toBe(MeshMembership.SIDECAR);
    expect(problems(chart)).toEqual([]);
  });

  test('also serverless ones, and is refused where it has no identity', () => {
    const chart = shopChart();
    const service = new ServerlessService(chart, 'payment', { image: IMAGE, activatorStrategy: ActivatorStrategy.outOfPath() });
    service.grantInvoke(job({}, ClusterProfile.sidecar(), chart));
    expect(problems(chart)).toEqual([]);
    orders({}, ClusterProfile.sidecar(), chart).grantInvoke(new MeshJob(chart, 'outside', { image: IMAGE, inMesh: false }));
    expect(problems(chart, 'SM0202')).toMatchObject([{ value: expect.stringContaining('job shop/outside') }]);
  });
});
