import { gatewaysOf, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { platformGatewaysFor } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, fieldsAt, fieldsOf, mapSelector, selects, workloadsOf } from '../../../workloads';

const CLAIM = /^@request\.auth\.claims[.[]/;

const WORLD = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - match:
        - headers: { "@request.auth.claims.group": { exact: premium } }
      route: [{ destination: { host: orders } }]
`;

export const claimRoute: Rule = {
  code: 'SM0811',
  title: 'routes by the claims of a token that nobody reads',
  explanation: 'A gateway knows the claims of a token once a RequestAuthentication for its pods has verified the token. Without one the match never holds '
    + '(istio pkg/config/analysis/analyzers/virtualservice/jwtclaimroute.go).',
  severity: Severity.WARNING,
  peers: ['IST0149'],
  example: {
    refused: WORLD,
    accepted: `${WORLD}---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: customers, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  jwtRules:
    - { issuer: https://login.example.com, jwksUri: https://login.example.com/jwks.json }
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      const claim = claimOf(virtual);
      if (claim === undefined) continue;
      for (const bound of gatewaysOf(virtual)) {
        const gateway = context.model.byName('networking.istio.io', 'Gateway', bound.namespace, bound.name);
        if (gateway === undefined || everyPodReadsTokens(context, gateway)) continue;
        context.report(virtual, {
          field: claim.field,
          value: claim.header,
          reason: `no RequestAuthentication selects the pods of gateway ${bound.written}, so it knows no claims and the match never holds`,
          fix: 'write a RequestAuthentication with the labels of the gateway\'s pods, in their namespace',
        });
      }
    }
  },
};

function claimOf(virtual: ModelObject): { readonly field: string; readonly header: string } | undefined {
  return entriesOf(fieldsOf(virtual.manifest.spec).http, 'spec.http')
    .flatMap(route => entriesOf(route.value.match, `${route.field}.match`))
    .flatMap(match => ['headers', 'withoutHeaders'].flatMap(part => Object.keys(fieldsOf(match.value[part]))
      .map(header => ({ field: `${match.field}.${part}`, header }))))
    .find(({ header }) => CLAIM.test(header.toLowerCase()));
}

function everyPodReadsTokens(context: RuleContext, gateway: ModelObject): boolean {
  const selector = mapSelector(fieldsOf(gateway.manifest.spec).selector);
  const profile = context.profile(gateway);
  const pods = [
    ...workloadsOf(context.model).selectedBy(selector),
    ...platformGatewaysFor(selector, profile).map(platform => ({ ...platform, mayBe: () => false })),
  ];
  const readers = context.model.ofKind('security.istio.io', 'RequestAuthentication');
  return pods.every(pod => readers.some(reader => [pod.namespace, profile.istioNamespace].includes(reader.namespace ?? 'default')
    && selects(mapSelector(fieldsAt(reader.manifest, 'spec', 'selector').matchLabels), pod.labels, pod.mayBe)));
}
