import { onFault } from './fault-rule';

export const forbiddenValue = onFault('value', {
  code: 'SM0604',
  title: 'a value that is not allowed',
  explanation: 'A schema limits values: to a list of words, to a range, to a length, to a pattern (in the syntax of Go) or to a format such as date-time. For its own kinds the '
    + 'API server has such limits in its validation code (kubernetes pkg/apis).',
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: strict }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
`,
  },
});
