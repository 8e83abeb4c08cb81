import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { platformGatewaysFor } from '../../hosts';
import { ModelObject } from '../../model';
import { Arrival } from '../../reachability/arrival';
import { policiesAtPods } from '../../reachability/attachment';
import { authorize, Enforcer } from '../../reachability/authorization';
import { Party } from '../../reachability/party';
import { OPEN } from '../../reachability/truth';
import { Outcome } from '../../reachability/verdict';
import { Rule, RuleContext } from '../../rule';
import { entriesOf, Fields, fieldsOf, mapSelector, mapsOf, textMapOf, textOf, textsOf, workloadsOf } from '../../workloads';
import { gatewaysOf, hostsOfRoute, virtualServices } from '../references/virtual-service/routes';

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

/** A request of a browser, and the route whose CORS policy would answer its preflight. */
interface Asked {
  readonly route: string;
  readonly host: string;
  readonly path: string;
  readonly origin: string;
  readonly method: string;
}

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
    for (const virtual of virtualServices(context.model)) {
      const asked = preflightsOf(virtual);
      if (asked.length === 0) continue;
      for (const pods of gatewayPods(context, virtual)) {
        for (const request of asked) {
          const policy = denying(context, virtual, pods, request);
          if (policy === undefined || said.has(policy)) continue;
          said.add(policy);
          context.report(policy, {
            field: 'spec.rules',
            reason: `the preflight of ${request.origin} for ${request.method} ${request.host}${request.path} is denied, before the CORS policy of ${virtual.path} (${request.route}) can answer it`,
            fix: 'leave requests out that have the method OPTIONS and the headers Origin and Access-Control-Request-Method; with the constructs, JwtAuthentication does',
          });
        }
      }
    }
  },
};

/** The policy that denies a preflight and not the request after it. */
function denying(context: RuleContext, virtual: ModelObject, pods: Party, request: Asked): ModelObject | undefined {
  const { istioNamespace, trustDomain } = context.profile(virtual);
  const policies = policiesAtPods(context.model, 'AuthorizationPolicy', pods, istioNamespace);
  if (policies.length === 0) return undefined;
  const { host, path, origin, method } = request;
  const arrival = { http: true, host, path, sourceIp: OPEN, remoteIp: OPEN, sni: OPEN } as const;
  const ask = (rest: Pick<Arrival, 'method' | 'headers' | 'unsaid'>) => authorize(policies, Enforcer.ENVOY, trustDomain, { ...arrival, ...rest, asked: new Set() });
  const preflight = ask({ method: 'OPTIONS', headers: { 'origin': origin, 'access-control-request-method': method } });
  if (preflight.outcome !== Outcome.DENIED) return undefined;
  // what is denied anyway is no matter of preflights
  return ask({ method, headers: { origin }, unsaid: true }).outcome === Outcome.DENIED ? undefined : preflight.by;
}

/** A preflight for each route with a CORS policy, as far as texts tell what it takes. */
function preflightsOf(virtual: ModelObject): Asked[] {
  const [host] = hostsOfRoute(virtual);
  if (host === undefined) return [];
  return entriesOf(fieldsOf(virtual.manifest.spec).http, 'spec.http').flatMap(({ field, value }) => {
    const { allowOrigins, allowMethods } = fieldsOf(value.corsPolicy);
    const origin = mapsOf(allowOrigins).map(originOf).find(text => text !== undefined);
    const path = pathOf(mapsOf(value.match)[0] ?? {});
    return origin === undefined || path === undefined ? [] : [{
      route: field, host: host.replace('*', 'www'), path, origin, method: textsOf(allowMethods).find(method => method !== '*' && method !== 'OPTIONS') ?? 'GET',
    }];
  });
}

function originOf({ exact, prefix }: Fields): string | undefined {
  const text = textOf(exact);
  if (text !== undefined) return text === '*' ? 'https://www.example.com' : text;
  return textOf(prefix) === undefined ? undefined : `${textOf(prefix)}www.example.com`;
}

function pathOf({ uri, method }: Fields): string | undefined {
  const asked = fieldsOf(method);
  if (Object.keys(asked).length > 0 && asked.exact !== 'OPTIONS') return undefined;
  const { exact, prefix, regex } = fieldsOf(uri);
  return regex === undefined ? textOf(exact) ?? textOf(prefix) ?? '/' : undefined;
}

function gatewayPods(context: RuleContext, virtual: ModelObject): Party[] {
  return gatewaysOf(virtual).flatMap(bound => {
    const gateway = context.model.byName('networking.istio.io', 'Gateway', bound.namespace, bound.name);
    if (gateway === undefined) return [];
    const selector = fieldsOf(gateway.manifest.spec).selector;
    const own = workloadsOf(context.model).selectedBy(mapSelector(selector));
    const pods = own.length > 0 ? own.map(workload => ({ namespace: workload.namespace, labels: workload.labels, workload }))
      : platformGatewaysFor(mapSelector(selector), context.profile(gateway)).map(({ namespace, labels }) => ({ namespace, labels: { ...labels, ...textMapOf(selector) } }));
    return pods.map(party => ({ name: bound.written, membership: MeshMembership.SIDECAR, ...party }));
  });
}
