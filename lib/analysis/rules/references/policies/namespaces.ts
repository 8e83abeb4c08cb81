import { isDeclaredCaller } from './declared-callers';
import { inConditions, inSources, matchesPattern } from './sources';
import { Severity } from '../../../../core/problem';
import { foreignNamespaces, namespaceExists } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { fieldsOf, textsOf } from '../../../workloads';
import { suggestion } from '../suggestion';


/** Kinds whose exportTo names namespaces. */
const EXPORTED = ['VirtualService', 'DestinationRule', 'ServiceEntry'];

const WORLD = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: checkout, labels: { istio-injection: enabled } }
---
`;

export const sourceNamespace: Rule = {
  code: 'SM0836',
  title: 'callers of a namespace that nobody declares',
  explanation: 'A source names the namespaces of callers. One that does not exist matches nobody. Advice, since the namespace may belong to another app '
    + '(istio pkg/config/analysis/analyzers/authz/authorizationpolicies.go).',
  severity: Severity.INFO,
  peers: ['IST0101', 'KIA0101'],
  example: {
    refused: `${WORLD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ from: [{ source: { namespaces: [chekout] } }] }]
`,
    accepted: `${WORLD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ from: [{ source: { namespaces: [checkout] } }] }]
`,
  },
  check(context) {
    for (const policy of context.model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      for (const { field, value } of [...inSources(policy, 'namespaces', 'notNamespaces'), ...inConditions(policy, 'source.namespace')]) {
        reportUnknown(context, policy, field, value);
      }
    }
  },
};

export const exportedNamespace: Rule = {
  code: 'SM0837',
  title: 'exported to a namespace that nobody declares',
  explanation: 'exportTo names the namespaces whose sidecars see an object: a dot for its own, an asterisk for all. One that does not exist makes it visible to nobody more. Advice, '
    + 'since the namespace may belong to another app (kiali business/checkers/common/export_to_namespace_checker.go).',
  severity: Severity.INFO,
  peers: ['KIA0005'],
  example: {
    refused: `${WORLD}apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec:
  hosts: [api.bank.example]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  exportTo: [., chekout]
`,
    accepted: `${WORLD}apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec:
  hosts: [api.bank.example]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  exportTo: [., checkout]
`,
  },
  check(context) {
    for (const kind of EXPORTED) {
      for (const object of context.model.ofKind('networking.istio.io', kind)) {
        textsOf(fieldsOf(object.manifest.spec).exportTo).forEach((namespace, index) => {
          if (!['.', '*', '~'].includes(namespace)) reportUnknown(context, object, `spec.exportTo[${index}]`, namespace);
        });
      }
    }
  },
};

function reportUnknown(context: RuleContext, object: ModelObject, field: string, namespace: string): void {
  const { model } = context;
  if (namespace === '*' || namespaceExists(namespace, model, context.profile(object)) || isDeclaredCaller(model, namespace)) return;
  const known = context.model.derived(namesOfNamespaces);
  const everywhere = [...known, ...foreignNamespaces(context.profile(object))];
  if (namespace.includes('*') && everywhere.some(name => matchesPattern(name, namespace))) return;
  const meant = suggestion(namespace, known);
  context.report(object, {
    field,
    value: namespace,
    reason: `nothing of the app is in a namespace ${namespace.includes('*') ? 'that this matches' : 'of this name'}, and the profile does not list one`,
    fix: meant === undefined ? 'check the name; list a namespace of others in ClusterProfile.namespaces' : `write ${meant}, if that is meant`,
  });
}

function namesOfNamespaces(model: RuleContext['model']): string[] {
  return [...new Set(model.objects.flatMap(object => object.group === '' && object.manifest.kind === 'Namespace' ? [object.name ?? ''] : [object.namespace ?? '']))]
    .filter(name => name !== '');
}
