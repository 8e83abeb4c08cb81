import { ALLOWED, Case, checkout, DENIED, DEPENDS, LEDGER, report, stranger } from './cases';
import { MeshMembership, RequestSource, RequestTarget } from '../../../lib';

const SCOPES = 'istio/istio pilot/pkg/model/push_context.go, doGetSidecarScope';
const IMPORTS = 'istio/istio pilot/pkg/model/sidecar.go, selectServices';
const CATCH_ALL = 'istio/istio pilot/pkg/networking/core/httproute.go, buildCatchAllVirtualHost';
const SIDECAR_API = 'istio/api networking/v1alpha3/sidecar.proto';
const ROUTE = 'istio/istio pilot/pkg/networking/core/route/route.go';
const VIRTUAL_API = 'istio/api networking/v1alpha3/virtual_service.proto';
const WAYPOINT = 'istio/istio pilot/pkg/networking/core/listener_waypoint.go';

function networking(kind: string, spec: string, namespace = 'shop', name = 'net'): string {
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n`;
}

const BLOCKS = 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }';
const scope = (hosts: string, more = BLOCKS, namespace = 'reports') => networking('Sidecar', `egress: [{ hosts: [${hosts}] }]${more === '' ? '' : `, ${more}`}`, namespace);
const strict = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: strict, namespace: shop }\nspec: { mtls: { mode: STRICT } }\n';
const fromReports = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: known, namespace: shop }\nspec: { rules: [{ from: [{ source: { namespaces: [reports] } }] }] }\n';
const meshConfig = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata: { mesh: "outboundTrafficPolicy: { mode: REGISTRY_ONLY }" }\n';
const labelled = RequestSource.pods({ namespace: 'reports', labels: { app: 'report' } });
const outside = RequestSource.pods({ namespace: 'reports', mesh: MeshMembership.OUTSIDE });
const gateway = RequestSource.pods({ namespace: 'istio-system', serviceAccount: 'istio-ingressgateway-service-account' });

/** What sidecars know of the mesh. */
export const EGRESS_SCOPES: readonly Case[] = [
  { what: 'a Sidecar that imports the namespace', source: IMPORTS, yaml: scope('"shop/*"'), ask: { from: report }, outcome: ALLOWED },
  { what: 'a Sidecar that does not, where what is unknown is blocked', source: CATCH_ALL, yaml: scope('"./*"'), ask: { from: report }, outcome: DENIED, by: 'net' },
  { what: 'a Sidecar that imports the host', source: IMPORTS, yaml: scope('"shop/ledger.shop.svc.cluster.local"'), ask: { from: report }, outcome: ALLOWED },
  { what: 'a Sidecar that imports another host of the namespace', source: IMPORTS, yaml: scope('"shop/bank.shop.svc.cluster.local"'), ask: { from: report }, outcome: DENIED },
  { what: 'a Sidecar that imports a domain from everywhere', source: IMPORTS, yaml: scope('"*/*.svc.cluster.local"'), ask: { from: report }, outcome: ALLOWED },
  { what: 'a Sidecar that imports nothing', source: `${SIDECAR_API}, ~/*`, yaml: scope('"~/*"'), ask: { from: report }, outcome: DENIED },
  { what: 'a dot is the caller\'s own namespace', source: `${SIDECAR_API}, IstioEgressListener.hosts`, yaml: scope('"./*"', BLOCKS, 'shop'), outcome: ALLOWED },
  { what: 'a Sidecar without egress imports everything', source: 'istio/istio pilot/pkg/model/sidecar.go, initSidecarScopeInternalIndexes', yaml: networking('Sidecar', BLOCKS, 'reports'), ask: { from: report }, outcome: ALLOWED },
  { what: 'a policy without a mode blocks', source: `${SIDECAR_API}, OutboundTrafficPolicy.Mode`, yaml: scope('"./*"', 'outboundTrafficPolicy: {}'), ask: { from: report }, outcome: DENIED },
  { what: 'what is unknown is passed on as it is', source: CATCH_ALL, yaml: scope('"./*"', 'outboundTrafficPolicy: { mode: ALLOW_ANY }'), ask: { from: report }, outcome: ALLOWED },
  {
    what: 'what is passed on as it is brings no identity',
    source: 'istio/istio pilot/pkg/networking/core/cluster_builder.go, buildDefaultPassthroughCluster',
    yaml: `${scope('"./*"', '')}---\n${fromReports}`,
    ask: { from: report },
    outcome: DENIED,
    by: 'known',
  },
  {
    what: 'what is passed on as it is is plain text, which STRICT refuses',
    source: 'istio/istio pilot/pkg/networking/core/cluster_builder.go, buildDefaultPassthroughCluster',
    yaml: `${scope('"./*"', '')}---\n${strict}`,
    ask: { from: report },
    outcome: DENIED,
    by: 'net',
  },
  { what: 'the mesh blocks where the Sidecar says nothing', source: 'istio/istio pilot/pkg/model/sidecar.go, initSidecarScopeInternalIndexes', yaml: `${scope('"./*"', '')}---\n${meshConfig}`, ask: { from: report }, outcome: DENIED },
  { what: 'the mesh blocks nothing that is known', source: CATCH_ALL, yaml: meshConfig, ask: { from: report }, outcome: ALLOWED },
  { what: 'the Sidecar of the root namespace holds where there is none', source: SCOPES, yaml: scope('"./*"', BLOCKS, 'istio-system'), ask: { from: report }, outcome: DENIED },
  { what: 'a dot in the root namespace is each caller\'s own', source: SCOPES, yaml: scope('"./*"', BLOCKS, 'istio-system'), outcome: ALLOWED },
  { what: 'the Sidecar of other pods', source: SCOPES, yaml: scope('"./*"', `${BLOCKS}, workloadSelector: { labels: { app: other } }`), ask: { from: labelled }, outcome: ALLOWED },
  {
    what: 'the Sidecar of the pods goes before that of the namespace',
    source: SCOPES,
    yaml: `${scope('"*/*"')}---\n${scope('"./*"', `${BLOCKS}, workloadSelector: { labels: { app: report } }`).replace('name: net', 'name: own')}`,
    ask: { from: labelled },
    outcome: DENIED,
    by: 'own',
  },
  { what: 'who has no sidecar follows no Sidecar', source: SCOPES, yaml: scope('"./*"'), ask: { from: outside }, outcome: ALLOWED },
  { what: 'gateways follow no Sidecar', source: `${SCOPES}, Router`, yaml: scope('"./*"', BLOCKS, 'istio-system'), ask: { from: gateway }, outcome: ALLOWED },
  {
    what: 'a host that an imported route leads to',
    source: 'istio/istio pilot/pkg/model/sidecar.go, collectImportedServices',
    yaml: `${scope('"./*"')}---\n${networking('VirtualService', 'hosts: [pay], http: [{ route: [{ destination: { host: ledger.shop.svc.cluster.local } }] }]', 'reports', 'pay')}`,
    ask: { from: report },
    outcome: ALLOWED,
  },
];

const HOST = 'ledger.shop.svc.cluster.local';
const OWN = `route: [{ destination: { host: ${HOST} } }]`;
const OTHER = 'route: [{ destination: { host: bank.shop.svc.cluster.local } }]';
const routes = (http: string, more = '') => networking('VirtualService', `hosts: [${HOST}], http: [${http}]${more}`);
const alias = 'apiVersion: v1\nkind: Service\nmetadata: { name: ledger-v1, namespace: shop }\nspec: { selector: { app: ledger }, ports: [{ name: http, port: 80, targetPort: 8080 }] }\n';
const gamma = (rule: string) => `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: net, namespace: shop }\nspec: { parentRefs: [{ group: "", kind: Service, name: ledger }], rules: [${rule}] }\n`;

/** Routes of the mesh. */
export const ROUTES: readonly Case[] = [
  { what: 'a route to the host itself', source: `${ROUTE}, TranslateRoute`, yaml: routes(`{ timeout: 2s, ${OWN} }`), outcome: ALLOWED },
  { what: 'a route to another host is not followed', source: `${VIRTUAL_API}, Destination`, yaml: routes(`{ ${OTHER} }`), outcome: DEPENDS, by: 'net' },
  { what: 'a route to another Service of the same pods', source: `${VIRTUAL_API}, Destination`, yaml: `${routes('{ route: [{ destination: { host: ledger-v1 } }] }')}---\n${alias}`, outcome: ALLOWED },
  { what: 'a part of the requests to another host', source: `${VIRTUAL_API}, HTTPRouteDestination.weight`, yaml: routes(`{ route: [{ destination: { host: ${HOST} }, weight: 90 }, { destination: { host: bank }, weight: 10 }] }`), outcome: DEPENDS },
  { what: 'no part of the requests to another host', source: `${VIRTUAL_API}, HTTPRouteDestination.weight`, yaml: routes(`{ route: [{ destination: { host: ${HOST} }, weight: 100 }, { destination: { host: bank }, weight: 0 }] }`), outcome: ALLOWED },
  { what: 'an answer of the sidecar itself', source: `${VIRTUAL_API}, HTTPDirectResponse`, yaml: routes('{ directResponse: { status: 503 } }'), outcome: DENIED, by: 'net' },
  { what: 'a redirect is not followed', source: `${VIRTUAL_API}, HTTPRedirect`, yaml: routes('{ redirect: { authority: x.example } }'), outcome: DEPENDS },
  { what: 'a delegate is not followed', source: `${VIRTUAL_API}, Delegate`, yaml: routes('{ delegate: { name: other } }'), outcome: DEPENDS },
  { what: 'a fault for all', source: `${VIRTUAL_API}, HTTPFaultInjection.Abort`, yaml: routes(`{ fault: { abort: { percentage: { value: 100 }, httpStatus: 500 } }, ${OWN} }`), outcome: DENIED },
  { what: 'a fault for some', source: `${VIRTUAL_API}, HTTPFaultInjection.Abort`, yaml: routes(`{ fault: { abort: { percentage: { value: 5 }, httpStatus: 500 } }, ${OWN} }`), outcome: DEPENDS },
  { what: 'a fault without a percentage is for none', source: `${VIRTUAL_API}, HTTPFaultInjection.Abort`, yaml: routes(`{ fault: { abort: { httpStatus: 500 } }, ${OWN} }`), outcome: ALLOWED },
  { what: 'a path that no route is for', source: `${ROUTE}, BuildHTTPRoutesForVirtualService`, yaml: routes(`{ match: [{ uri: { prefix: /v1 } }], ${OWN} }`), ask: { path: '/v2/x' }, outcome: DENIED },
  { what: 'a path that a route is for', source: `${ROUTE}, TranslateRouteMatch`, yaml: routes(`{ match: [{ uri: { prefix: /v1 } }], ${OWN} }`), ask: { path: '/v1/x?y=1' }, outcome: ALLOWED },
  { what: 'a path that nobody named', source: `${ROUTE}, TranslateRouteMatch`, yaml: routes(`{ match: [{ uri: { prefix: /v1 } }], ${OWN} }`), outcome: DEPENDS },
  { what: 'every path', source: `${ROUTE}, IsCatchAllRoute`, yaml: routes(`{ match: [{ uri: { prefix: / } }], ${OWN} }`), outcome: ALLOWED },
  { what: 'the first route that matches counts', source: `${ROUTE}, BuildHTTPRoutesForVirtualService`, yaml: routes(`{ match: [{ uri: { exact: /a } }], ${OWN} }, { directResponse: { status: 404 } }`), ask: { path: '/a' }, outcome: ALLOWED },
  { what: 'a later route counts for all others', source: `${ROUTE}, BuildHTTPRoutesForVirtualService`, yaml: routes(`{ match: [{ uri: { exact: /a } }], ${OWN} }, { directResponse: { status: 404 } }`), ask: { path: '/b' }, outcome: DENIED },
  { what: 'a path in other letters', source: `${VIRTUAL_API}, HTTPMatchRequest.ignore_uri_case`, yaml: routes(`{ match: [{ uri: { exact: /A }, ignoreUriCase: true }], ${OWN} }`), ask: { path: '/a' }, outcome: ALLOWED },
  { what: 'an expression is for the whole path', source: `${VIRTUAL_API}, StringMatch.regex`, yaml: routes(`{ match: [{ uri: { regex: "/v[0-9]" } }], ${OWN} }`), ask: { path: '/v1/x' }, outcome: DENIED },
  { what: 'a method', source: `${VIRTUAL_API}, HTTPMatchRequest.method`, yaml: routes(`{ match: [{ method: { exact: GET } }], ${OWN} }`), ask: { method: 'POST' }, outcome: DENIED },
  { what: 'a header that the request brings', source: `${VIRTUAL_API}, HTTPMatchRequest.headers`, yaml: routes(`{ match: [{ headers: { x-user: { exact: ada } } }], directResponse: { status: 403 } }, { ${OWN} }`), ask: { headers: { 'X-User': 'ada' } }, outcome: DENIED },
  { what: 'a header that the request does not bring', source: `${VIRTUAL_API}, HTTPMatchRequest.headers`, yaml: routes(`{ match: [{ headers: { x-user: { exact: ada } } }], directResponse: { status: 403 } }, { ${OWN} }`), outcome: ALLOWED },
  { what: 'a header that must not be there', source: `${VIRTUAL_API}, HTTPMatchRequest.without_headers`, yaml: routes(`{ match: [{ withoutHeaders: { x-user: {} } }], directResponse: { status: 403 } }, { ${OWN} }`), ask: { headers: { 'x-user': 'ada' } }, outcome: ALLOWED },
  { what: 'of several matches one is enough', source: `${VIRTUAL_API}, HTTPRoute.match`, yaml: routes(`{ match: [{ uri: { exact: /a } }, { uri: { exact: /b } }], ${OWN} }`), ask: { path: '/b' }, outcome: ALLOWED },
  { what: 'routes for callers of another namespace alone', source: `${ROUTE}, sourceMatchHTTP`, yaml: routes('{ match: [{ sourceNamespace: other }], directResponse: { status: 403 } }'), outcome: ALLOWED },
  { what: 'routes for callers of the namespace', source: `${ROUTE}, sourceMatchHTTP`, yaml: routes('{ match: [{ sourceNamespace: shop }], directResponse: { status: 403 } }'), outcome: DENIED },
  { what: 'routes for callers by their labels', source: `${ROUTE}, sourceMatchHTTP`, yaml: routes('{ match: [{ sourceLabels: { app: report } }], directResponse: { status: 403 } }'), ask: { from: labelled }, outcome: DENIED },
  { what: 'routes of a gateway alone', source: `${ROUTE}, sourceMatchHTTP`, yaml: routes('{ directResponse: { status: 403 } }', ', gateways: [public]'), outcome: ALLOWED },
  { what: 'routes of the mesh and a gateway', source: `${ROUTE}, sourceMatchHTTP`, yaml: routes('{ match: [{ gateways: [public] }], directResponse: { status: 403 } }', ', gateways: [public, mesh]'), outcome: ALLOWED },
  { what: 'a port that the question does not name', source: `${VIRTUAL_API}, HTTPMatchRequest.port`, yaml: routes(`{ match: [{ port: 9090 }], directResponse: { status: 403 } }, { ${OWN} }`), outcome: DEPENDS },
  { what: 'routes by a short host are for its own namespace', source: 'istio/istio pilot/pkg/model/config.go, ResolveShortnameToFQDN', yaml: networking('VirtualService', 'hosts: [ledger], http: [{ directResponse: { status: 503 } }]'), outcome: DENIED },
  { what: 'routes by a short host of another namespace', source: 'istio/istio pilot/pkg/model/config.go, ResolveShortnameToFQDN', yaml: networking('VirtualService', 'hosts: [ledger], http: [{ directResponse: { status: 503 } }]', 'reports'), outcome: ALLOWED },
  { what: 'routes by a domain', source: 'istio/istio pkg/config/host/name.go, Matches', yaml: networking('VirtualService', 'hosts: ["*.shop.svc.cluster.local"], http: [{ directResponse: { status: 503 } }]'), outcome: DENIED },
  { what: 'routes that other namespaces do not see', source: `${VIRTUAL_API}, export_to`, yaml: routes('{ directResponse: { status: 503 } }', ', exportTo: ["."]'), ask: { from: report }, outcome: ALLOWED },
  { what: 'of two sets of routes nobody knows which holds', source: 'istio.io/docs/reference/config/analysis/ist0109', yaml: `${routes('{ directResponse: { status: 503 } }')}---\n${routes(`{ ${OWN} }`).replace('name: net', 'name: more')}`, outcome: DEPENDS },
  { what: 'who has no sidecar follows no routes', source: 'istio.io/docs/concepts/traffic-management', yaml: routes('{ directResponse: { status: 503 } }'), ask: { from: stranger }, outcome: ALLOWED },
  { what: 'http routes are not for TCP', source: 'istio/istio pilot/pkg/networking/core/listener.go', yaml: routes('{ directResponse: { status: 503 } }'), ask: { tcp: true }, outcome: ALLOWED },
  { what: 'tcp routes to another host are not followed', source: `${VIRTUAL_API}, TCPRoute`, yaml: networking('VirtualService', `hosts: [${HOST}], tcp: [{ ${OTHER} }]`), ask: { tcp: true }, outcome: DEPENDS },
  { what: 'a route of the Gateway API to the Service itself', source: 'gateway-api.sigs.k8s.io/mesh', yaml: gamma('{ backendRefs: [{ name: ledger, port: 80 }] }'), outcome: ALLOWED },
  { what: 'a route of the Gateway API to another Service is not followed', source: 'gateway-api.sigs.k8s.io/mesh', yaml: gamma('{ backendRefs: [{ name: bank, port: 80 }] }'), outcome: DEPENDS, by: 'net' },
];

const AMBIENT = `apiVersion: v1
kind: Namespace
metadata: { name: vault, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: gate } }
---
${LEDGER.replaceAll('ledger', 'safe').replaceAll('shop', 'vault')}---
apiVersion: v1
kind: Service
metadata: { name: safe, namespace: vault }
spec: { selector: { app: safe }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
`;
const inAmbient = RequestSource.pods({ namespace: 'vault', serviceAccount: 'clerk' });
const safe = RequestTarget.pods({ namespace: 'vault', labels: { app: 'safe' } });
const safeRoutes = (namespace: string, match = '') => AMBIENT + networking('VirtualService', `hosts: [safe.vault.svc.cluster.local], http: [{ ${match}directResponse: { status: 503 } }]`, namespace);

/** Routes at a waypoint. */
export const WAYPOINT_ROUTES: readonly Case[] = [
  { what: 'a waypoint follows routes of the Service\'s namespace', source: `${WAYPOINT}, getVirtualServiceForWaypoint`, yaml: safeRoutes('vault'), ask: { from: inAmbient, to: safe }, outcome: DENIED, by: 'net' },
  { what: 'a waypoint does not read routes of other namespaces', source: `${WAYPOINT}, getVirtualServiceForWaypoint`, yaml: safeRoutes('other'), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'a waypoint leaves matches by labels of callers out', source: `${WAYPOINT}, waypointInboundRoute`, yaml: safeRoutes('vault', 'match: [{ sourceLabels: { app: clerk } }], '), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'ztunnel follows no routes', source: 'istio.io/docs/ambient/usage/l7-features', yaml: safeRoutes('vault').replace(', istio.io/use-waypoint: gate', ''), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'who is in ambient mode follows no Sidecar', source: 'istio.io/docs/ambient/architecture/data-plane', yaml: AMBIENT + scope('"./*"', BLOCKS, 'vault'), ask: { from: inAmbient }, outcome: ALLOWED },
  { what: 'who has a sidecar goes past the waypoint, and follows the routes itself', source: 'istio/istio pilot/pkg/xds/endpoints/endpoint_builder.go, findServiceWaypoint', yaml: safeRoutes('other'), ask: { from: checkout, to: safe }, outcome: DENIED },
];
