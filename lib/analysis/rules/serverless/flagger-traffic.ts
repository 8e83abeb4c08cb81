import { SERVING_GROUP } from './templates';
import { trafficExample } from './traffic-example';
import { Severity } from '../../../core/problem';
import { groupOf } from '../../model';
import { Rule } from '../../rule';
import { fieldsAt, fieldsOf, listOf, textOf } from '../../values';

const CANARY = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: checkout, namespace: shop }
spec:
  provider: knative
  targetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }
  analysis: { interval: 15s, threshold: 15, maxWeight: 50, stepWeight: 10 }
`;

export const flaggerTraffic: Rule = {
  code: 'SM1159',
  title: 'traffic that two write',
  explanation: 'Flagger replaces spec.traffic of the Knative Service that its Canary is for. What a manifest says there is undone by Flagger, and applying the manifest again undoes what Flagger did, in the middle of '
    + 'its analysis too (fluxcd/flagger pkg/router/knative.go, SetRoutes).',
  severity: Severity.WARNING,
  example: { refused: trafficExample(['latestRevision: true, percent: 100']) + CANARY, accepted: trafficExample([]) + CANARY },
  check(context) {
    for (const canary of context.model.ofKind('flagger.app', 'Canary')) {
      const { apiVersion, kind, name } = fieldsAt(canary.manifest, 'spec', 'targetRef');
      if (groupOf(textOf(apiVersion) ?? '') !== SERVING_GROUP || kind !== 'Service' || textOf(name) === undefined) continue;
      const service = context.model.byName(SERVING_GROUP, 'Service', canary.namespace, textOf(name)!);
      if (!service || listOf(fieldsOf(service.manifest.spec).traffic).length === 0) continue;
      context.report(service, {
        field: 'spec.traffic',
        reason: `${canary.path} lets Flagger write this field too`,
        fix: 'leave it out and have GitOps tools ignore it; with the constructs, traffic: Traffic.managedExternally(TrafficOwner.FLAGGER)',
      });
    }
  },
};
