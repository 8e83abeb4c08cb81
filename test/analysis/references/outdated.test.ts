import { deployment, knative, problemsOf, says, service, virtualService, yaml } from './findings';
import { ClusterProfile, IstioVersion } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';

function object(apiVersion: string, kind: string, rest: string): string {
  return `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: it, namespace: shop }
${rest}`;
}

const destinationRule = (policy: string) => object('networking.istio.io/v1', 'DestinationRule', `spec: { host: orders, trafficPolicy: ${policy} }`);
const prometheusRule = (expr: string) => object('monitoring.coreos.com/v1', 'PrometheusRule', `spec: { groups: [{ name: g, rules: [{ alert: A, expr: "${expr}" }] }] }`);

/** YAML as users have it, the code that says so, and a word of what is right today. */
const CASES: readonly [what: string, code: string, text: string, fix: RegExp][] = [
  ['consecutiveErrors', 'SM0901', destinationRule('{ outlierDetection: { consecutiveErrors: 5 } }'), /consecutive5xxErrors: 5/],
  ['LEAST_CONN', 'SM0902', destinationRule('{ loadBalancer: { simple: LEAST_CONN } }'), /LEAST_REQUEST/],
  ['networking.istio.io/v1alpha3', 'SM0607', object('networking.istio.io/v1alpha3', 'DestinationRule', 'spec: { host: orders }'), /networking\.istio\.io\/v1$/],
  ['networking.istio.io/v1beta1', 'SM0607', object('networking.istio.io/v1beta1', 'VirtualService', 'spec: { hosts: [a.example] }'), /networking\.istio\.io\/v1$/],
  ['PodSecurityPolicy', 'SM0606', object('policy/v1beta1', 'PodSecurityPolicy', 'spec: { privileged: false }'), /pod-security\.kubernetes\.io\/enforce/],
  ['http.timeout in a DestinationRule', 'SM0903', destinationRule('{ connectionPool: { http: { timeout: { requestTimeout: 5s, idleTimeout: 10s } } } }'), /http\[\]\.timeout/],
  ['Telemetry under networking.istio.io', 'SM0904', object('networking.istio.io/v1alpha3', 'Telemetry', 'spec: {}'), /telemetry\.istio\.io\/v1/],
  ['an HPA on a Knative Service', 'SM0905', object('autoscaling/v2', 'HorizontalPodAutoscaler',
    'spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: orders } }'), /max-scale/],
  ['weighted routes to subsets that nobody declares', 'SM0804', virtualService('v', 'reviews',
    '{ route: [{ destination: { host: reviews, subset: v1 }, weight: 75 }, { destination: { host: reviews, subset: v2 }, weight: 25 }] }'), /DestinationRule/],
  ['a route to a Knative host that keeps the authority', 'SM0906', yaml(knative('orders'), virtualService('v', 'shop.example.com',
    '{ route: [{ destination: { host: orders.shop.svc.cluster.local } }] }', { more: '\n  gateways: [public]' })), /authority: orders\.shop\.svc\.cluster\.local/],
  ['JWT conditions without RequestAuthentication', 'SM0907', object('security.istio.io/v1', 'AuthorizationPolicy',
    'spec: { rules: [{ when: [{ key: "request.auth.claims[iss]", values: [a] }] }] }'), /RequestAuthentication/],
  ['a password in a variable of a Deployment', 'SM0908', deployment('orders', { container: 'env: [{ name: DB_URL, value: "postgres://shop:secret@db/orders" }]' }), /secretKeyRef/],
  ['a password in a variable of a Knative service', 'SM0113', object('serving.knative.dev/v1', 'Service',
    'spec: { template: { spec: { containers: [{ image: a.example/a:1.2, env: [{ name: DB_URL, value: "postgres://shop:secret@db/orders" }] }] } } }'), /Secret/],
  ['sidecar injection by annotation', 'SM0233', object('v1', 'Pod', 'spec: { containers: [] }').replace('namespace: shop', 'namespace: shop, annotations: { sidecar.istio.io/inject: "true" }'), /label/],
  ['a ServiceEntry with a wildcard and DNS', 'SM0909', object('networking.istio.io/v1', 'ServiceEntry',
    'spec: { hosts: ["*.openfaas-fn.svc.cluster.local"], location: MESH_INTERNAL, resolution: DNS }'), /remove the ServiceEntry/],
  ['config-br-defaults as a Broker\'s config', 'SM0910', object('eventing.knative.dev/v1', 'Broker',
    'spec: { config: { apiVersion: v1, kind: ConfigMap, name: config-br-defaults, namespace: knative-eventing } }'), /channel-template-spec/],
  ['Jaeger v1', 'SM0911', object('jaegertracing.io/v1', 'Jaeger', 'spec: { strategy: production, storage: { type: memory } }'), /Jaeger v2/],
  ['the exporter for Jaeger v1', 'SM0912', object('opentelemetry.io/v1beta1', 'OpenTelemetryCollector', 'spec: { config: { exporters: { jaeger: { endpoint: "a:14250" } } } }'), /otlp/],
  ['Krustlet', 'SM0913', object('v1', 'Pod', 'spec: { containers: [], nodeSelector: { kubernetes.io/arch: wasm32-wasi } }'), /SpinKube|runtimeClassName/],
  ['App Mesh', 'SM0914', object('appmesh.k8s.aws/v1beta2', 'VirtualNode', 'spec: {}'), /ServiceEntry/],
  ['an Ingress without a class', 'SM0915', object('networking.k8s.io/v1', 'Ingress', 'spec: { rules: [] }'), /ingressClassName/],
  ['a metric that Knative removed', 'SM0416', prometheusRule('rate(revision_request_count[5m]) > 5'), /http_server_request_duration_seconds_count/],
  ['a metric that Knative never had', 'SM0417', prometheusRule('rate(kn_serving_function_errors_total[5m]) > 5'), /./],
  ['an HPA without requests', 'SM0916', yaml(deployment('orders'), object('autoscaling/v2', 'HorizontalPodAutoscaler',
    'spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }] }')), /requests: \{ cpu/],
  ['a warm-up Deployment that curls', 'SM0917', yaml(knative('orders'), deployment('warm', { container: 'command: [sh, -c, "while true; do curl http://orders.shop/; sleep 60; done"]' })), /min-scale: "1"/],
  ['minScale in camel case', 'SM0919', knative('orders', { metadata: '{ annotations: { autoscaling.knative.dev/minScale: "1" } }' }), /autoscaling\.knative\.dev\/min-scale/],
];

describe('what users\' YAML often has', () => {
  test.each(CASES)('%s: %s', (_what, code, text, fix) => {
    const found = checkFiles([{ name: 'app.yaml', text }]).filter(problem => problem.code === code);
    expect(found).not.toEqual([]);
    expect(found[0].fix).toMatch(fix);
  });
});

describe('near what is outdated', () => {
  test('outlier detection at a port and in a subset is looked at too', () => {
    const text = object('networking.istio.io/v1', 'DestinationRule', `spec:
  host: orders
  trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, outlierDetection: { consecutiveErrors: 1 } }] }
  subsets: [{ name: v1, trafficPolicy: { outlierDetection: { consecutiveErrors: 1 } } }]`);
    expect(says('SM0901', text)).toEqual([
      'warning DestinationRule/it spec.trafficPolicy.portLevelSettings[0].outlierDetection.consecutiveErrors',
      'warning DestinationRule/it spec.subsets[0].trafficPolicy.outlierDetection.consecutiveErrors',
    ]);
  });

  test('idle timeouts of connections are right where they are', () => {
    expect(says('SM0903', destinationRule('{ connectionPool: { tcp: { connectTimeout: 1s, idleTimeout: 1m }, http: { idleTimeout: 1m } } }'))).toEqual([]);
  });

  test('a wildcard for hosts outside is looked up by a newer Istio', () => {
    const entry = object('networking.istio.io/v1', 'ServiceEntry', 'spec: { hosts: ["*.example.com"], resolution: DNS }');
    expect(problemsOf('SM0909', entry)[0].fix).not.toContain('DYNAMIC_DNS');
    expect(problemsOf('SM0909', entry, new ClusterProfile({ istio: IstioVersion.V1_30 }))[0].fix).toContain('DYNAMIC_DNS');
    const withEndpoints = object('networking.istio.io/v1', 'ServiceEntry', 'spec: { hosts: ["*.example.com"], resolution: DNS, endpoints: [{ address: a.example.com }] }');
    expect(says('SM0909', withEndpoints)).toEqual([]);
  });

  test('an Ingress with a class, by field or by annotation, or with a default in the app', () => {
    const ingress = object('networking.k8s.io/v1', 'Ingress', 'spec: { rules: [] }');
    const annotated = ingress.replace('namespace: shop', 'namespace: shop, annotations: { kubernetes.io/ingress.class: nginx }');
    const defaultClass = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: istio, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }';
    expect([...says('SM0915', annotated), ...says('SM0915', yaml(ingress, defaultClass))]).toEqual([]);
  });

  test('a variable that takes its password from another one', () => {
    expect(says('SM0908', deployment('orders', { container: 'env: [{ name: DB_URL, value: "postgres://shop:$(DB_PASSWORD)@db/orders" }]' }))).toEqual([]);
  });

  test('a password that a finding must not repeat', () => {
    const [problem] = problemsOf('SM0908', deployment('orders', { container: 'env: [{ name: DB_URL, value: "postgres://shop:swordfish@db/orders" }]' }));
    expect(JSON.stringify(problem)).not.toContain('swordfish');
  });

  test('a Broker of a known class is told by the rule for its class alone', () => {
    const broker = (annotations: string) => object('eventing.knative.dev/v1', 'Broker', 'spec: { config: { apiVersion: v1, kind: ConfigMap, name: config-br-defaults, namespace: knative-eventing } }')
      .replace('namespace: shop }', `namespace: shop${annotations} }`);
    const kafka = broker(', annotations: { eventing.knative.dev/broker.class: Kafka }');
    expect([says('SM0303', kafka).length, says('SM0910', kafka).length]).toEqual([1, 0]);
    expect([says('SM0303', broker('')).length, says('SM0910', broker('')).length]).toEqual([0, 1]);
  });

  test('an autoscaler of containers with requests, limits, or defaults of the namespace', () => {
    const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler',
      'spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }] }');
    const defaults = 'apiVersion: v1\nkind: LimitRange\nmetadata: { name: d, namespace: shop }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }';
    expect(says('SM0916', yaml(scaler, deployment('orders')))).toHaveLength(1);
    expect(says('SM0916', yaml(scaler, deployment('orders', { container: 'resources: { requests: { cpu: 100m } }' })))).toEqual([]);
    expect(says('SM0916', yaml(scaler, deployment('orders', { container: 'resources: { limits: { cpu: 100m } }' })))).toEqual([]);
    expect(says('SM0916', yaml(scaler, deployment('orders'), defaults))).toEqual([]);
  });

  test('a Deployment that fetches from somewhere else, or a Knative service once', () => {
    const calls = (command: string) => says('SM0917', yaml(knative('orders'), deployment('job', { container: `command: [sh, -c, "${command}"]` })));
    expect(calls('while true; do curl http://example.com/; sleep 60; done')).toEqual([]);
    expect(calls('curl http://orders.shop.svc.cluster.local/')).toEqual([]);
    expect(calls('while true; do wget -q http://orders/; sleep 5; done')).toHaveLength(1);
  });
});

describe('a route to a Knative service', () => {
  const gateways = { more: '\n  gateways: [public]' };
  const local = 'knative-local-gateway.istio-system.svc.cluster.local';
  const route = (http: string, hosts = 'shop.example.com') => says('SM0906', yaml(knative('orders'), knative('audit'), virtualService('v', hosts, http, gateways)));

  test('rewrites the authority, or gives each destination its Host', () => {
    expect(route(`{ rewrite: { authority: orders.shop.svc.cluster.local }, route: [{ destination: { host: ${local} } }] }`)).toEqual([]);
    expect(route(`{ route: [{ destination: { host: ${local} }, weight: 90, headers: { request: { set: { Host: orders.shop.svc.cluster.local } } } },
      { destination: { host: ${local} }, weight: 10, headers: { request: { set: { Host: audit.shop.svc.cluster.local } } } }] }`)).toEqual([]);
    expect(route(`{ route: [{ destination: { host: ${local} } }] }`)).toEqual(['error VirtualService/v spec.http[0].route[0].destination.host']);
  });

  test('cannot send to one service under the host of another', () => {
    expect(route('{ rewrite: { authority: orders.shop.svc.cluster.local }, route: [{ destination: { host: orders }, weight: 90 }, { destination: { host: audit }, weight: 10 }] }'))
      .toEqual(['error VirtualService/v spec.http[0].route[1].destination.host']);
  });

  test('for the service\'s own host keeps it', () => {
    expect(route('{ route: [{ destination: { host: orders } }] }', 'orders.shop.svc.cluster.local')).toEqual([]);
  });
});

describe('conditions on a token', () => {
  const policy = (spec: string) => object('security.istio.io/v1', 'AuthorizationPolicy', `spec: { ${spec}, rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }`);
  const reader = (spec: string, inNamespace = 'shop') => object('security.istio.io/v1', 'RequestAuthentication', `spec: { ${spec} }`).replace('namespace: shop', `namespace: ${inNamespace}`);

  test('need a RequestAuthentication for the same pods', () => {
    const orders = policy('selector: { matchLabels: { app: orders } }');
    expect(says('SM0907', yaml(orders, reader('selector: { matchLabels: { app: orders } }')))).toEqual([]);
    expect(says('SM0907', yaml(orders, reader('jwtRules: []')))).toEqual([]);
    expect(says('SM0907', yaml(orders, reader('jwtRules: []', 'istio-system')))).toEqual([]);
    expect(says('SM0907', yaml(orders, reader('selector: { matchLabels: { app: audit } }')))).toHaveLength(1);
    expect(says('SM0907', yaml(orders, reader('jwtRules: []', 'other')))).toHaveLength(1);
    expect(says('SM0907', yaml(orders, deployment('orders', { labels: 'app: orders, tier: back' }), reader('selector: { matchLabels: { tier: back } }')))).toEqual([]);
  });

  test('at a Gateway need one that is attached to it', () => {
    const attached = policy('targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]');
    expect(says('SM0907', yaml(attached, reader('targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]')))).toEqual([]);
    expect(says('SM0907', yaml(attached, reader('targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: other }]')))).toHaveLength(1);
  });
});

test('a Service without the annotation of old', () => {
  expect(says('SM0918', service('db'))).toEqual([]);
});

describe('what Knative scales itself', () => {
  const OF_SERVICE = '{ apiVersion: serving.knative.dev/v1, kind: Service, name: orders }';
  const OF_REVISION = '{ apiVersion: apps/v1, kind: Deployment, name: orders-00003-deployment }';
  const hpa = (target: string) => object('autoscaling/v2', 'HorizontalPodAutoscaler', `spec: { maxReplicas: 3, scaleTargetRef: ${target} }`);

  test.each<[string, string]>([
    ['a HorizontalPodAutoscaler', hpa(OF_SERVICE)],
    ['a ScaledObject', object('keda.sh/v1alpha1', 'ScaledObject', `spec: { scaleTargetRef: ${OF_SERVICE}, triggers: [{ type: cpu, metadata: { value: "70" } }] }`)],
    ['a VerticalPodAutoscaler', object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', `spec: { targetRef: ${OF_SERVICE} }`)],
    ['a Rollout', object('argoproj.io/v1alpha1', 'Rollout', `spec: { workloadRef: ${OF_SERVICE}, strategy: { canary: {} } }`)],
    ['an autoscaler of a revision', hpa('{ apiVersion: serving.knative.dev/v1, kind: Revision, name: orders-00003 }')],
    ['an autoscaler of the Deployment of a revision', yaml(knative('orders'), hpa(OF_REVISION))],
    ['a Rollout of the Deployment of a revision', yaml(knative('orders'), object('argoproj.io/v1alpha1', 'Rollout', `spec: { workloadRef: ${OF_REVISION}, strategy: { canary: {} } }`))],
  ])('%s is refused', (_, text) => {
    expect(problemsOf('SM0905', text).map(({ severity }) => severity ?? 'error')).toEqual(['error']);
  });

  test('the Deployment of a revision that carries a name is known too', () => {
    const named = object('serving.knative.dev/v1', 'Service', 'spec: { template: { metadata: { name: a-v2 }, spec: { containers: [{ image: a.example/a:1.2 }] } } }');
    expect(problemsOf('SM0905', yaml(named, hpa('{ apiVersion: apps/v1, kind: Deployment, name: a-v2-deployment }')))).toHaveLength(1);
  });

  test('a Deployment that only looks like one of Knative is warned of, one of the app is left alone', () => {
    expect(problemsOf('SM0905', hpa(OF_REVISION))).toMatchObject([{ severity: 'warning' }]);
    expect(problemsOf('SM0905', yaml(deployment('orders-00003-deployment'), hpa(OF_REVISION)))).toEqual([]);
    expect(problemsOf('SM0905', yaml(knative('orders'), hpa('{ apiVersion: apps/v1, kind: Deployment, name: orders-db-deployment }')))).toEqual([]);
  });
});
