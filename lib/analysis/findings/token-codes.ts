import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

/** What grants by token and the checks of tokens report of what was said to them. */
export const TOKEN_CODES: readonly OtherCode[] = [
  { code: 'SM1280', title: 'a grant without a token where callers are known by tokens', explanation: 'With ActivatorStrategy.verifiedByToken() pods know callers behind the activator by their tokens alone; a caller of whom none is asked is denied there.' },
  { code: 'SM1281', title: 'tokens where no HTTP is seen', explanation: 'ztunnel, which stands before pods in ambient mode, sees connections and not the requests in them; tokens are checked by sidecars, gateways and waypoints (istio.io/latest/docs/ambient/usage/l7-features).' },
  { code: 'SM1282', title: 'events that bring no token', explanation: 'Knative delivers events without a token of the app\'s issuers, so a policy that asks every request for one turns them away.' },
  { code: 'SM1283', title: 'a token that the gateway takes away', severity: Severity.WARNING, explanation: 'A proxy removes a token that it has verified unless forwardOriginalToken is set (istio/api security/v1beta1/request_authentication.proto), and whoever checks it again behind finds none.' },
  { code: 'SM1285', title: 'a wildcard host that a port gets around', severity: Severity.WARNING, explanation: 'Policies match hosts exactly, by prefix or by suffix, the port of the Host header included; gateways route such requests without looking at the port.' },
];
