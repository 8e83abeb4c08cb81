import { destinationsOf, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { qualified } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { textOf } from '../../../workloads';
import { rulesByHostOf, subsetsOf } from '../destination-rule/rules-by-host';

export const subsetUndeclared: Rule = {
  code: 'SM0804',
  title: 'a route to a subset that no DestinationRule declares',
  explanation: 'A subset is a name that a DestinationRule for the same host gives to some of its pods. Requests to one that nobody declares are answered with 503. An error where '
    + 'the app writes a DestinationRule for the host; a warning where the rule may belong to another app (istio pkg/config/analysis/analyzers/virtualservice/destinationrules.go).',
  peers: ['IST0101', 'KIA1107'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.shop.svc.cluster.local
  subsets:
    - { name: v1, labels: { version: v1 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.shop.svc.cluster.local]
  http:
    - route:
        - { destination: { host: reviews.shop.svc.cluster.local, subset: v1 }, weight: 75 }
        - { destination: { host: reviews.shop.svc.cluster.local, subset: v2 }, weight: 25 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.shop.svc.cluster.local
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.shop.svc.cluster.local]
  http:
    - route:
        - { destination: { host: reviews.shop.svc.cluster.local, subset: v1 }, weight: 75 }
        - { destination: { host: reviews.shop.svc.cluster.local, subset: v2 }, weight: 25 }
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      for (const { field, host, subset } of destinationsOf(virtual)) {
        if (subset === undefined) continue;
        const { clusterDomain } = context.profile(virtual);
        const rules = rulesByHostOf(context.model).of(qualified(host, virtual.namespace ?? 'default', clusterDomain));
        const names = rules.flatMap(subsetNames);
        if (names.includes(subset)) continue;
        context.report(virtual, {
          field: `${field}.subset`,
          value: subset,
          ...rules.length > 0 ? {
            reason: `${rules.map(rule => rule.path).join(' and ')} for ${host} ${names.length === 0 ? 'declares no subsets' : `declares the subsets ${names.join(', ')}`}`,
            fix: `add the subset to the DestinationRule with the labels of its pods, such as { name: ${subset}, labels: { version: ${subset} } }`,
          } : {
            severity: Severity.WARNING,
            reason: `no DestinationRule of the app is for ${host}, so nobody says which pods are ${subset}`,
            fix: `write a DestinationRule for ${host} with the subset ${subset} and the labels of its pods`,
          },
        });
      }
    }
  },
};

function subsetNames(rule: ModelObject): string[] {
  return subsetsOf(rule).map(({ value }) => textOf(value.name)).filter(name => name !== undefined);
}
