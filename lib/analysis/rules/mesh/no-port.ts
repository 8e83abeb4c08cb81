import { authorizationPolicies, operationsOf, peerAuthentications, specOf } from './policies';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, textsOf } from '../../values';

export const noPort: Rule = {
  code: 'SM0232',
  title: 'a port in a policy that is none',
  explanation: 'Ports are numbers up to 65535, in a PeerAuthentication from 1 on (CEL rule of its CRD), in an AuthorizationPolicy from 0 on (ValidatePorts in istio '
    + 'pkg/config/security/security.go). Names and ranges are not read.',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { ports: [http] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { ports: ["8080"] }
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      for (const { field, part } of operationsOf(policy)) {
        for (const list of ['ports', 'notPorts']) {
          for (const port of textsOf(part[list]).filter(value => !isPort(value, 0))) report(policy, `${field}.${list}`, port, 0);
        }
      }
    }
    for (const policy of peerAuthentications(context.model)) {
      for (const port of Object.keys(fieldsOf(specOf(policy).portLevelMtls)).filter(value => !isPort(value, 1))) report(policy, 'spec.portLevelMtls', port, 1);
    }

    function report(policy: ModelObject, field: string, port: string, least: number): void {
      context.report(policy, {
        field,
        value: port,
        reason: `Istio refuses it: a port here is a whole number from ${least} to 65535`,
        fix: 'write the number of a port of the pods',
      });
    }
  },
};

function isPort(text: string, least: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= 65535;
}
