import { destinationRules, hostOfRule } from './rules-by-host';
import { Severity } from '../../../../core/problem';
import { hostsOf, isWildcard, Whereabouts } from '../../../hosts';
import { Rule } from '../../../rule';
import { fieldsOf, textOf, textsOf } from '../../../workloads';
import { hostAdvice } from '../host-advice';

export const ruleHost: Rule = {
  code: 'SM0818',
  title: 'a DestinationRule for a host that nobody declares',
  explanation: 'A DestinationRule for a host that is not in the mesh\'s registry takes effect nowhere. Advice where the host may belong to another app '
    + '(istio pkg/config/analysis/analyzers/destinationrule/subset.go).',
  severity: Severity.WARNING,
  peers: ['IST0174', 'KIA0202'],
  example: {
    refused: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.shop
  trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 100 } } }
`,
    accepted: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.shop.svc.cluster.local
  trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 100 } } }
`,
  },
  check(context) {
    for (const rule of destinationRules(context.model)) {
      const host = hostOfRule(rule);
      if (host === undefined || isWildcard(host)) continue;
      const written = textOf(fieldsOf(rule.manifest.spec).host)!;
      const lookup = hostsOf(context.model).find(written, rule, context.profile(rule), textsOf(fieldsOf(rule.manifest.spec).exportTo));
      const advice = hostAdvice(lookup, rule, written);
      if (advice === undefined) continue;
      const severity = lookup.whereabouts === Whereabouts.MISSING ? Severity.WARNING : Severity.INFO;
      context.report(rule, { field: 'spec.host', value: written, ...advice, severity });
    }
  },
};
