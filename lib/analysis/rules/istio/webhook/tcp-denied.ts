import { count } from './each';
import { holdsForHttpAlone } from './http-alone';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf, isGiven } from '../../../workloads';

const OF_CONNECTIONS = ['principals', 'notPrincipals', 'ipBlocks', 'notIpBlocks', 'namespaces', 'notNamespaces', 'remoteIpBlocks', 'notRemoteIpBlocks',
  'serviceAccounts', 'notServiceAccounts'];

export const tcpDenied: Rule = {
  code: 'SM1073',
  title: 'DENY rule that closes every TCP port',
  explanation: 'Of a DENY rule the parts that only HTTP has are left out at TCP ports, and without anything else the rule denies all there '
    + '(ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go). The webhook cannot see whether there is such a port; here gateways of which every server '
    + 'takes HTTP are known to have none.',
  severity: Severity.WARNING,
  peers: ['IST0133'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  action: DENY
  rules:
    - to: [{ operation: { methods: [DELETE] } }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  action: DENY
  rules:
    - to: [{ operation: { methods: [DELETE], ports: ["8080"] } }]
`,
  },
  check(context) {
    for (const policy of context.model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      const found = closing(policy);
      if (found.length === 0 || holdsForHttpAlone(context.model, policy)) continue;
      for (const finding of found) context.report(policy, finding);
    }
  },
};

function closing({ manifest }: ModelObject): Finding[] {
  const spec = fieldsOf(manifest.spec);
  if (spec.action !== 'DENY') return [];
  return entriesOf(spec.rules, 'spec.rules').flatMap(({ field, value }) => {
    const sources = entriesOf(value.from, '').filter(from => isGiven(from.value.source)).map(from => fieldsOf(from.value.source));
    const operations = entriesOf(value.to, '').filter(to => isGiven(to.value.operation)).map(to => fieldsOf(to.value.operation));
    const byConnection = sources.some(source => OF_CONNECTIONS.some(name => count(source[name]) > 0));
    const byPort = operations.some(operation => count(operation.ports) + count(operation.notPorts) > 0);
    const closes = operations.length > 0 ? !byPort : sources.length > 0 && !byConnection;
    return closes ? [{
      field,
      reason: 'it names what only HTTP has, so at TCP ports it denies everything',
      fix: 'write ports: [...] in operation; at a gateway, give connections that are passed on (TCP, TLS) a gateway with pods of its own',
    }] : [];
  });
}
