import * as fs from 'fs';
import * as path from 'path';
import { faultsOf, modelOf } from './support';
import { verdicts } from '../../../lib/analysis/schema/verdict';

const object = (apiVersion: string, kind: string, body: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: b }\n${body}\n`;
const pod = (spec: string) => object('v1', 'Pod', `spec: { ${spec} }`);
const container = (more: string) => pod(`containers: [{ name: a, image: a, ${more} }]`);
const service = (spec: string) => object('v1', 'Service', `spec: { ${spec} }`);
const deployment = (spec: string) => object('apps/v1', 'Deployment', `spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }, ${spec} }`);
const job = (spec: string) => object('batch/v1', 'Job', `spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }, ${spec} }`);
const scaler = (spec: string) => object('autoscaling/v2', 'HorizontalPodAutoscaler', `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }, maxReplicas: 3, ${spec} }`);

// what the API server takes, as it was asked
test('rich objects of core kinds have no fault', () => {
  const model = modelOf(fs.readFileSync(path.join(__dirname, 'rich-objects.yaml'), 'utf8'));
  expect(model.objects.length).toBeGreaterThan(40);
  expect(verdicts(model).flatMap(({ object: { manifest }, violations }) => violations.map(({ field, reason }) => `${manifest.kind} ${manifest.metadata.name} ${field}: ${reason}`))).toEqual([]);
});

describe('pods', () => {
  test.each([
    ['a toleration without a key', pod('containers: [{ name: a, image: a }], tolerations: [{ operator: Equal, value: b }]'), 'Pod value spec.tolerations[0].operator'],
    ['a toleration that lasts for another effect', pod('containers: [{ name: a, image: a }], tolerations: [{ key: a, effect: NoSchedule, tolerationSeconds: 5 }]'), 'Pod combination spec.tolerations[0].effect'],
    ['a probe of an init container that ends', pod('initContainers: [{ name: i, image: i, readinessProbe: { httpGet: { port: 80 } } }], containers: [{ name: a, image: a }]'), 'Pod combination spec.initContainers[0].readinessProbe'],
    ['a spread without a skew', pod('containers: [{ name: a, image: a }], topologySpreadConstraints: [{ maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule }]'), 'Pod value spec.topologySpreadConstraints[0].maxSkew'],
    ['a restart policy of another system', pod('restartPolicy: UnlessStopped, containers: [{ name: a, image: a }]'), 'Pod value spec.restartPolicy'],
    ['a file that leads out of its volume', pod('containers: [{ name: a, image: a }], volumes: [{ name: v, configMap: { name: c, items: [{ key: k, path: ../k }] } }]'), 'Pod value spec.volumes[0].configMap.items[0].path'],
    ['a mode with too many bits', pod('containers: [{ name: a, image: a }], volumes: [{ name: v, secret: { secretName: c, defaultMode: 640 } }]'), 'Pod value spec.volumes[0].secret.defaultMode'],
    ['a host alias that is no address', pod('containers: [{ name: a, image: a }], hostAliases: [{ ip: localhost, hostnames: [a] }]'), 'Pod value spec.hostAliases[0].ip'],
    ['a liveness probe that has to succeed twice', container('livenessProbe: { httpGet: { port: 80 }, successThreshold: 2 }'), 'Pod value spec.containers[0].livenessProbe.successThreshold'],
    ['a probe of a port by a name that is none', container('readinessProbe: { httpGet: { port: HTTP_PORT } }'), 'Pod value spec.containers[0].readinessProbe.httpGet.port'],
    ['a resource that does not exist', container('resources: { limits: { cpus: 1 } }'), 'Pod value spec.containers[0].resources.limits.cpus'],
    ['a negative amount', container('resources: { limits: { cpu: -1 } }'), 'Pod value spec.containers[0].resources.limits.cpu'],
    ['privileges that contradict each other', container('securityContext: { privileged: true, allowPrivilegeEscalation: false }'), 'Pod combination spec.containers[0].securityContext.allowPrivilegeEscalation'],
    ['a user that does not exist', container('securityContext: { runAsUser: -1 }'), 'Pod value spec.containers[0].securityContext.runAsUser'],
    ['a seccomp profile without its file', container('securityContext: { seccompProfile: { type: Localhost } }'), 'Pod missing spec.containers[0].securityContext.seccompProfile.localhostProfile'],
    ['a reference to a field that cannot be had', container('env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.replicas } } }]'), 'Pod value spec.containers[0].env[0].valueFrom.fieldRef.fieldPath'],
    ['a reference to nothing', container('env: [{ name: A, valueFrom: {} }]'), 'Pod combination spec.containers[0].env[0].valueFrom'],
    ['a handler of nothing', container('lifecycle: { preStop: {} }'), 'Pod combination spec.containers[0].lifecycle.preStop'],
    ['an image with a space', pod('containers: [{ name: a, image: " a" }]'), 'Pod value spec.containers[0].image'],
    ['no containers at all', object('v1', 'Pod', ''), 'Pod missing spec.containers'],
  ])('%s', (_, yaml, fault) => expect(faultsOf(yaml)).toEqual([fault]));
});

describe('workloads', () => {
  test.each([
    ['a roll-out that cannot proceed', deployment('strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } }'), 'Deployment value spec.strategy.rollingUpdate.maxUnavailable'],
    ['a deadline before the pods are ready', deployment('minReadySeconds: 60, progressDeadlineSeconds: 60'), 'Deployment value spec.progressDeadlineSeconds'],
    ['an empty selector', deployment('replicas: 1').replace('selector: { matchLabels: { app: a } }', 'selector: {}'), 'Deployment value spec.selector'],
    ['a selector with an operator that does not exist', deployment('replicas: 1').replace('selector: { matchLabels: { app: a } }', 'selector: { matchExpressions: [{ key: app, operator: Is, values: [a] }] }'), 'Deployment value spec.selector.matchExpressions[0].operator'],
    ['a selector that compares with nothing', deployment('replicas: 1').replace('selector: { matchLabels: { app: a } }', 'selector: { matchExpressions: [{ key: app, operator: In }] }'), 'Deployment missing spec.selector.matchExpressions[0].values'],
    ['pods that are not restarted', deployment('replicas: 1').replace('spec: { containers', 'spec: { restartPolicy: Never, containers'), 'Deployment value spec.template.spec.restartPolicy'],
    ['a job whose pods are always restarted', job('backoffLimit: 1').replace('Never', 'Always'), 'Job value spec.template.spec.restartPolicy'],
    ['a limit by index of a job without indexes', job('backoffLimitPerIndex: 1'), 'Job combination spec.backoffLimitPerIndex'],
    ['a time zone that does not exist', object('batch/v1', 'CronJob', 'spec: { schedule: 0 3 * * *, timeZone: Europe/Atlantis, jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } } }'), 'CronJob value spec.timeZone'],
    ['a target of an autoscaler without a group', scaler('minReplicas: 1').replace('apiVersion: apps/v1, ', 'apiVersion: apps, '), 'HorizontalPodAutoscaler value spec.scaleTargetRef.apiVersion'],
    ['a metric that says nothing of its type', scaler('metrics: [{ type: Resource }]'), 'HorizontalPodAutoscaler combination spec.metrics[0]'],
    ['a target that does not state its share', scaler('metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization } } }]'), 'HorizontalPodAutoscaler missing spec.metrics[0].resource.target.averageUtilization'],
  ])('%s', (_, yaml, fault) => expect(faultsOf(yaml)).toContain(fault));
});

describe('services and networks', () => {
  test.each([
    ['another name of nothing', service('type: ExternalName'), 'Service missing spec.externalName'],
    ['a load balancer without an address', service('type: LoadBalancer, clusterIP: None, ports: [{ port: 80 }]'), 'Service combination spec.clusterIP'],
    ['a port of the nodes where none is open', service('ports: [{ port: 80, nodePort: 30080 }]'), 'Service combination spec.ports[0].nodePort'],
    ['a traffic policy for traffic that does not come', service('externalTrafficPolicy: Local, ports: [{ port: 80 }]'), 'Service combination spec.externalTrafficPolicy'],
    ['a port twice', service('ports: [{ name: a, port: 80 }, { name: b, port: 80 }]'), 'Service duplicate spec.ports[1]'],
    ['a protocol in lower case', service('ports: [{ port: 80, protocol: tcp }]'), 'Service value spec.ports[0].protocol'],
    ['an Ingress that leads nowhere', object('networking.k8s.io/v1', 'Ingress', 'spec: {}'), 'Ingress missing spec.rules'],
    ['a relative path', object('networking.k8s.io/v1', 'Ingress', 'spec: { rules: [{ http: { paths: [{ path: a, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }'), 'Ingress value spec.rules[0].http.paths[0].path'],
    ['an address for a host', object('networking.k8s.io/v1', 'Ingress', 'spec: { rules: [{ host: 192.0.2.1 }] }'), 'Ingress value spec.rules[0].host'],
    ['a peer of no kind', object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: { podSelector: {}, ingress: [{ from: [{}] }] }'), 'NetworkPolicy combination spec.ingress[0].from[0]'],
    ['a range of ports in the wrong order', object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: { podSelector: {}, ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }'), 'NetworkPolicy value spec.ingress[0].ports[0].endPort'],
    ['a type of policy in lower case', object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: { podSelector: {}, policyTypes: [ingress] }'), 'NetworkPolicy value spec.policyTypes[0]'],
  ])('%s', (_, yaml, fault) => expect(faultsOf(yaml)).toEqual([fault]));
});

describe('configuration and access', () => {
  test.each([
    ['a key in both parts of a ConfigMap', object('v1', 'ConfigMap', 'data: { a: b }\nbinaryData: { a: YQ== }'), 'ConfigMap duplicate data.a'],
    ['credentials of an image registry that are no JSON', object('v1', 'Secret', 'type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: a }'), "Secret value data['.dockerconfigjson']"],
    ['an access mode that does not exist', object('v1', 'PersistentVolumeClaim', 'spec: { accessModes: [ReadWrite], resources: { requests: { storage: 1Gi } } }'), 'PersistentVolumeClaim value spec.accessModes[0]'],
    ['a claim to nothing', object('v1', 'PersistentVolumeClaim', 'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 0 } } }'), 'PersistentVolumeClaim value spec.resources.requests.storage'],
    ['a default above the maximum', object('v1', 'LimitRange', 'spec: { limits: [{ type: Container, default: { cpu: 2 }, max: { cpu: 1 } }] }'), 'LimitRange value spec.limits[0].default.cpu'],
    ['a level of pod security that does not exist', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce: strict } }\n', "Namespace value metadata.labels['pod-security.kubernetes.io/enforce']"],
    ['a reference to a role of another kind', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Roles, name: a }'), 'RoleBinding value roleRef.kind'],
    ['a service account of no namespace', object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a }\nsubjects: [{ kind: ServiceAccount, name: a }]'), 'ClusterRoleBinding missing subjects[0].namespace'],
    ['a path that is no resource in a namespace', object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{ nonResourceURLs: [/healthz], verbs: [get] }]'), 'Role combination rules[0].nonResourceURLs'],
    ['a priority that is the cluster\'s own', 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: a }\nvalue: 2000000000\n', 'PriorityClass value value'],
    ['two versions that are stored', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: as.b.c }\nspec: { group: b.c, scope: Namespaced, names: { kind: A, plural: as }, versions: [{ name: v1, served: true, storage: true }, { name: v2, served: true, storage: true }] }\n', 'CustomResourceDefinition value spec.versions'],
  ])('%s', (_, yaml, fault) => expect(faultsOf(yaml)).toEqual([fault]));
});

describe('metadata', () => {
  const named = (metadata: string) => faultsOf(`apiVersion: v1\nkind: ConfigMap\nmetadata: { ${metadata} }\n`);

  test.each([
    ['no name', 'namespace: b', 'ConfigMap missing metadata.name'],
    ['a prefix that cannot begin a name', 'generateName: A-, namespace: b', 'ConfigMap name metadata.generateName'],
    ['a finalizer without a form', 'name: a, namespace: b, finalizers: ["a b"]', 'ConfigMap name metadata.finalizers[0]'],
    ['an owner without identity', 'name: a, namespace: b, ownerReferences: [{ apiVersion: v1, kind: Pod, name: a }]', 'ConfigMap missing metadata.ownerReferences[0].uid'],
    ['a namespace that is no label', 'name: a, namespace: b.c', 'ConfigMap name metadata.namespace'],
    ['two owners that control', 'name: a, namespace: b, ownerReferences: [{ apiVersion: v1, kind: Pod, name: a, uid: x, controller: true }, { apiVersion: v1, kind: Pod, name: b, uid: z, controller: true }]', 'ConfigMap value metadata.ownerReferences'],
  ])('%s', (_, metadata, fault) => expect(named(metadata)).toEqual([fault]));

  test('a generated name needs no other', () => expect(named('generateName: a-, namespace: b')).toEqual([]));

  test('annotations take no more than 256 KiB', () => {
    expect(named(`name: a, namespace: b, annotations: { a: ${'x'.repeat(256 * 1024)} }`)).toEqual(['ConfigMap value metadata.annotations']);
  });
});

test('garbage breaks nothing', () => {
  const garbage = ['null', '5', 'a', '[]', '{}', '[null, 5, [[]], { a: null }]', '{ a: { b: [null] }, spec: 5, template: [], containers: {}, rules: [5], ports: [null] }'];
  const kinds = ['v1 Pod', 'v1 Service', 'v1 Secret', 'v1 ConfigMap', 'apps/v1 Deployment', 'apps/v1 StatefulSet', 'batch/v1 CronJob', 'autoscaling/v2 HorizontalPodAutoscaler',
    'rbac.authorization.k8s.io/v1 Role', 'rbac.authorization.k8s.io/v1 ClusterRoleBinding', 'networking.k8s.io/v1 Ingress', 'networking.k8s.io/v1 NetworkPolicy',
    'apiextensions.k8s.io/v1 CustomResourceDefinition', 'gateway.networking.k8s.io/v1 HTTPRoute', 'serving.knative.dev/v1 Service', 'security.istio.io/v1 AuthorizationPolicy'];
  for (const identity of kinds) {
    const [apiVersion, kind] = identity.split(' ');
    for (const body of garbage) {
      for (const field of ['spec', 'data', 'rules', 'status', 'subjects', 'metadata']) {
        expect(() => faultsOf(`apiVersion: ${apiVersion}\nkind: ${kind}\n${field}: ${body}\n`)).not.toThrow();
      }
    }
  }
});
