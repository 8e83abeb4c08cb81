import { isForSomeClients, rulesByHostOf, subsetsOf } from './rules-by-host';
import { Severity } from '../../../../core/problem';
import { exportedTo } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { fieldsAt, fieldsOf, textOf, textsOf } from '../../../workloads';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

export const sameHost: Rule = {
  code: 'SM0820',
  title: 'two DestinationRules that say different things of one host',
  explanation: 'Of several DestinationRules for one host Istio merges the subsets only: of two that bear one name the first counts, and so does the first rule with a '
    + 'traffic policy; the other is dropped (istio pilot/pkg/model/destination_rule.go).',
  severity: Severity.WARNING,
  peers: ['KIA0201'],
  example: {
    refused: `${SERVICE}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders-pool, namespace: shop }
spec:
  host: orders
  trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 100 } } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders-breaker, namespace: shop }
spec:
  host: orders.shop.svc.cluster.local
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }
`,
    accepted: `${SERVICE}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders
  trafficPolicy:
    connectionPool: { http: { http1MaxPendingRequests: 100 } }
    outlierDetection: { consecutive5xxErrors: 5 }
`,
  },
  check(context) {
    for (const rules of rulesByHostOf(context.model).sameHost().values()) {
      if (rules.length < 2) continue;
      for (const rule of rules) {
        const rivals = rules.filter(other => other !== rule && seenTogether(rule, other) && clash(rule, other) !== undefined);
        if (rivals.length === 0) continue;
        context.report(rule, {
          field: 'spec.host',
          value: textOf(fieldsOf(rule.manifest.spec).host),
          reason: `${rivals.map(rival => rival.path).join(' and ')} for the same host ${rivals.length > 1 ? 'have' : 'has'} ${clash(rule, rivals[0])} too, and only the first of them counts`,
          fix: 'write one DestinationRule for the host',
        });
      }
    }
  },
};

/** What two rules for one host both say, so that one of them loses. */
function clash(a: ModelObject, b: ModelObject): string | undefined {
  if ([a, b].every(rule => Object.keys(fieldsAt(rule.manifest, 'spec', 'trafficPolicy')).length > 0)) return 'a traffic policy';
  const names = new Set(subsetsOf(a).map(({ value }) => textOf(value.name)));
  const shared = subsetsOf(b).map(({ value }) => textOf(value.name)).find(name => name !== undefined && names.has(name));
  return shared === undefined ? undefined : `the subset ${shared}`;
}

function seenTogether(a: ModelObject, b: ModelObject): boolean {
  // rules for some clients stand beside the one for all
  if (isForSomeClients(a) || isForSomeClients(b)) return false;
  const [ofA, ofB] = [a, b].map(rule => exportedTo(textsOf(fieldsOf(rule.manifest.spec).exportTo), rule.namespace ?? 'default'));
  return ofA.includes('*') || ofB.includes('*') || ofA.some(namespace => ofB.includes(namespace));
}
