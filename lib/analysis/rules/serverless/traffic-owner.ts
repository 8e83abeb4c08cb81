import { onTraffic } from './traffic';
import { trafficExample } from './traffic-example';
import { textOf } from '../../values';

/** Longer names Knative cuts when it numbers revisions. */
const LONGEST_UNCUT = 57;

export const trafficOwner = onTraffic({
  code: 'SM1156',
  title: 'traffic to a revision of another service',
  explanation: 'A service sends traffic to its own revisions only, and these are called <service>-...; with another one its route does not get ready (RevisionNotOwned). Over several services a route of '
    + 'the mesh splits traffic (knative/serving pkg/reconciler/route/traffic/traffic.go, addRevisionTarget).',
  example: {
    refused: trafficExample(['revisionName: payment-v1, percent: 100']),
    accepted: trafficExample(['revisionName: checkout-v1, percent: 100']),
  },
  findings: ({ targets, name, ofService }) => targets.flatMap(({ revisionName }, i) => {
    const revision = textOf(revisionName);
    return !ofService || !name || name.length > LONGEST_UNCUT || revision === undefined || revision.startsWith(`${name}-`) ? [] : [{
      field: `spec.traffic[${i}].revisionName`,
      value: revision,
      reason: `the revisions of ${name} are called ${name}-..., and the service cannot send traffic to those of another one`,
      fix: `name a revision of ${name}, or split the traffic over several services by a route of the mesh`,
    }];
  }),
});
