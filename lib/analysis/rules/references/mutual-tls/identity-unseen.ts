import { anyServiceOf, clientTls } from './client-side';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, fieldsAt, fieldsOf, mapSelector, selectsAll, servicesOf, textOf, textsOf, workloadsOf } from '../../../workloads';

/** Modes in which a sidecar does not show the certificate of the mesh. */
const WITHOUT_IDENTITY = ['DISABLE', 'SIMPLE'];
const LISTS = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts'];
const KEYS = ['source.principal', 'source.namespace', 'source.serviceAccount', 'connection.sni'];

export const identityUnseen: Rule = {
  code: 'SM0826',
  title: 'callers named where a DestinationRule has them show no certificate',
  explanation: 'Principals, namespaces and service accounts are read from the certificate of the caller, which a DestinationRule with tls.mode DISABLE or SIMPLE keeps it from showing. '
    + 'A rule that names callers then matches none (istio security/v1beta1/authorization_policy.proto: "requires mTLS enabled").',
  severity: Severity.WARNING,
  general: true,
  peers: ['KIA0105'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: plain, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/checkout] } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: mutual, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/checkout] } }]
`,
  },
  check(context) {
    for (const policy of context.model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      const named = callersIn(policy);
      if (named === undefined) continue;
      const plain = hostsOfPolicy(context, policy).map(host => clientTls(context.model, host)).find(sent => sent !== undefined && WITHOUT_IDENTITY.includes(sent.mode));
      if (plain === undefined) continue;
      context.report(policy, {
        ...named,
        reason: `${plain.rule.path} has callers connect with tls.mode ${plain.mode}, so they show no identity and the rule never matches`,
        fix: 'remove tls from the DestinationRule: sidecars then use mutual TLS by themselves',
      });
    }
  },
};

function callersIn(policy: ModelObject): { readonly field: string; readonly value: string } | undefined {
  for (const rule of entriesOf(fieldsOf(policy.manifest.spec).rules, 'spec.rules')) {
    for (const from of entriesOf(rule.value.from, `${rule.field}.from`)) {
      const source = fieldsOf(from.value.source);
      const list = LISTS.find(name => textsOf(source[name]).length > 0);
      if (list !== undefined) return { field: `${from.field}.source.${list}`, value: textsOf(source[list]).join(', ') };
    }
    const condition = entriesOf(rule.value.when, `${rule.field}.when`).find(({ value }) => KEYS.includes(textOf(value.key) ?? ''));
    if (condition !== undefined) return { field: `${condition.field}.key`, value: textOf(condition.value.key)! };
  }
  return undefined;
}

/** Hosts under which clients reach the pods of a policy: those of their Services, or where none is known any of the namespace. */
function hostsOfPolicy(context: RuleContext, policy: ModelObject): string[] {
  const namespace = policy.namespace ?? 'default';
  const profile = context.profile(policy);
  const selector = mapSelector(fieldsAt(policy.manifest, 'spec', 'selector').matchLabels);
  const services = selectsAll(selector) ? [] : workloadsOf(context.model).selectedBy(selector, namespace)
    .flatMap(workload => [...servicesOf(context.model).ofWorkload(workload)]);
  return services.length === 0 ? [anyServiceOf(namespace, profile)] : services.map(({ name }) => profile.serviceHost(name, namespace).toLowerCase());
}
