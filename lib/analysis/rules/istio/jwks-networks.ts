import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { containersOf, entriesOf, labelsOf, textOf, workloadsOf } from '../../workloads';
import { deployment } from '../hygiene/examples';

const VARIABLE = 'BLOCKED_CIDRS_IN_JWKS_URIS';

export const jwksNetworks: Rule = {
  code: 'SM0634',
  title: 'istiod that fetches keys from anywhere',
  explanation: 'Whoever may write a RequestAuthentication has istiod fetch its jwksUri, also from inside of the cluster, unless networks are blocked '
    + '(istio pkg/config/analysis/analyzers/authn).',
  severity: Severity.INFO,
  peers: ['IST0175'],
  example: {
    refused: `${istiod('')}---\n${request()}`,
    accepted: `${istiod(`env: [{ name: ${VARIABLE}, value: 10.0.0.0/8 }]`)}---\n${request()}`,
  },
  check(context) {
    const requests = context.model.ofKind('security.istio.io', 'RequestAuthentication').length;
    if (requests === 0) return;
    for (const workload of workloadsOf(context.model).all) {
      const { object } = workload;
      if (object.manifest.kind !== 'Deployment' || labelsOf(object.manifest.metadata.labels).app !== 'istiod') continue;
      const blocked = containersOf(workload).some(({ value }) => entriesOf(value.env, '').some(variable => variable.value.name === VARIABLE && textOf(variable.value.value) !== undefined));
      if (blocked) continue;
      context.report(object, {
        field: `${workload.path}spec.containers`,
        reason: `${VARIABLE} is not set, so a jwksUri may name any address that istiod reaches`,
        fix: 'set it to the networks of the cluster',
      });
    }
  },
};

function istiod(container: string): string {
  return deployment({ container }).replace('metadata: { name: checkout, namespace: shop }', 'metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }')
    .replaceAll('checkout', 'istiod');
}

function request(): string {
  return `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: customers, namespace: istio-system }
spec:
  jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys' }]
`;
}
