import { destinationsOf, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { qualified } from '../../../hosts';
import { Rule } from '../../../rule';
import { rulesByHostOf } from '../destination-rule/rules-by-host';
import { listing, paths } from '../listing';

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
        const profile = context.profile(virtual);
        const { rules, names } = rulesByHostOf(context.model).subsets(qualified(host, virtual.namespace ?? 'default', profile.clusterDomain), profile);
        if (names.has(subset)) continue;
        context.report(virtual, {
          field: `${field}.subset`,
          value: subset,
          ...rules.length > 0 ? {
            reason: `${paths(rules)} for ${host} ${rules.length > 1 ? 'declare' : 'declares'} ${names.size === 0 ? 'no subsets' : listing([...names], 6)}`,
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
