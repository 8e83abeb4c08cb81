import { onTraffic } from './traffic';
import { trafficExample } from './traffic-example';
import { Severity } from '../../../core/problem';
import { isSet, scalarMapOf } from '../../values';

const KEYS = ['serving.knative.dev/rollout-duration', 'serving.knative.dev/rolloutDuration'];

export const rolloutUnused = onTraffic({
  code: 'SM1160',
  title: 'a gradual rollout of nothing',
  explanation: 'The rollout duration moves the share of the latest revision from the one that was the latest before. Where no target with a share follows the latest revision there is nothing to move '
    + '(knative/serving pkg/reconciler/route/traffic/traffic.go, buildRolloutForTag).',
  severity: Severity.WARNING,
  example: {
    refused: trafficExample(['revisionName: checkout-v1, percent: 100'], { revision: 'checkout-v1', annotations: 'serving.knative.dev/rollout-duration: 5m' }),
    accepted: trafficExample(['latestRevision: true, percent: 100'], { annotations: 'serving.knative.dev/rollout-duration: 5m' }),
  },
  findings: ({ object, targets }) => {
    const annotations = scalarMapOf(object.manifest.metadata.annotations);
    const key = KEYS.find(candidate => candidate in annotations);
    const moves = targets.some(({ revisionName, percent }) => !isSet(revisionName) && isSet(percent));
    return key === undefined || targets.length === 0 || moves ? [] : [{
      field: `metadata.annotations[${key}]`,
      value: annotations[key],
      reason: 'no target with a share of the traffic follows the latest revision, so nothing moves over time',
      fix: 'drop it, or give the latest revision a share',
    }];
  },
});
