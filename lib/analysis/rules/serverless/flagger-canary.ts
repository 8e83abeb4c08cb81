import { SERVING_GROUP } from './templates';
import { groupOf } from '../../model';
import { Finding, Rule } from '../../rule';
import { fieldsAt, fieldsOf, isSet, textOf } from '../../values';

const canary = (fields: string) => `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: checkout, namespace: shop }
spec:
${fields}  targetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }
  analysis: { interval: 15s, threshold: 15, maxWeight: 50, stepWeight: 10 }
`;

const SERVICE = `---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/shop/checkout:1.0.0 }]
`;

export const flaggerCanary: Rule = {
  code: 'SM1158',
  title: 'a Canary that Flagger does not accept',
  explanation: 'Flagger moves the traffic of a Knative Service with provider knative, which has to stand in the Canary itself, without an autoscalerRef, and that provider takes nothing but Knative Services '
    + '(fluxcd/flagger pkg/controller/controller.go, verifyKnativeCanary).',
  example: { refused: canary('') + SERVICE, accepted: canary('  provider: knative\n') + SERVICE },
  check(context) {
    for (const object of context.model.ofKind('flagger.app', 'Canary')) {
      const { provider, autoscalerRef } = fieldsOf(object.manifest.spec);
      const target = fieldsAt(object.manifest, 'spec', 'targetRef');
      const onKnative = groupOf(textOf(target.apiVersion) ?? '') === SERVING_GROUP && target.kind === 'Service';
      const findings: Finding[] = [];
      if (onKnative && provider !== 'knative') {
        findings.push({ field: 'spec.provider', value: provider, reason: 'a Knative Service is moved by provider knative alone', fix: 'write provider: knative' });
      }
      if (!onKnative && provider === 'knative') {
        findings.push({ field: 'spec.targetRef', value: `${String(target.apiVersion)} ${String(target.kind)}`, reason: 'provider knative takes a Service of serving.knative.dev/v1 alone', fix: 'name the Knative Service, or another provider' });
      }
      if (onKnative && isSet(autoscalerRef)) {
        findings.push({ field: 'spec.autoscalerRef', value: fieldsOf(autoscalerRef).name, reason: 'Knative scales the service itself', fix: 'drop it; the annotations of the template hold for every revision' });
      }
      findings.forEach(finding => context.report(object, finding));
    }
  },
};
