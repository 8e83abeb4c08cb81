import { SERVING_GROUP } from './templates';
import { trafficExample } from './traffic-example';
import { isDeclaredRevision } from '../../../core/existing-revisions';
import { Severity } from '../../../core/problem';
import { ManifestModel } from '../../model';
import { Rule } from '../../rule';
import { entriesOf, fieldsAt, fieldsOf, textOf } from '../../values';

export const trafficRevision: Rule = {
  code: 'SM1157',
  title: 'traffic to a revision that the app does not make',
  explanation: 'The route of a service gets ready once all revisions are there that its traffic names. Advice, since a revision of an earlier roll-out is in the cluster and in no manifest; the constructs '
    + 'say so with Revision.existing() (knative/serving pkg/reconciler/route/traffic/traffic.go, errMissingRevision).',
  severity: Severity.INFO,
  example: {
    refused: trafficExample(['revisionName: checkout-v2, percent: 10', 'latestRevision: true, percent: 90']),
    accepted: trafficExample(['revisionName: checkout-v2, percent: 10', 'latestRevision: true, percent: 90'], { revision: 'checkout-v2' }),
  },
  check(context) {
    const made = context.model.derived(revisions);
    for (const object of ['Service', 'Route'].flatMap(kind => context.model.ofKind(SERVING_GROUP, kind))) {
      for (const { field, value } of entriesOf(fieldsOf(object.manifest.spec).traffic, 'spec.traffic')) {
        const name = textOf(value.revisionName);
        if (name === undefined || made.has(`${object.namespace}/${name}`) || isDeclaredRevision(object.construct, name)) continue;
        context.report(object, {
          field: `${field}.revisionName`,
          value: name,
          reason: 'no template of the app has this name, so the revision has to be in the cluster before',
          fix: 'check the name with kubectl get revisions, or give it to the template that makes the revision',
        });
      }
    }
  },
};

function revisions(model: ManifestModel): Set<string> {
  return new Set([
    ...['Service', 'Configuration'].flatMap(kind => model.ofKind(SERVING_GROUP, kind))
      .map(({ namespace, manifest }) => `${namespace}/${textOf(fieldsAt(manifest, 'spec', 'template', 'metadata').name)}`),
    ...model.ofKind(SERVING_GROUP, 'Revision').map(({ namespace, name }) => `${namespace}/${name}`),
  ]);
}
