import { atLeast, choice, countOrPercent, countOrShare, range } from './amounts';
import { replicas } from './containers';
import { entriesIn, Facts, fieldsIn, isEmpty, say } from './facts';
import { dnsLabel, pathSegment } from './names';
import { isSchedule } from './schedule';
import { Fields, isAbsent, isFields } from '../structural';
import { ValueCheck } from '../values';
import { Walk } from '../walk';

const schedule: ValueCheck = value => typeof value !== 'string' || isSchedule(value) ? undefined
  : say('the text is no schedule', 'write five fields (minute, hour, day, month, weekday) such as "0 3 * * *", or @daily');

const timeZone: ValueCheck = value => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) });
    return undefined;
  } catch {
    return say('there is no such time zone', 'write a name of the IANA database, such as Europe/Berlin');
  }
};

/** What is scaled is of some group; only the core group goes without, and has one kind to scale. */
const groupVersion: ValueCheck = value => typeof value !== 'string' || value.includes('/') || value === 'v1' ? undefined
  : say('the text names no API group', 'write group and version, such as apps/v1');

const JOB: Facts = {
  fields: {
    parallelism: atLeast(0),
    completions: atLeast(0),
    backoffLimit: atLeast(0),
    activeDeadlineSeconds: atLeast(0),
    ttlSecondsAfterFinished: atLeast(0),
    completionMode: choice('NonIndexed', 'Indexed'),
    podReplacementPolicy: choice('TerminatingOrFailed', 'Failed'),
  },
  check: (job, walk) => {
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes']) {
      if (!isAbsent(job[name]) && job.completionMode !== 'Indexed') {
        walk.report('combination', say('only a job with indexes counts them', 'write completionMode: Indexed, or remove it'), job[name], [name]);
      }
    }
    const policy = podOf(job).restartPolicy;
    if (!isFields(fieldsIn(job.template).spec) || policy === 'OnFailure' || policy === 'Never') return;
    // Always is the default of a pod, so that to say nothing is to say the wrong thing
    if (isEmpty(policy)) walk.report('missing', say('the pods of a job are not always restarted, which is what they are if nothing is said', 'add it: OnFailure or Never'), undefined, ['template', 'spec', 'restartPolicy']);
    else walk.report('value', say('the pods of a job are not always restarted', 'write OnFailure or Never'), policy, ['template', 'spec', 'restartPolicy']);
  },
};

const HAS_SPEC: Facts = { filled: ['spec'] };

export const WORKLOAD_FACTS: Record<string, Facts> = {
  'apps.v1.Deployment': HAS_SPEC,
  'apps.v1.ReplicaSet': HAS_SPEC,
  'apps.v1.StatefulSet': HAS_SPEC,
  'apps.v1.DaemonSet': HAS_SPEC,
  'batch.v1.Job': HAS_SPEC,
  'batch.v1.JobTemplateSpec': HAS_SPEC,
  'batch.v1.CronJob': HAS_SPEC,
  'autoscaling.v2.HorizontalPodAutoscaler': HAS_SPEC,
  'apps.v1.DeploymentSpec': {
    filled: ['template'],
    optional: ['selector'],
    fields: { replicas, minReadySeconds: atLeast(0), revisionHistoryLimit: atLeast(0), progressDeadlineSeconds: atLeast(0) },
    check: (spec, walk) => {
      checkTemplate(spec, walk);
      const [deadline, ready] = [spec.progressDeadlineSeconds ?? 600, spec.minReadySeconds ?? 0];
      if (typeof deadline === 'number' && typeof ready === 'number' && deadline <= ready) {
        walk.report('value', say(`the deadline is not after the ${ready} s that a pod has to be ready`, 'choose a longer deadline'), deadline, ['progressDeadlineSeconds']);
      }
    },
  },
  'apps.v1.DeploymentStrategy': {
    fields: { type: choice('Recreate', 'RollingUpdate') },
    check: ({ type, rollingUpdate }, walk) => {
      if (type === 'Recreate' && !isAbsent(rollingUpdate)) {
        walk.report('combination', say('only the type RollingUpdate has these settings', 'remove them, or write type: RollingUpdate'), undefined, ['rollingUpdate']);
      }
    },
  },
  'apps.v1.RollingUpdateDeployment': {
    fields: { maxSurge: countOrPercent, maxUnavailable: countOrShare },
    check: ({ maxSurge, maxUnavailable }, walk) => {
      if (isNone(maxSurge) && isNone(maxUnavailable)) {
        walk.report('value', say('with no pod more and no pod less nothing can be replaced', 'allow at least one of maxSurge and maxUnavailable'), maxUnavailable, ['maxUnavailable']);
      }
    },
  },
  'apps.v1.ReplicaSetSpec': { optional: ['selector'], fields: { replicas, minReadySeconds: atLeast(0) }, check: checkTemplate },
  'apps.v1.StatefulSetSpec': {
    filled: ['template'],
    optional: ['selector', 'serviceName'],
    fields: { replicas, minReadySeconds: atLeast(0), revisionHistoryLimit: atLeast(0), podManagementPolicy: choice('OrderedReady', 'Parallel'), serviceName: dnsLabel },
    before: ({ volumeClaimTemplates }, walk) => {
      walk.claims = entriesIn(volumeClaimTemplates).map(({ metadata }) => fieldsIn(metadata).name);
    },
    check: checkTemplate,
  },
  'apps.v1.StatefulSetUpdateStrategy': { fields: { type: choice('RollingUpdate', 'OnDelete') } },
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy': { fields: { whenDeleted: choice('Retain', 'Delete'), whenScaled: choice('Retain', 'Delete') } },
  'apps.v1.RollingUpdateStatefulSetStrategy': { fields: { partition: atLeast(0), maxUnavailable: countOrShare } },
  'apps.v1.DaemonSetSpec': {
    filled: ['template'],
    optional: ['selector'],
    fields: { minReadySeconds: atLeast(0), revisionHistoryLimit: atLeast(0) },
    check: checkTemplate,
  },
  'apps.v1.DaemonSetUpdateStrategy': { fields: { type: choice('RollingUpdate', 'OnDelete') } },
  'batch.v1.JobSpec': JOB,
  'batch.v1.PodFailurePolicy': { optional: ['rules'] },
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': { optional: ['status'], fields: { status: choice('True', 'False', 'Unknown') } },
  'batch.v1.CronJobSpec': {
    filled: ['schedule'],
    fields: {
      schedule,
      timeZone,
      concurrencyPolicy: choice('Allow', 'Forbid', 'Replace'),
      startingDeadlineSeconds: atLeast(0),
      successfulJobsHistoryLimit: atLeast(0),
      failedJobsHistoryLimit: atLeast(0),
    },
  },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': { filled: ['scaleTargetRef'], fields: { minReplicas: atLeast(1), maxReplicas: atLeast(1) }, check: checkBounds },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': { fields: { minReplicas: atLeast(1), maxReplicas: atLeast(1) }, check: checkBounds },
  'autoscaling.v2.CrossVersionObjectReference': { filled: ['kind', 'name'], fields: { apiVersion: groupVersion, kind: pathSegment, name: pathSegment } },
  'autoscaling.v1.CrossVersionObjectReference': { filled: ['kind', 'name'], fields: { apiVersion: groupVersion, kind: pathSegment, name: pathSegment } },
  'autoscaling.v2.MetricSpec': {
    filled: ['type'],
    fields: { type: choice('Object', 'Pods', 'Resource', 'ContainerResource', 'External') },
    one: ['object', 'pods', 'resource', 'containerResource', 'external'],
    check: (metric, walk) => {
      const source = typeof metric.type === 'string' ? `${metric.type.charAt(0).toLowerCase()}${metric.type.slice(1)}` : '';
      if (source !== '' && isAbsent(metric[source])) walk.report('missing', say(`a metric of the type ${String(metric.type)} says which`, 'add it'), undefined, [source]);
    },
  },
  'autoscaling.v2.MetricTarget': { filled: ['type'], fields: { type: choice('Utilization', 'Value', 'AverageValue'), averageUtilization: atLeast(1) }, check: checkTarget },
  'autoscaling.v2.HPAScalingRules': { fields: { stabilizationWindowSeconds: range(0, 3600), selectPolicy: choice('Max', 'Min', 'Disabled') } },
  'autoscaling.v2.HPAScalingPolicy': { fields: { type: choice('Pods', 'Percent'), value: atLeast(1), periodSeconds: range(1, 1800) } },
  'policy.v1.PodDisruptionBudgetSpec': {
    atMostOne: ['minAvailable', 'maxUnavailable'],
    fields: { minAvailable: countOrShare, maxUnavailable: countOrShare, unhealthyPodEvictionPolicy: choice('IfHealthyBudget', 'AlwaysAllow') },
  },
};

/** The pods that a controller makes have to be those that it looks for. */
function checkTemplate(spec: Fields, walk: Walk): void {
  const { matchLabels, matchExpressions } = fieldsIn(spec.selector);
  if (isAbsent(spec.selector)) {
    walk.report('missing', say('the field is required', 'add it: matchLabels with the labels of the template'), undefined, ['selector']);
    return;
  }
  if (isFields(spec.selector) && isEmpty(matchLabels) && isEmpty(matchExpressions)) {
    walk.report('value', say('an empty selector would take in every pod', 'select the labels of the template'), undefined, ['selector']);
    return;
  }
  const labels = fieldsIn(fieldsIn(fieldsIn(spec.template).metadata).labels);
  const differing = Object.entries(fieldsIn(matchLabels)).filter(([key, value]) => labels[key] !== value).map(([key]) => key);
  if (isFields(spec.template) && differing.length > 0) {
    walk.report('value', say(`the template lacks what the selector asks for: ${differing.join(', ')}`, 'give the template the labels that the selector names'), labels, ['template', 'metadata', 'labels']);
  }
  const policy = podOf(spec).restartPolicy;
  if (!isEmpty(policy) && policy !== 'Always' && (policy === 'OnFailure' || policy === 'Never')) {
    walk.report('value', say('the pods of a controller that keeps them running are always restarted', 'write Always, or leave it out'), policy, ['template', 'spec', 'restartPolicy']);
  }
}

function checkBounds({ minReplicas, maxReplicas }: Fields, walk: Walk): void {
  const least = minReplicas ?? 1;
  if (typeof least === 'number' && typeof maxReplicas === 'number' && maxReplicas >= 1 && maxReplicas < least) {
    walk.report('value', say(`the maximum is below the minimum of ${least}`, 'write a maximum that is not below the minimum'), maxReplicas, ['maxReplicas']);
  }
}

/** What a metric is held against: for a share of the request a share, for anything else an amount. */
function checkTarget(target: Fields, walk: Walk): void {
  const field = { Utilization: 'averageUtilization', Value: 'value', AverageValue: 'averageValue' }[String(target.type)];
  if (field && isAbsent(target[field])) walk.report('missing', say(`a target of the type ${String(target.type)} states it`, 'add it'), undefined, [field]);
}

function podOf(spec: Fields): Fields {
  return fieldsIn(fieldsIn(spec.template).spec);
}

function isNone(share: unknown): boolean {
  return share === 0 || share === '0%';
}
