import { EVENTING, specOf } from './brokers';
import { Rule } from '../../rule';
import { textOf } from '../../values';

export const eventType: Rule = {
  code: 'SM0364',
  title: 'EventType without a type',
  explanation: 'An EventType of v1beta1 or v1beta2 says the type of its events (knative/eventing pkg/apis/eventing/v1beta2/eventtype_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const object of context.model.ofKind(EVENTING, 'EventType')) {
      if (!/\/v1beta[12]$/.test(object.manifest.apiVersion) || textOf(specOf(object).type) !== undefined) continue;
      context.report(object, { field: 'spec.type', reason: 'an EventType says the type of its events', fix: 'write the CloudEvents type, such as com.example.order.placed' });
    }
  },
  example: {
    refused: `
apiVersion: eventing.knative.dev/v1beta2
kind: EventType
metadata: { name: order-placed, namespace: shop }
spec:
  type: ''
`,
    accepted: `
apiVersion: eventing.knative.dev/v1beta2
kind: EventType
metadata: { name: order-placed, namespace: shop }
spec:
  type: com.example.order.placed
`,
  },
};
