import { Preflight, preflightsAt } from './preflights-asked';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Arrival } from '../../reachability/arrival';
import { policiesAtPods } from '../../reachability/attachment';
import { authorize, Enforcer } from '../../reachability/authorization';
import { Party } from '../../reachability/party';
import { OPEN } from '../../reachability/truth';
import { Outcome } from '../../reachability/verdict';
import { Rule, RuleContext } from '../../rule';

const world = (rules: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - corsPolicy: { allowOrigins: [{ exact: "https://www.example.com" }], allowHeaders: [authorization] }
      route: [{ destination: { host: orders } }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  jwtRules: [{ issuer: "https://login.example.com", jwksUri: "https://login.example.com/jwks.json" }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: token-required, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  action: DENY
  rules: ${rules}
`;

const NO_TOKEN = 'from: [{ source: { notRequestPrincipals: ["*"] } }]';

export const preflightsDenied: Rule = {
  code: 'SM0268',
  title: 'a policy at a gateway that denies preflights',
  explanation: 'Browsers ask by OPTIONS, without a token, whether a page of another origin may send a request. A gateway asks its policies first and answers by the CORS policy of '
    + 'a route afterwards (istio pilot/pkg/networking/core/listener_builder.go, buildHTTPConnectionManager), so a policy that asks every request for a token has browsers give up.',
  severity: Severity.WARNING,
  intents: ['SM0260'],
  example: {
    refused: world(`[{ ${NO_TOKEN} }]`),
    accepted: world(`[{ ${NO_TOKEN}, to: [{ operation: { notMethods: [OPTIONS] } }] }]`),
  },
  check(context) {
    const said = new Set<ModelObject>();
    for (const { route, asked, pods } of preflightsAt(context)) {
      const { origin, method, host, path } = asked;
      for (const policy of pods.flatMap(party => denying(context, route, party, asked))) {
        if (said.has(policy)) continue;
        said.add(policy);
        context.report(policy, {
          field: 'spec.rules',
          reason: `the preflight of ${origin} for ${method} ${host}${path} is denied, before the CORS policy of ${route.path} (${asked.field}) can answer it`,
          fix: 'leave requests out that have the method OPTIONS and the headers Origin and Access-Control-Request-Method; with the constructs, JwtAuthentication does',
        });
      }
    }
  },
};

/** The policy that denies a preflight and not the request after it. */
function denying(context: RuleContext, route: ModelObject, pods: Party, { host, path, origin, method }: Preflight): ModelObject[] {
  const { istioNamespace, trustDomain } = context.profile(route);
  const policies = policiesAtPods(context.model, 'AuthorizationPolicy', pods, istioNamespace);
  if (policies.length === 0) return [];
  const arrival = { http: true, host, path, sourceIp: OPEN, remoteIp: OPEN, sni: OPEN } as const;
  const ask = (rest: Pick<Arrival, 'method' | 'headers' | 'unsaid'>) => authorize(policies, Enforcer.ENVOY, trustDomain, { ...arrival, ...rest, asked: new Set() });
  const preflight = ask({ method: 'OPTIONS', headers: { 'origin': origin, 'access-control-request-method': method } });
  if (preflight.outcome !== Outcome.DENIED || preflight.by === undefined) return [];
  // what is denied anyway is no matter of preflights
  return ask({ method, headers: { origin }, unsaid: true }).outcome === Outcome.DENIED ? [] : [preflight.by];
}
