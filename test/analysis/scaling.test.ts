import { ClusterProfile, KnativeMetrics } from '../../lib';
import { modelOfFiles } from '../../lib/analysis/reading';
import { problemsOf } from '../../lib/core/validation';
import { Json } from '../support';

const TIMES = 500;

function object(apiVersion: string, kind: string, name: string, fields: Json = {}, metadata: Json = {}): Json {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...fields };
}

const containers = [{ name: 'main', image: 'registry.example.com/app:1.0.0' }];
const knative = (i: number, labels: Json = {}) => object('serving.knative.dev/v1', 'Service', `s${i}`, { spec: { template: { metadata: { labels }, spec: { containers: [{ image: 'registry.example.com/app:1.0.0' }] } } } });

/** Crowds in which every object has to do with every other one, where a rule easily takes time with the square of their number. */
const CROWDS: Readonly<Record<string, (i: number) => Json[]>> = {
  'policies and monitors that all select all pods': i => [
    knative(i, { team: 'x' }),
    object('monitoring.coreos.com/v1', 'PodMonitor', `m${i}`, {
      spec: { selector: { matchExpressions: [{ key: 'serving.knative.dev/service', operator: 'Exists' }] }, podMetricsEndpoints: [{ port: 'http-usermetric' }] },
    }, { labels: { release: 'kube-prometheus-stack' } }),
    object('security.istio.io/v1', 'PeerAuthentication', `p${i}`, { spec: { selector: { matchLabels: { team: 'x' } }, mtls: { mode: 'STRICT' } } }),
    object('security.istio.io/v1', 'AuthorizationPolicy', `a${i}`, {
      spec: { selector: { matchLabels: { 'serving.knative.dev/service': `s${i}` } }, rules: [{ from: [{ source: { principals: ['a'] } }], to: [{ operation: { methods: ['GET'], ports: ['8080'] } }] }] },
    }),
  ],
  'policies without a selector': i => [
    knative(i),
    object('security.istio.io/v1', 'AuthorizationPolicy', `a${i}`, { spec: { rules: [{ from: [{ source: { principals: ['a'] } }] }] } }),
    object('security.istio.io/v1', 'PeerAuthentication', `p${i}`, { spec: { mtls: { mode: 'DISABLE' } } }),
  ],
  'references that lead nowhere': i => [
    knative(i),
    object('eventing.knative.dev/v1', 'Trigger', `t${i}`, { spec: { broker: `none${i}`, subscriber: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: `none${i}` } } } }),
    object('eventing.knative.dev/v1', 'Broker', `b${i}`),
  ],
  'routes and rules for one host': i => [
    object('networking.istio.io/v1', 'VirtualService', `v${i}`, { spec: { hosts: ['a.example.com'], gateways: ['gw'], http: [{ route: [{ destination: { host: 'a', subset: 'v9' } }] }] } }),
    object('networking.istio.io/v1', 'DestinationRule', `d${i}`, { spec: { host: 'a', subsets: [{ name: `v${i}`, labels: { v: `v${i}` } }] } }),
    object('networking.istio.io/v1', 'ServiceEntry', `e${i}`, { spec: { hosts: [`e${i}.example.com`], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] } }),
  ],
  'gateways for one host': i => [
    object('networking.istio.io/v1', 'Gateway', `g${i}`, {
      spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'c' }, hosts: ['a.example.com'] }] },
    }),
    object('networking.istio.io/v1', 'VirtualService', `v${i}`, { spec: { hosts: ['a.example.com'], gateways: [`g${i}`], http: [{ route: [{ destination: { host: 'a' } }] }] } }),
  ],
  'services that all select all pods': i => [
    object('v1', 'Service', `s${i}`, { spec: { selector: { app: 'x' }, ports: [{ port: 80, name: 'http' }] } }),
    object('apps/v1', 'Deployment', `d${i}`, { spec: { selector: { matchLabels: { app: 'x' } }, template: { metadata: { labels: { app: 'x' } }, spec: { containers } } } }),
    object('monitoring.coreos.com/v1', 'ServiceMonitor', `m${i}`, { spec: { selector: { matchLabels: { app: 'y' } }, endpoints: [{ port: 'web' }] } }),
  ],
  'bindings, scalers and budgets for one target': i => [
    object('rbac.authorization.k8s.io/v1', 'Role', `r${i}`, { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', `b${i}`, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r0' }, subjects: [{ kind: 'ServiceAccount', name: 'x' }] }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', `h${i}`, { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } }),
    object('policy/v1', 'PodDisruptionBudget', `p${i}`, { spec: { selector: { matchLabels: { app: 'x' } } } }),
  ],
  'objects of one identity': () => [
    object('v1', 'ConfigMap', 'a'),
    object('monitoring.coreos.com/v1', 'PrometheusRule', 'r', { spec: { groups: [{ name: 'g', rules: [{ record: 'a:b:c', expr: 'sum(up)' }, { alert: 'A', expr: 'up == 0' }] }] } }),
  ],
};

test.each(Object.entries(CROWDS))('%s take the rules no time out of proportion', (_, crowd) => {
  const text = Array.from({ length: TIMES }, (__, i) => crowd(i)).flat().map(manifest => JSON.stringify(manifest)).join('\n---\n');
  const root = modelOfFiles([{ name: 'a.yaml', text }], { profile: ClusterProfile.ambient({ monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS } }) });
  const begin = process.cpuUsage();
  const found = problemsOf(root);
  const { user } = process.cpuUsage(begin);
  // in proportion it is a fraction of a second; with the square of the number it was up to fifteen
  expect(user / 1e6).toBeLessThan(4);
  expect(found.length).toBeLessThan(TIMES * 120);
}, 60_000);
