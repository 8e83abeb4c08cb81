import { chosenPods, isAttached, SELECTING_KINDS, selectorOf } from './selectors';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { selectorText, selectsAll, Workload } from '../../../workloads';

const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';
const KINDS = ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'];

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
`;

export const selectorOnGateway: Rule = {
  code: 'SM0835',
  title: 'a policy that selects the pods of a Gateway by their labels',
  explanation: 'Pods that Istio runs for a Gateway of the Gateway API follow policies that name the Gateway in targetRefs; a selector with their labels is ignored there '
    + '(istio pkg/config/analysis/analyzers/k8sgateway/workloadselector.go).',
  severity: Severity.WARNING,
  peers: ['IST0166'],
  example: {
    refused: `${GATEWAY}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: public, namespace: shop }
spec:
  selector: { matchLabels: { ${GATEWAY_LABEL}: public } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
    accepted: `${GATEWAY}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: public, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },
  check(context) {
    for (const kind of SELECTING_KINDS.filter(({ kind: name }) => KINDS.includes(name))) {
      for (const object of context.model.ofKind(kind.group, kind.kind)) {
        const selector = selectorOf(object, kind);
        if (selectsAll(selector) || isAttached(object)) continue;
        const gateway = chosenPods(context.model, object, kind, context.profile(object)).find(isGateway);
        if (gateway === undefined || gateway.namespace !== object.namespace) continue;
        const name = gateway.labels[GATEWAY_LABEL];
        context.report(object, {
          field: kind.labels.join('.'),
          value: selectorText(selector),
          reason: `these are the pods of Gateway ${name}, which follow policies that name the Gateway and no selectors`,
          fix: `write targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: ${name} }] instead`,
        });
      }
    }
  },
};

function isGateway({ labels }: Workload): boolean {
  return labels[GATEWAY_LABEL] !== undefined;
}
