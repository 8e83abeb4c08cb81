import { FLOWS, specOf } from './brokers';
import { Rule } from '../../rule';
import { listOf } from '../../values';

const PARTS: readonly (readonly [kind: string, field: string])[] = [['Sequence', 'steps'], ['Parallel', 'branches']];

export const emptyFlow: Rule = {
  code: 'SM0354',
  title: 'flow without a step',
  explanation: 'A Sequence has at least one step, a Parallel at least one branch (knative/eventing pkg/apis/flows/v1).',
  peers: ['knative-validation'],
  check(context) {
    for (const [kind, field] of PARTS) {
      for (const flow of context.model.ofKind(FLOWS, kind)) {
        if (listOf(specOf(flow)[field]).length > 0) continue;
        context.report(flow, { field: `spec.${field}`, reason: `a ${kind} has at least one entry here`, fix: 'say where its events go' });
      }
    }
  },
  example: {
    refused: `
apiVersion: flows.knative.dev/v1
kind: Sequence
metadata: { name: checkout, namespace: shop }
spec:
  steps: []
`,
    accepted: `
apiVersion: flows.knative.dev/v1
kind: Sequence
metadata: { name: checkout, namespace: shop }
spec:
  steps:
    - ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: validate }
`,
  },
};
