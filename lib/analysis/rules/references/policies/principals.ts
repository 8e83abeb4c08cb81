import { isDeclaredCaller } from './declared-callers';
import { inConditions, inSources } from './sources';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { ManifestModel } from '../../../model';
import { Rule } from '../../../rule';
import { serviceAccountOf, workloadsOf } from '../../../workloads';
import { suggestion } from '../suggestion';


const WORKLOAD = `apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      serviceAccountName: checkout
      containers: [{ name: checkout, image: example.com/checkout:1.2.0 }]
---
`;

export const callerAccount: Rule = {
  code: 'SM0838',
  title: 'a caller whose service account nobody declares',
  explanation: 'A principal is <trust domain>/ns/<namespace>/sa/<service account>, without spiffe://. One whose account does not exist matches nobody. Advice, since the account '
    + 'may belong to another app; a warning where it is spelt almost like one of the app (istio security/v1beta1/authorization_policy.proto; kiali business/checkers/authorization/principals_checker.go).',
  severity: Severity.WARNING,
  peers: ['KIA0106'],
  example: {
    refused: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/chekout] } }] }]
`,
    accepted: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/checkout] } }] }]
`,
  },
  check(context) {
    const { model } = context;
    for (const policy of model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      const profile = context.profile(policy);
      const callers = [
        ...[...inSources(policy, 'principals', 'notPrincipals'), ...inConditions(policy, 'source.principal')].map(named => ({ ...named, account: fromPrincipal(named.value, profile) })),
        ...inSources(policy, 'serviceAccounts', 'notServiceAccounts').map(named => ({ ...named, account: fromAccount(named.value, policy.namespace ?? 'default') })),
      ];
      for (const { field, value, account } of callers) {
        if (value.startsWith('spiffe://')) {
          context.report(policy, {
            field,
            value,
            reason: 'Istio compares principals without spiffe://, so this one matches nobody',
            fix: `write ${value.slice('spiffe://'.length)}`,
          });
        }
        if (account === undefined || accountExists(model, account, profile)) continue;
        const known = accountsIn(model, account.namespace);
        const meant = suggestion(account.name, known);
        context.report(policy, {
          field,
          value,
          severity: meant === undefined ? Severity.INFO : Severity.WARNING,
          reason: `the app writes no ServiceAccount ${account.name} into namespace ${account.namespace}, and no pods of it run under one`,
          fix: meant === undefined ? 'check the account and the namespace' : `write ${meant}, if that is meant`,
        });
      }
    }
  },
};

interface Account {
  readonly namespace: string;
  readonly name: string;
}

// of another trust domain, nobody here knows the accounts
function fromPrincipal(principal: string, profile: ClusterProfile): Account | undefined {
  const match = /^([^*/]+)\/ns\/([^*/]+)\/sa\/([^*/]+)$/.exec(principal);
  return match && [profile.trustDomain, 'cluster.local'].includes(match[1]) ? { namespace: match[2], name: match[3] } : undefined;
}

function fromAccount(written: string, own: string): Account | undefined {
  if (written.includes('*') || written === '') return undefined;
  const [name, namespace] = written.split('/').reverse();
  return { namespace: namespace ?? own, name };
}

function accountExists(model: ManifestModel, { namespace, name }: Account, profile: ClusterProfile): boolean {
  return name === 'default' || isForeign(namespace, profile) || accountsIn(model, namespace).has(name) || isDeclaredCaller(model, namespace, name);
}

function accountsIn(model: ManifestModel, namespace: string): ReadonlySet<string> {
  return model.derived(accounts).get(namespace) ?? new Set();
}

function accounts(model: ManifestModel): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (namespace: string, name: string) => found.set(namespace, (found.get(namespace) ?? new Set()).add(name));
  for (const account of model.ofKind('', 'ServiceAccount')) add(account.namespace ?? 'default', account.name ?? '');
  for (const workload of workloadsOf(model).all) {
    add(workload.namespace, serviceAccountOf(workload));
    // Istio names the account of a Gateway like its Deployment
    const managed = workload.labels['gateway.networking.k8s.io/gateway-class-name'];
    if (managed !== undefined) add(workload.namespace, managed === 'istio-waypoint' ? workload.name : `${workload.name}-${managed}`);
  }
  return found;
}
