import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, rulesOf, selectorOf } from './policies';
import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { Fields, fieldsOf, isDeclaredTcp, mapSelector, mapsOf, membershipOf, portsOf, ServicePort, servicesOf, stringOf, textsOf, Workload, workloadsOf } from '../../workloads';

const OF_SOURCES = ['requestPrincipals', 'notRequestPrincipals'];
const OF_OPERATIONS = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];

const app = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "registry.example.com/db@sha256:0000000000000000000000000000000000000000000000000000000000000000", ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: ${name}, port: 5432 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/ledger] } }]
      to: [{ operation: { methods: [GET] } }]
`;

export const httpOnTcp: Rule = {
  code: 'SM0266',
  title: 'an ALLOW rule that asks for HTTP at ports that carry none',
  explanation: 'Of an ALLOW policy, rules that ask for methods, paths, hosts, headers or tokens are left out at ports that a Service declares as TCP, so whom they should admit is denied '
    + '(istio pilot/pkg/security/authz/model/model.go, checkError).',
  severity: Severity.WARNING,
  example: { refused: app('tcp-sql'), accepted: app('http') },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      if (actionOf(policy) !== 'ALLOW' || hasTargetRefs(policy) || isNamespaceWide(policy)) continue;
      const asking = rulesOf(policy).map((rule, index) => ({ rule, index, asked: asksForHttp(rule) })).filter(({ asked }) => asked !== undefined);
      const pods = asking.length > 0 ? podsOf(context, policy) : [];
      for (const { index, asked } of asking.filter(({ rule }) => pods.length > 0 && pods.every(workload => meetsTcpAlone(context, workload, rule)))) {
        context.report(policy, {
          field: `spec.rules[${index}]`,
          value: asked,
          reason: 'every port that this rule is for is declared as TCP, where proxies read no HTTP: the rule is left out, and whom it should admit is denied',
          fix: 'decide by callers and ports alone, or declare the port as HTTP if it is (a name such as http-api, or appProtocol: http)',
        });
      }
    }
  },
};

function podsOf({ model }: RuleContext, policy: ModelObject): readonly Workload[] {
  const pods = workloadsOf(model).selectedBy(mapSelector(selectorOf(policy)), policy.namespace);
  // what ztunnel leaves out is said by a rule of its own
  return pods.some(workload => membershipOf(model, workload) === MeshMembership.AMBIENT) ? [] : pods;
}

/** What a rule first asks of HTTP; what is known of a connection anyway is no matter. */
function asksForHttp(rule: Fields): string | undefined {
  const first = (part: Fields, names: readonly string[]) => names.find(name => textsOf(part[name]).length > 0);
  return mapsOf(rule.from).map(from => first(fieldsOf(from.source), OF_SOURCES)).find(Boolean)
    ?? mapsOf(rule.to).map(to => first(fieldsOf(to.operation), OF_OPERATIONS)).find(Boolean)
    ?? mapsOf(rule.when).map(condition => stringOf(condition.key)).find(key => key?.startsWith('request.'));
}

function meetsTcpAlone({ model }: RuleContext, workload: Workload, rule: Fields): boolean {
  const declared = servicesOf(model).ofWorkload(workload).flatMap(service => service.ports).map(port => ({ ...port, pod: podPort(port, workload) }));
  const operations = mapsOf(rule.to).map(to => textsOf(fieldsOf(to.operation).ports));
  const named = operations.length > 0 && operations.every(ports => ports.length > 0) ? [...new Set(operations.flat())] : undefined;
  const asked = named ?? [...new Set(declared.map(({ pod }) => String(pod)))];
  return asked.length > 0 && asked.every(number => isDeclaredTcp(declared.filter(({ pod }) => String(pod) === number)));
}

function podPort({ target }: ServicePort, workload: Workload): number | undefined {
  return typeof target === 'number' ? target : portsOf(workload).find(({ name }) => name === target)?.number;
}
