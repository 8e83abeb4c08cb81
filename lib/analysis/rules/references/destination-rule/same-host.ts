import { isForSomeClients, rulesByHostOf, subsetsOf } from './rules-by-host';
import { Severity } from '../../../../core/problem';
import { exportedTo } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { addTo, fieldsAt, fieldsOf, textOf, textsOf } from '../../../workloads';

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
      // rules for some clients stand beside the one for all
      const forAll = rules.filter(rule => !isForSomeClients(rule));
      if (forAll.length < 2) continue;
      const sayings = new Sayings(forAll);
      for (const rule of forAll) {
        const clash = sayings.ofOthers(rule);
        if (clash === undefined) continue;
        context.report(rule, {
          field: 'spec.host',
          value: textOf(fieldsOf(rule.manifest.spec).host),
          reason: `${clash.other.path} for the same host has ${clash.what} too, and only the first of them counts`,
          fix: 'write one DestinationRule for the host',
        });
      }
    }
  },
};

const EVERYONE = '*';

/** What the rules for one host say, by the namespaces that see it. */
class Sayings {
  private readonly bySaying = new Map<string, Map<string, ModelObject[]>>();

  constructor(rules: readonly ModelObject[]) {
    for (const rule of rules) {
      for (const saying of sayingsOf(rule)) {
        const scopes = this.bySaying.get(saying) ?? new Map<string, ModelObject[]>();
        this.bySaying.set(saying, scopes);
        for (const scope of [...scopesOf(rule), ANYONE]) addTo(scopes, scope, rule);
      }
    }
  }

  /** Another rule that says one of the same things to somebody who sees both. */
  public ofOthers(rule: ModelObject): { readonly what: string; readonly other: ModelObject } | undefined {
    const scopes = scopesOf(rule);
    const readers = scopes.includes(EVERYONE) ? [ANYONE] : [EVERYONE, ...scopes];
    for (const saying of sayingsOf(rule)) {
      for (const reader of readers) {
        const other = this.bySaying.get(saying)!.get(reader)?.find(candidate => candidate !== rule);
        if (other !== undefined) return { what: saying, other };
      }
    }
    return undefined;
  }
}

// no namespace has this name
const ANYONE = ' ';

function sayingsOf(rule: ModelObject): string[] {
  const policy = Object.keys(fieldsAt(rule.manifest, 'spec', 'trafficPolicy')).length > 0 ? ['a traffic policy'] : [];
  return [...policy, ...subsetsOf(rule).map(({ value }) => textOf(value.name)).filter(name => name !== undefined).map(name => `the subset ${name}`)];
}

function scopesOf(rule: ModelObject): string[] {
  return exportedTo(textsOf(fieldsOf(rule.manifest.spec).exportTo), rule.namespace ?? 'default');
}
