import { deployment, knative, namespace, problemsOf, says, service, yaml } from './findings';
import { ClusterProfile } from '../../../lib';

describe('a Service', () => {
  test('without pods is a warning where the app writes the pods of the namespace, else advice', () => {
    expect(says('SM0850', yaml(deployment('orders'), service('order')))).toEqual(['warning Service/order spec.selector']);
    expect(says('SM0850', service('order'))).toEqual(['info Service/order spec.selector']);
    expect(says('SM0850', yaml(deployment('orders', { namespace: 'istio-system' }), service('order', { namespace: 'istio-system' })))).toEqual(['info Service/order spec.selector']);
  });

  test('finds the pods of a Knative service by the labels that Knative adds', () => {
    expect(says('SM0850', yaml(knative('orders'), service('own', { selector: 'serving.knative.dev/service: orders' })))).toEqual([]);
  });

  test('without a selector needs somebody who writes its endpoints', () => {
    const bare = 'apiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: shop }\nspec: { ports: [{ port: 5432 }] }';
    const slice = 'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }\naddressType: IPv4\nendpoints: []';
    expect(says('SM0850', bare)).toEqual(['info Service/db spec.selector']);
    expect(says('SM0850', yaml(bare, slice))).toEqual([]);
  });

  test('leads to a port by a name that a container declares', () => {
    const to = (target: string) => says('SM0851', yaml(deployment('orders'), service('orders', { ports: `{ name: http, port: 80, targetPort: ${target} }` })));
    expect(to('http')).toEqual([]);
    expect(to('8080')).toEqual([]);
    expect(to('web')).toEqual(['warning Service/orders spec.ports[0].targetPort']);
    expect(to('9090')).toEqual(['info Service/orders spec.ports[0].targetPort']);
    expect(to('15090')).toEqual([]);
  });

  test.each([
    ['{ name: http, port: 80 }', true], ['{ name: http-web, port: 80 }', true], ['{ name: grpc-web-ui, port: 80 }', true], ['{ name: web, port: 80 }', false],
    ['{ port: 80 }', false], ['{ port: 3306 }', true], ['{ name: web, port: 80, protocol: UDP }', true], ['{ name: web, port: 80, appProtocol: http }', true],
    ['{ name: web, port: 80, appProtocol: kubernetes.io/h2c }', true], ['{ name: web-http, port: 80 }', false],
  ])('with the port %s says its protocol: %s', (port, known) => {
    expect(says('SM0852', service('orders', { ports: port }))).toHaveLength(known ? 0 : 1);
  });

  test('outside of the mesh may call its ports as it likes', () => {
    const text = yaml(namespace('shop', 'istio-injection: disabled'), deployment('orders'), service('orders', { ports: '{ port: 80 }' }));
    expect(says('SM0852', text)).toEqual([]);
    expect(says('SM0852', service('orders', { ports: '{ port: 80 }' }), ClusterProfile.withoutMesh())).toEqual([]);
  });

  test('beside another one of the same pods agrees with it', () => {
    const pods = yaml(namespace('shop'), deployment('orders'), service('orders'));
    const second = (port: string) => service('second', { selector: 'app: orders', ports: port });
    expect(says('SM0873', yaml(pods, second('{ name: udp, port: 80, protocol: UDP, targetPort: 8080 }')))).toEqual(['warning Deployment/orders spec.template.metadata.labels']);
    expect(says('SM0874', yaml(pods, second('{ name: http, port: 81, targetPort: 8080 }')))).toEqual(['warning Deployment/orders spec.template.metadata.labels']);
    expect(says('SM0874', yaml(deployment('orders'), service('orders'), second('{ name: http, port: 81, targetPort: 8080 }')))).toEqual([]);
  });
});

describe('routes into the cluster', () => {
  const ingress = (backend: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { ingressClassName: istio, rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: ${backend} }] } }] }`;

  test('an Ingress names Service and port, as of today or of before', () => {
    for (const port of ['number: 80', 'name: http']) expect(says('SM0855', yaml(service('orders'), ingress(`{ service: { name: orders, port: { ${port} } } }`)))).toEqual([]);
    expect(says('SM0855', yaml(service('orders'), ingress('{ service: { name: orders, port: { name: use-annotation } } }')))).toEqual([]);
    expect(says('SM0855', yaml(service('orders'), ingress('{ service: { name: orders, port: { number: 8080 } } }')))).toEqual(['warning Ingress/shop spec.rules[0].http.paths[0].backend.service.port']);
    expect(says('SM0855', yaml(service('orders'), ingress('{ serviceName: order, servicePort: 80 }')))).toEqual(['warning Ingress/shop spec.rules[0].http.paths[0].backend.name']);
    expect(says('SM0855', ingress('{ service: { name: orders, port: { number: 80 } } }'))).toEqual(['info Ingress/shop spec.rules[0].http.paths[0].backend.service.name']);
  });

  const gateway = (allowed = '') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP${allowed} }] }`;
  const route = (backend: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: shop }
spec: { parentRefs: [{ name: public, namespace: edge }], rules: [{ backendRefs: [${backend}] }] }`;

  test('a Gateway lets in what its listeners say', () => {
    expect(says('SM0858', yaml(gateway(), route('{ name: orders, port: 80 }')))).toHaveLength(1);
    expect(says('SM0858', yaml(gateway(', allowedRoutes: { namespaces: { from: All } }'), route('{ name: orders, port: 80 }')))).toEqual([]);
    const selected = gateway(', allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { public: "true" } } } }');
    expect(says('SM0858', yaml(selected, namespace('shop', 'public: "true"'), route('{ name: orders, port: 80 }')))).toEqual([]);
    expect(says('SM0858', yaml(selected, namespace('shop', 'public: "false"'), route('{ name: orders, port: 80 }')))).toHaveLength(1);
  });

  test('a backend in another namespace is granted there', () => {
    const grant = `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: { name: shop, namespace: bank }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: "", kind: Service }] }`;
    const text = yaml(service('ledger', { namespace: 'bank' }), route('{ name: ledger, namespace: bank, port: 80 }'));
    expect(says('SM0856', text)).toEqual(['warning HTTPRoute/shop spec.rules[0].backendRefs[0].namespace']);
    expect(says('SM0856', yaml(text, grant))).toEqual([]);
  });
});

describe('what pods need', () => {
  const variable = (kind: string, key: string, more = '') => deployment('orders', { container: `env: [{ name: A, valueFrom: { ${kind}: { name: conf, key: ${key}${more} } } }]` });
  const map = (inNamespace = 'shop') => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: conf, namespace: ${inNamespace} }\ndata: { region: eu }`;

  test('a key that is not there keeps the container from starting', () => {
    expect(says('SM0864', yaml(map(), variable('configMapKeyRef', 'zone')))).toEqual(['error Deployment/orders spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key']);
    expect(says('SM0864', yaml(map(), variable('configMapKeyRef', 'zone', ', optional: true')))).toEqual([]);
    expect(says('SM0864', yaml(map(), variable('configMapKeyRef', 'region')))).toEqual([]);
  });

  test('a ConfigMap may come from elsewhere, one of another namespace does not help', () => {
    expect(says('SM0865', variable('configMapKeyRef', 'region'))).toEqual([expect.stringMatching(/^info /)]);
    expect(says('SM0865', yaml(map('other'), variable('configMapKeyRef', 'region')))).toEqual([expect.stringMatching(/^warning /)]);
  });

  test('Secrets are only missed in an app that writes Secrets', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: shop }';
    expect(says('SM0865', variable('secretKeyRef', 'url'))).toEqual([]);
    expect(says('SM0865', yaml(secret, variable('secretKeyRef', 'url')))).toHaveLength(1);
  });

  test('a service account', () => {
    const pods = deployment('orders', { pod: '\n      serviceAccountName: clerk' });
    const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}, namespace: shop }`;
    expect(says('SM0867', pods)).toEqual(['info Deployment/orders spec.template.spec.serviceAccountName']);
    expect(says('SM0867', yaml(pods, account('clerks')))).toEqual(['warning Deployment/orders spec.template.spec.serviceAccountName']);
    expect(says('SM0867', yaml(pods, account('clerk')))).toEqual([]);
  });
});

describe('objects that steer or protect workloads', () => {
  const scaler = (target: string) => `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a, namespace: shop }\nspec: { maxReplicas: 3, scaleTargetRef: ${target} }`;

  test('an autoscaler names API version, kind and name', () => {
    expect(says('SM0859', yaml(deployment('orders'), scaler('{ apiVersion: apps/v1, kind: Deployment, name: orders }')))).toEqual([]);
    expect(says('SM0859', yaml(deployment('orders'), scaler('{ apiVersion: apps/v1, kind: Deployment, name: order }')))).toEqual(['warning HorizontalPodAutoscaler/a spec.scaleTargetRef.name']);
    expect(says('SM0859', yaml(deployment('orders'), scaler('{ apiVersion: extensions/v1beta1, kind: Deployment, name: orders }')))).toEqual(['warning HorizontalPodAutoscaler/a spec.scaleTargetRef.apiVersion']);
    expect(says('SM0859', scaler('{ apiVersion: apps/v1, kind: Deployment, name: orders }'))).toEqual(['info HorizontalPodAutoscaler/a spec.scaleTargetRef.name']);
  });

  test('KEDA means a Deployment where it says no kind', () => {
    const keda = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: a, namespace: shop }\nspec: { scaleTargetRef: { name: orders } }';
    expect(says('SM0859', yaml(deployment('orders'), keda))).toEqual([]);
  });

  test('a workload chooses its own pods', () => {
    const own = (selector: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { ${selector}template: { metadata: { labels: { app: a } }, spec: { containers: [] } } }`;
    expect(says('SM0863', own('selector: { matchLabels: { app: b } }, '))).toEqual(['error Deployment/a spec.selector']);
    expect(says('SM0863', own(''))).toEqual(['error Deployment/a spec.selector']);
    expect(says('SM0863', own('selector: { matchExpressions: [{ key: app, operator: In, values: [a] }] }, '))).toEqual([]);
  });

  test('a network policy lets in pods that are there, or of namespaces of others', () => {
    const from = (peer: string) => says('SM0862', yaml(deployment('orders'), `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: front, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [${peer}] }] }`));
    expect(from('{ podSelector: { matchLabels: { app: orders } } }')).toEqual([]);
    expect(from('{ podSelector: { matchLabels: { app: audit } } }')).toEqual(['info NetworkPolicy/front spec.ingress[0].from[0].podSelector']);
    expect(from('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: knative-serving } }, podSelector: { matchLabels: { app: activator } } }')).toEqual([]);
    expect(from('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } }, podSelector: { matchLabels: { app: activator } } }')).toHaveLength(1);
  });
});

describe('monitors', () => {
  const monitor = (kind: string, endpoints: string, { selector = 'app: orders', more = '' } = {}) => `apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: m, namespace: shop, labels: { release: kube-prometheus-stack } }
spec: { selector: { matchLabels: { ${selector} } }, ${endpoints}${more} }`;
  const labelled = service('orders', { metadata: ', labels: { app: orders }' });

  test('of Services go by the labels of the Services and the names of their ports', () => {
    expect(says('SM0868', yaml(labelled, monitor('ServiceMonitor', 'endpoints: [{ port: http }]')))).toEqual([]);
    expect(says('SM0868', yaml(service('orders'), monitor('ServiceMonitor', 'endpoints: [{ port: http }]')))).toEqual(['warning ServiceMonitor/m spec.selector']);
    expect(says('SM0868', monitor('ServiceMonitor', 'endpoints: [{ port: http }]'))).toEqual(['info ServiceMonitor/m spec.selector']);
    expect(says('SM0868', yaml(service('orders'), monitor('ServiceMonitor', 'endpoints: []', { more: ', namespaceSelector: { any: true }' })))).toEqual(['info ServiceMonitor/m spec.selector']);
    expect(says('SM0869', yaml(labelled, monitor('ServiceMonitor', 'endpoints: [{ port: "80" }]')))).toEqual(['warning ServiceMonitor/m spec.endpoints[0].port']);
  });

  test('of pods go by the names of the containers\' ports', () => {
    const pods = (endpoint: string, text = deployment('orders')) => says('SM0871', yaml(text, monitor('PodMonitor', `podMetricsEndpoints: [${endpoint}]`)));
    expect(pods('{ port: http }')).toEqual([]);
    expect(pods('{ port: metrics }')).toEqual(['warning PodMonitor/m spec.podMetricsEndpoints[0].port']);
    expect(pods('{ port: http-envoy-prom }')).toEqual([]);
    expect(pods('{ portNumber: 9102 }')).toEqual([]);
    expect(says('SM0871', yaml(knative('orders'), monitor('PodMonitor', 'podMetricsEndpoints: [{ port: http-usermetric }]', { selector: 'serving.knative.dev/service: orders' })))).toEqual([]);
    expect(says('SM0871', yaml(knative('orders'), monitor('PodMonitor', 'podMetricsEndpoints: [{ port: http }]', { selector: 'serving.knative.dev/service: orders' })))).toHaveLength(1);
  });

  test('are taken by a Prometheus of the app that asks for them', () => {
    const prometheus = (spec: string, inNamespace = 'shop') => `apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: p, namespace: ${inNamespace} }\nspec: { ${spec} }`;
    const taken = (...servers: string[]) => says('SM0872', yaml(labelled, monitor('ServiceMonitor', 'endpoints: [{ port: http }]'), ...servers));
    expect(taken()).toEqual([]);
    expect(taken(prometheus('serviceMonitorSelector: {}'))).toEqual([]);
    expect(taken(prometheus('podMonitorSelector: {}'))).toHaveLength(1);
    expect(taken(prometheus('serviceMonitorSelector: {}', 'monitoring'))).toHaveLength(1);
    expect(taken(prometheus('serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}', 'monitoring'))).toEqual([]);
    expect(taken(prometheus('serviceMonitorSelector: { matchLabels: { release: other } }'), prometheus('serviceMonitorSelector: { matchLabels: { release: kube-prometheus-stack } }'))).toEqual([]);
  });
});

describe('events', () => {
  test('come from and go to what is there', () => {
    const channel = (name: string) => `apiVersion: messaging.knative.dev/v1\nkind: Channel\nmetadata: { name: ${name}, namespace: shop }`;
    const subscription = 'apiVersion: messaging.knative.dev/v1\nkind: Subscription\nmetadata: { name: s, namespace: shop }\nspec: { channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: orders } }';
    expect(says('SM0841', yaml(subscription, channel('order')))).toEqual(['warning Subscription/s spec.channel.name']);
    expect(says('SM0841', yaml(subscription, channel('orders')))).toEqual([]);
    expect(says('SM0841', subscription)).toEqual([]);
    expect(problemsOf('SM0841', yaml(subscription, channel('order')))[0].fix).toBe('write order, if that is meant');
  });
});
