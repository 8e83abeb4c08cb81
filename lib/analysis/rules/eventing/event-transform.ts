import { EVENTING, specOf } from './brokers';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven } from '../../values';

export const eventTransform: Rule = {
  code: 'SM0362',
  title: 'EventTransform that transforms nothing, or replies to nobody',
  explanation: 'It has a transformation (jsonata); a reply needs a sink whose answer it transforms, and either discards or transforms it '
    + '(knative/eventing pkg/apis/eventing/v1alpha1/eventtransform_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const transform of context.model.ofKind(EVENTING, 'EventTransform')) {
      for (const finding of flaws(specOf(transform))) context.report(transform, finding);
    }
  },
  example: {
    refused: `
apiVersion: eventing.knative.dev/v1alpha1
kind: EventTransform
metadata: { name: totals, namespace: shop }
spec:
  jsonata:
    expression: '{ "total": data.total }'
  reply:
    discard: true
`,
    accepted: `
apiVersion: eventing.knative.dev/v1alpha1
kind: EventTransform
metadata: { name: totals, namespace: shop }
spec:
  sink: { uri: http://mailer.shop.svc.cluster.local }
  jsonata:
    expression: '{ "total": data.total }'
  reply:
    discard: true
`,
  },
};

function flaws({ jsonata, sink, reply }: Fields): Finding[] {
  const found: Finding[] = [];
  if (!isGiven(jsonata)) found.push({ field: 'spec.jsonata', reason: 'it says no transformation', fix: 'write a JSONata expression' });
  if (isGiven(jsonata) && isGiven(fieldsOf(sink).CACerts)) {
    found.push({
      field: 'spec.sink.CACerts',
      reason: 'a JSONata transformation takes no certificates of its sink',
      fix: 'put the certificates into a ConfigMap that Knative adds to its trust bundles',
    });
  }
  if (isGiven(reply) && !isGiven(sink)) {
    found.push({ field: 'spec.reply', reason: 'without a sink there is no answer to transform', fix: 'name the sink, or leave reply out' });
  } else if (isGiven(fieldsOf(reply).jsonata) && fieldsOf(reply).discard === true) {
    found.push({ field: 'spec.reply', reason: 'the answer is discarded and transformed', fix: 'remove discard or jsonata' });
  }
  return found;
}
