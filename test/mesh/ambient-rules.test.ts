import { checkFiles } from '../../lib/analysis/check-files';
import { Problem, Severity } from '../../lib/core/problem';
import { found } from '../analysis/found';

const namespace = (name: string, labels = 'istio.io/dataplane-mode: ambient') => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
---
`;

const WAYPOINT = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { namespaces: { from: All } } }]
---
`;

const LEDGER = `apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: shop }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
---
`;

const WITH_WAYPOINT = 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint';

const virtualService = (own: string, gateways = 'mesh') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ledger, namespace: ${own} }
spec:
  hosts: [ledger.shop.svc.cluster.local]
  gateways: [${gateways}]
  http: [{ timeout: 2s, route: [{ destination: { host: ledger.shop.svc.cluster.local } }] }]
---
`;

const destinationRule = (own: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ledger, namespace: ${own} }
spec:
  host: ledger.shop.svc.cluster.local
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }
---
`;

// istio pilot/pkg/networking/core/listener_waypoint.go, getVirtualServiceForWaypoint
describe('routes for a Service behind a waypoint', () => {
  const world = namespace('web') + namespace('shop', WITH_WAYPOINT) + WAYPOINT + LEDGER;

  test('are found where the waypoint does not look', () => {
    const [problem, ...others] = found(world + virtualService('web'), 'SM0280');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: Severity.WARNING, field: 'spec.hosts[0]', peers: ['KIA1114'] });
    expect(problem.reason).toContain('of the namespaces shop alone: nobody follows these, of namespace web');
  });

  test.each([
    ['beside the Service', world + virtualService('shop')],
    ['of a gateway', world + virtualService('web', 'public')],
    ['of a namespace with sidecars, which follow them', namespace('web', 'istio-injection: enabled') + world.slice(world.indexOf('---') + 4) + virtualService('web')],
    ['of the namespace that the waypoint is in', namespace('web') + namespace('shop', `${WITH_WAYPOINT}, istio.io/use-waypoint-namespace: web`)
      + WAYPOINT.replace('namespace: shop', 'namespace: web') + LEDGER + virtualService('web')],
    ['of a Service without a waypoint, which is another finding', world.replace(WITH_WAYPOINT, 'istio.io/dataplane-mode: ambient') + virtualService('web')],
  ])('pass: those %s', (_which, text) => {
    expect(found(text, 'SM0280')).toEqual([]);
  });

  test('are found of the Gateway API too', () => {
    const route = (own: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ledger, namespace: ${own} }
spec:
  parentRefs: [{ group: "", kind: Service, name: ledger, namespace: shop }]
  rules: [{ timeouts: { request: 2s }, backendRefs: [{ name: ledger, namespace: shop, port: 80 }] }]
`;
    expect(found(world + route('web'), 'SM0280').map(({ field }) => field)).toEqual(['spec.parentRefs[0].namespace']);
    expect(found(world + route('shop'), 'SM0280')).toEqual([]);
  });
});

// istio pilot/pkg/model/push_context.go, destinationRule: the namespace of the proxy, that of the Service, the root namespace
describe('a DestinationRule in ambient mode', () => {
  const open = namespace('web') + namespace('shop') + LEDGER;
  const behind = namespace('web') + namespace('shop', WITH_WAYPOINT) + WAYPOINT + LEDGER;

  test.each([
    ['for a Service without a waypoint', open + destinationRule('shop'), ['KIA0210', 'KIA0211']],
    ['for a Service that opts out of the waypoint of its namespace', behind.replace('name: ledger, namespace: shop', 'name: ledger, namespace: shop, labels: { istio.io/use-waypoint: none }')
      + destinationRule('shop'), ['KIA0210', 'KIA0211']],
    ['of a namespace that the waypoint does not look into', behind + destinationRule('web'), ['KIA0212']],
  ])('is found %s', (_where, text, peers) => {
    expect(found(text, 'SM0281').map(problem => problem.peers)).toEqual([peers]);
  });

  test.each([
    ['beside a Service with a waypoint', behind + destinationRule('shop')],
    ['of the root namespace', behind + destinationRule('istio-system')],
    ['that a gateway reads', open + destinationRule('shop') + virtualService('shop', 'public')],
    ['that gateways of the Gateway API read', open + destinationRule('shop') + `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ledger, namespace: shop }
spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: ledger, port: 80 }] }] }
`],
    ['that the waypoint of another host reads', open + destinationRule('shop') + virtualService('shop').replace('hosts: [ledger.', 'hosts: [books.')],
    ['that sidecars of another namespace read', open + namespace('old', 'istio-injection: enabled') + destinationRule('shop')],
    ['in a mesh of sidecars', open.replace(/, labels: \{[^}]*\}/g, '') + destinationRule('shop')],
    ['for a host of the world', open + destinationRule('shop').replace('ledger.shop.svc.cluster.local', 'api.bank.example')],
  ])('passes %s', (_which, text) => {
    expect(found(text, 'SM0281')).toEqual([]);
  });
});

// istio pilot/pkg/networking/core/cluster.go: waypoints get the patches of SIDECAR_INBOUND and SIDECAR_OUTBOUND
describe('a patch at a waypoint', () => {
  const filter = (targetRefs: string, context: string) => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: limit, namespace: shop }
spec:
  ${targetRefs}
  priority: 10
  configPatches:
    - applyTo: HTTP_FILTER
      match: { context: ${context} }
      patch: { operation: INSERT_FIRST, value: { name: x } }
`;
  const SERVICE = 'targetRefs: [{ group: "", kind: Service, name: ledger }]';
  const GATEWAY = 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]';

  test.each([
    ['for gateways', SERVICE, 'GATEWAY'],
    ['for a context that istiod does not know', SERVICE, 'WAYPOINT'],
    ['for gateways, at a Gateway of the class of waypoints', GATEWAY, 'GATEWAY'],
  ])('is found %s', (_what, targets, context) => {
    expect(found(WAYPOINT + filter(targets, context), 'SM0282').map(({ value }) => value)).toEqual([`"${context}"`]);
  });

  test.each([
    ['for what comes in', WAYPOINT, SERVICE, 'SIDECAR_INBOUND'],
    ['for everything', WAYPOINT, SERVICE, 'ANY'],
    ['at a gateway that is no waypoint', WAYPOINT.replace('istio-waypoint', 'istio'), GATEWAY, 'GATEWAY'],
    ['at a gateway that the app does not have', '', GATEWAY, 'GATEWAY'],
    ['without targets', WAYPOINT, 'workloadSelector: { labels: { istio: ingressgateway } }', 'GATEWAY'],
  ])('passes %s', (_what, world, targets, context) => {
    expect(found(world + filter(targets, context), 'SM0282')).toEqual([]);
  });
});

describe('pods that get a sidecar and stand in ambient mode', () => {
  const deployment = (labels: string, annotations = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger${labels} }, annotations: { ${annotations} } }
    spec: { containers: [{ name: app, image: "registry.example.com/ledger:1.0.0" }] }
`;
  const told = (problems: readonly Problem[]) => problems.map(({ severity, peers }) => [severity, ...peers ?? []]);

  test('are found where the sidecar comes from the namespace', () => {
    const text = namespace('shop', 'istio-injection: enabled') + deployment(', istio.io/dataplane-mode: ambient');
    expect(told(found(text, 'SM1327'))).toEqual([[Severity.WARNING, 'KIA1311', 'KIA1314', 'KIA1315', 'KIA1316']]);
  });

  test('are advice where ambient mode comes from the namespace', () => {
    expect(told(found(namespace('shop') + deployment(', sidecar.istio.io/inject: "true"'), 'SM1327'))).toEqual([[Severity.INFO, 'KIA1316']]);
  });

  test('are found by the annotation that is Istio\'s own', () => {
    const text = deployment(', sidecar.istio.io/inject: "true"', 'ambient.istio.io/redirection: enabled');
    expect(told(found(text, 'SM1327'))).toEqual([[Severity.WARNING, 'KIA1314']]);
  });

  test.each([
    ['without a sidecar', namespace('shop') + deployment(', sidecar.istio.io/inject: "false"')],
    ['that opt out of ambient mode', namespace('shop') + deployment(', sidecar.istio.io/inject: "true", istio.io/dataplane-mode: none')],
    ['of a gateway, whose template is no sidecar', namespace('shop') + deployment(', sidecar.istio.io/inject: "true"', 'inject.istio.io/templates: gateway')],
  ])('pass %s', (_which, text) => {
    expect(found(text, 'SM1327')).toEqual([]);
  });
});

test('the rules of ambient mode take garbage', () => {
  const kinds = ['EnvoyFilter', 'DestinationRule', 'VirtualService'];
  const text = kinds.flatMap(kind => ['spec: 3', 'spec: { hosts: 3, targetRefs: [1], configPatches: [1], host: 3, http: [1] }', 'spec: { hosts: [1], targetRefs: [{}], configPatches: [{}] }']
    .map((spec, index) => `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${kind.toLowerCase()}-${index}, namespace: shop }\n${spec}\n---\n`)).join('');
  expect(checkFiles([{ name: 'app.yaml', text: namespace('shop') + LEDGER + text }]).filter(({ code }) => code === 'SM0007')).toEqual([]);
});
