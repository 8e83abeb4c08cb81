import type { OtherCode } from './other-codes';

/** What asking every declared call of the finished manifests finds. */
export const REACHABILITY_CODES: readonly OtherCode[] = [
  {
    code: 'SM1360',
    title: 'a declared caller that is denied',
    explanation: 'Every grant is asked of all that will be written, as the cluster would decide it: NetworkPolicies, mutual TLS, and AuthorizationPolicies in the order '
      + 'CUSTOM, DENY, ALLOW. An object beside the constructs, or a patch, shuts out a caller that was granted something.',
  },
  {
    code: 'SM1361',
    title: 'a policy that opens what denies by default',
    explanation: 'Of all ALLOW policies that hold for some pods one that matches is enough (istio/api security/v1beta1/authorization_policy.proto). One that matches every '
      + 'request of everybody takes away what a policy beside it denies by default.',
  },
];
