import { authorizationPolicies, hasTargetRefs, specOf } from './policies';
import { Rule } from '../../rule';

export const selectorAndTarget: Rule = {
  code: 'SM0223',
  title: 'selector and targetRefs together',
  explanation: 'A policy holds for pods (selector) or for gateways, waypoints and services (targetRefs), never for both '
    + '(CEL rule of the CRD; validateOneOfSelectorType in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: front-door, namespace: shop }
spec:
  selector:
    matchLabels: { app: shop-gateway }
  targetRefs:
    - { group: gateway.networking.k8s.io, kind: Gateway, name: shop }
  rules:
    - to:
        - operation: { methods: [GET] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: front-door, namespace: shop }
spec:
  targetRefs:
    - { group: gateway.networking.k8s.io, kind: Gateway, name: shop }
  rules:
    - to:
        - operation: { methods: [GET] }
`,
  },
  check(context) {
    const kinds = ['RequestAuthentication'].flatMap(kind => context.model.ofKind('security.istio.io', kind));
    for (const policy of [...authorizationPolicies(context.model), ...kinds]) {
      const spec = specOf(policy);
      if (spec.selector === undefined || spec.selector === null || !hasTargetRefs(policy)) continue;
      context.report(policy, {
        field: 'spec.targetRefs',
        reason: 'the API server refuses a policy with both selector and targetRefs: it holds either for pods or for what the references name',
        fix: 'remove selector to have a waypoint or gateway enforce it, or remove targetRefs to have the pods enforce it',
      });
    }
  },
};
