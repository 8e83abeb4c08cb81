import { count, eachOfSecurity } from './each';
import { Severity } from '../../../../core/problem';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf, isGiven } from '../../../workloads';

const OF_CONNECTIONS = ['principals', 'notPrincipals', 'ipBlocks', 'notIpBlocks', 'namespaces', 'notNamespaces', 'remoteIpBlocks', 'notRemoteIpBlocks',
  'serviceAccounts', 'notServiceAccounts'];

export const tcpDenied: Rule = {
  code: 'SM1073',
  title: 'DENY rule that closes every TCP port',
  explanation: 'Of a DENY rule the parts that only HTTP has are left out at TCP ports, and without anything else the rule denies all there '
    + '(ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go).',
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
  check: eachOfSecurity('AuthorizationPolicy', spec => spec.action !== 'DENY' ? [] : entriesOf(spec.rules, 'spec.rules').flatMap(({ field, value }): Finding[] => {
    const sources = entriesOf(value.from, '').filter(from => isGiven(from.value.source)).map(from => fieldsOf(from.value.source));
    const operations = entriesOf(value.to, '').filter(to => isGiven(to.value.operation)).map(to => fieldsOf(to.value.operation));
    const byConnection = sources.some(source => OF_CONNECTIONS.some(name => count(source[name]) > 0));
    const byPort = operations.some(operation => count(operation.ports) + count(operation.notPorts) > 0);
    const closes = operations.length > 0 ? !byPort : sources.length > 0 && !byConnection;
    return closes ? [{ field, reason: 'it names what only HTTP has, so at TCP ports it denies everything', fix: 'write ports: [...] in operation' }] : [];
  })),
};
