/** An object that the API server refuses, and what the schema rules have to say of it. */
export interface WrongObject {
  readonly what: string;
  readonly yaml: string;
  /** The code of the rule. */
  readonly code: string;
  /** The field that it names. */
  readonly field: string;
  /** Only a server-side apply refuses it; to create it is possible, so the finding is a warning. */
  readonly onlyApply?: true;
}

/** An object that the API server takes, close to one that it refuses. */
export interface NearMiss {
  readonly what: string;
  readonly yaml: string;
}

const META = 'metadata: { name: verdict, namespace: verdicts }';
const POD_META = 'metadata: { labels: { app: a } }';

const deployment = (spec: string, pod: string, meta = META) => `apiVersion: apps/v1
kind: Deployment
${meta}
spec:
  selector: { matchLabels: { app: a } }
  ${spec}
  template:
    ${POD_META}
    spec:
      ${pod}
`;
const container = (more: string) => `containers: [{ name: a, image: a.example.com/a:1${more === '' ? '' : `, ${more}`} }]`;
const workload = (spec: string) => deployment(spec, container(''));
const pod = (more: string) => deployment('replicas: 1', container(more));
const service = (spec: string) => `apiVersion: v1\nkind: Service\n${META}\nspec: { selector: { app: a }, ${spec} }\n`;
const object = (apiVersion: string, kind: string, body: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\n${META}\n${body}\n`;
const knative = (template: string) => object('serving.knative.dev/v1', 'Service', `spec: { template: { spec: { ${template} } } }`);
const route = (rule: string) => object('gateway.networking.k8s.io/v1', 'HTTPRoute', `spec: { parentRefs: [{ name: gateway }], rules: [{ ${rule} }] }`);

const IMAGE = 'image: a.example.com/a:1';

export const WRONG_OBJECTS: readonly WrongObject[] = [
  // types
  { what: 'a text for a number in a core kind', yaml: workload('replicas: "2"'), code: 'SM0601', field: 'spec.replicas' },
  { what: 'a number for a text in an environment variable', yaml: pod('env: [{ name: PORT, value: 8080 }]'), code: 'SM0601', field: 'spec.template.spec.containers[0].env[0].value' },
  { what: 'a map for a list', yaml: pod('env: { PORT: "8080" }'), code: 'SM0601', field: 'spec.template.spec.containers[0].env' },
  { what: 'a number for the text of a label', yaml: object('v1', 'ConfigMap', 'data: {}').replace('namespace: verdicts', 'namespace: verdicts, labels: { version: 2 }'), code: 'SM0601', field: 'metadata.labels.version' },
  { what: 'true for the text of an annotation', yaml: knative(`containers: [{ ${IMAGE} }]`).replace('namespace: verdicts', 'namespace: verdicts, annotations: { a.b/c: true }'), code: 'SM0601', field: "metadata.annotations['a.b/c']" },
  { what: 'an amount that is none', yaml: pod('resources: { limits: { memory: 1GB } }'), code: 'SM0601', field: 'spec.template.spec.containers[0].resources.limits.memory' },
  { what: 'a number beyond 32 bits', yaml: workload('replicas: 3000000000'), code: 'SM0601', field: 'spec.replicas' },
  { what: 'a fraction for a whole number', yaml: service('ports: [{ port: 80.5 }]'), code: 'SM0601', field: 'spec.ports[0].port' },
  { what: 'plain text where base64 belongs', yaml: object('v1', 'Secret', 'data: { token: "not base64!" }'), code: 'SM0601', field: 'data.token' },
  { what: 'a text for a number in a custom kind', yaml: knative(`containerConcurrency: "10", containers: [{ ${IMAGE} }]`), code: 'SM0601', field: 'spec.template.spec.containerConcurrency' },
  { what: 'a text for a list in a custom kind', yaml: object('networking.istio.io/v1', 'VirtualService', 'spec: { hosts: a.example.com, http: [{ route: [{ destination: { host: a } }] }] }'), code: 'SM0601', field: 'spec.hosts' },
  { what: 'a text for true or false', yaml: object('monitoring.coreos.com/v1', 'PodMonitor', 'spec: { selector: {}, podMetricsEndpoints: [{ port: a, honorLabels: "true" }] }'), code: 'SM0601', field: 'spec.podMetricsEndpoints[0].honorLabels' },

  // unknown fields
  { what: 'an unknown field of a core kind', yaml: workload('replica: 2'), code: 'SM0602', field: 'spec.replica' },
  { what: 'an unknown field deep within a core kind', yaml: pod('readinessProbe: { httpGet: { port: 80, pat: /health } }'), code: 'SM0602', field: 'spec.template.spec.containers[0].readinessProbe.httpGet.pat' },
  { what: 'a field in the wrong case', yaml: pod('imagepullPolicy: Always'), code: 'SM0602', field: 'spec.template.spec.containers[0].imagepullPolicy' },
  { what: 'an unknown field of a custom kind', yaml: knative(`containerConcurency: 5, containers: [{ ${IMAGE} }]`), code: 'SM0602', field: 'spec.template.spec.containerConcurency' },
  { what: 'an unknown field in a list of a custom kind', yaml: object('networking.istio.io/v1', 'VirtualService', 'spec: { hosts: [a], http: [{ route: [{ destination: { host: a }, weigth: 3 }] }] }'), code: 'SM0602', field: 'spec.http[0].route[0].weigth' },
  { what: 'an unknown field of metadata', yaml: object('security.istio.io/v1', 'PeerAuthentication', 'spec: { mtls: { mode: STRICT } }').replace('namespace: verdicts', 'namespace: verdicts, label: { a: b }'), code: 'SM0602', field: 'metadata.label' },
  { what: 'an unknown field beside spec', yaml: object('eventing.knative.dev/v1', 'Broker', 'specs: {}'), code: 'SM0602', field: 'specs' },
  { what: 'an unknown field of a status', yaml: object('eventing.knative.dev/v1', 'Broker', 'spec: {}\nstatus: { ready: true }'), code: 'SM0602', field: 'status.ready' },

  // required fields
  { what: 'a container without a name', yaml: deployment('replicas: 1', 'containers: [{ image: a }]'), code: 'SM0603', field: 'spec.template.spec.containers[0].name' },
  { what: 'a container without an image', yaml: deployment('replicas: 1', 'containers: [{ name: a }]'), code: 'SM0603', field: 'spec.template.spec.containers[0].image' },
  { what: 'a workload without a selector', yaml: object('apps/v1', 'StatefulSet', `spec: { serviceName: a, template: { ${POD_META}, spec: { ${container('')} } } }`), code: 'SM0603', field: 'spec.selector' },
  { what: 'a service without a port', yaml: service('type: ClusterIP'), code: 'SM0603', field: 'spec.ports' },
  { what: 'one of several ports without a name', yaml: service('ports: [{ name: a, port: 80 }, { port: 81 }]'), code: 'SM0603', field: 'spec.ports[1].name' },
  { what: 'a job that says nothing of restarts', yaml: object('batch/v1', 'Job', `spec: { template: { spec: { ${container('')} } } }`), code: 'SM0603', field: 'spec.template.spec.restartPolicy' },
  { what: 'a claim that asks for no storage', yaml: object('v1', 'PersistentVolumeClaim', 'spec: { accessModes: [ReadWriteOnce], resources: { requests: {} } }'), code: 'SM0603', field: 'spec.resources.requests.storage' },
  { what: 'a rule of a role without verbs', yaml: object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{ apiGroups: [""], resources: [pods] }]'), code: 'SM0603', field: 'rules[0].verbs' },
  { what: 'a path of an Ingress without a type', yaml: object('networking.k8s.io/v1', 'Ingress', 'spec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: a, port: { number: 80 } } } }] } }] }'), code: 'SM0603', field: 'spec.rules[0].http.paths[0].pathType' },
  { what: 'a TLS Secret without its key', yaml: object('v1', 'Secret', 'type: kubernetes.io/tls\ndata: { tls.crt: YQ== }'), code: 'SM0603', field: "data['tls.key']" },
  { what: 'a required field of a custom kind', yaml: object('gateway.networking.k8s.io/v1', 'Gateway', 'spec: { listeners: [{ name: a, port: 80, protocol: HTTP }] }'), code: 'SM0603', field: 'spec.gatewayClassName' },
  { what: 'a required field of a custom kind within a list', yaml: object('networking.istio.io/v1', 'ServiceEntry', 'spec: { hosts: [a.example.com], ports: [{ number: 80 }] }'), code: 'SM0603', field: 'spec.ports[0].name' },

  // values
  { what: 'a word in lower case of an enumeration', yaml: object('security.istio.io/v1', 'PeerAuthentication', 'spec: { mtls: { mode: strict } }'), code: 'SM0604', field: 'spec.mtls.mode' },
  { what: 'a word that is none of an enumeration', yaml: object('security.istio.io/v1', 'AuthorizationPolicy', 'spec: { action: REJECT }'), code: 'SM0604', field: 'spec.action' },
  { what: 'a value that does not match a pattern', yaml: object('monitoring.coreos.com/v1', 'PodMonitor', 'spec: { selector: {}, podMetricsEndpoints: [{ port: a, interval: 30 seconds }] }'), code: 'SM0604', field: 'spec.podMetricsEndpoints[0].interval' },
  { what: 'a number below its minimum', yaml: object('gateway.networking.k8s.io/v1', 'Gateway', 'spec: { gatewayClassName: a, listeners: [{ name: a, port: 0, protocol: HTTP }] }'), code: 'SM0604', field: 'spec.listeners[0].port' },
  { what: 'a number above its maximum', yaml: route('backendRefs: [{ name: a, port: 70000 }]'), code: 'SM0604', field: 'spec.rules[0].backendRefs[0].port' },
  { what: 'a text that is too short', yaml: object('external-secrets.io/v1', 'ExternalSecret', 'spec: { secretStoreRef: { name: "" }, data: [] }'), code: 'SM0604', field: 'spec.secretStoreRef.name' },
  { what: 'a list that is too short', yaml: object('networking.istio.io/v1', 'ServiceEntry', 'spec: { hosts: [] }'), code: 'SM0604', field: 'spec.hosts' },
  { what: 'a pull policy that does not exist', yaml: pod('imagePullPolicy: always'), code: 'SM0604', field: 'spec.template.spec.containers[0].imagePullPolicy' },
  { what: 'a port that does not exist', yaml: pod('ports: [{ containerPort: 80800 }]'), code: 'SM0604', field: 'spec.template.spec.containers[0].ports[0].containerPort' },
  { what: 'a name of a port that is too long', yaml: pod('ports: [{ name: application-metrics, containerPort: 80 }]'), code: 'SM0604', field: 'spec.template.spec.containers[0].ports[0].name' },
  { what: 'a request above the limit', yaml: pod('resources: { requests: { memory: 2Gi }, limits: { memory: 1Gi } }'), code: 'SM0604', field: 'spec.template.spec.containers[0].resources.requests.memory' },
  { what: 'a template without the labels of the selector', yaml: deployment('replicas: 1', container('')).replace('labels: { app: a }', 'labels: { app: b }'), code: 'SM0604', field: 'spec.template.metadata.labels' },
  { what: 'a mount of a volume that is not declared', yaml: pod('volumeMounts: [{ name: data, mountPath: /data }]'), code: 'SM0604', field: 'spec.template.spec.containers[0].volumeMounts[0].name' },
  { what: 'a strategy that does not exist', yaml: workload('strategy: { type: BlueGreen }'), code: 'SM0604', field: 'spec.strategy.type' },
  { what: 'a negative number of replicas', yaml: workload('replicas: -1'), code: 'SM0604', field: 'spec.replicas' },
  { what: 'a schedule with six fields', yaml: object('batch/v1', 'CronJob', `spec: { schedule: "0 0 3 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, ${container('')} } } } } }`), code: 'SM0604', field: 'spec.schedule' },
  { what: 'bounds of an autoscaler in the wrong order', yaml: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }, minReplicas: 5, maxReplicas: 2 }'), code: 'SM0604', field: 'spec.maxReplicas' },
  { what: 'a share of more than all', yaml: object('policy/v1', 'PodDisruptionBudget', 'spec: { minAvailable: 120%, selector: { matchLabels: { app: a } } }'), code: 'SM0604', field: 'spec.minAvailable' },
  { what: 'a range of addresses that is none', yaml: object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/40 } }] }] }'), code: 'SM0604', field: 'spec.ingress[0].from[0].ipBlock.cidr' },
  { what: 'replicas of a custom kind with a scale subresource below zero', yaml: object('argoproj.io/v1alpha1', 'Rollout', 'spec: { replicas: -1, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } } }'), code: 'SM0604', field: 'spec.replicas' },

  // CEL
  { what: 'portLevelMtls without a selector', yaml: object('security.istio.io/v1', 'PeerAuthentication', 'spec: { portLevelMtls: { 8080: { mode: STRICT } } }'), code: 'SM0605', field: 'spec' },
  { what: 'a port out of range as a key', yaml: object('security.istio.io/v1', 'PeerAuthentication', 'spec: { selector: { matchLabels: { app: a } }, portLevelMtls: { 70000: { mode: STRICT } } }'), code: 'SM0605', field: 'spec.portLevelMtls' },
  { what: 'a selector together with target references', yaml: object('security.istio.io/v1', 'AuthorizationPolicy', 'spec: { selector: { matchLabels: { app: a } }, targetRefs: [{ kind: Service, group: "", name: a }] }'), code: 'SM0605', field: 'spec' },
  { what: 'a URL with another scheme', yaml: object('security.istio.io/v1', 'RequestAuthentication', 'spec: { jwtRules: [{ issuer: a, jwksUri: "ftp://a.example.com/keys" }] }'), code: 'SM0605', field: 'spec.jwtRules[0].jwksUri' },
  { what: 'endpoints without resolution', yaml: object('networking.istio.io/v1', 'ServiceEntry', 'spec: { hosts: [a.example.com], ports: [{ number: 80, name: http }], endpoints: [{ address: 192.0.2.1 }] }'), code: 'SM0605', field: 'spec' },
  { what: 'an interval that is too short', yaml: object('networking.istio.io/v1', 'DestinationRule', 'spec: { host: a, trafficPolicy: { outlierDetection: { interval: 1us } } }'), code: 'SM0605', field: 'spec.trafficPolicy.outlierDetection.interval' },
  { what: 'a path of a route with two slashes', yaml: route('matches: [{ path: { type: Exact, value: /a//b } }], backendRefs: [{ name: a, port: 80 }]'), code: 'SM0605', field: 'spec.rules[0].matches[0].path' },
  { what: 'a filter without what its type asks for', yaml: route('filters: [{ type: RequestRedirect }]'), code: 'SM0605', field: 'spec.rules[0].filters[0]' },
  { what: 'a timeout of the backend above that of the request', yaml: route('backendRefs: [{ name: a, port: 80 }], timeouts: { request: 5s, backendRequest: 10s }'), code: 'SM0605', field: 'spec.rules[0].timeouts' },
  { what: 'two listeners of one name', yaml: object('gateway.networking.k8s.io/v1', 'Gateway', 'spec: { gatewayClassName: a, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a.example.com }, { name: b, port: 80, protocol: HTTP, hostname: a.example.com }] }'), code: 'SM0605', field: 'spec.listeners' },
  { what: 'a minimum above the default maximum', yaml: object('keda.sh/v1alpha1', 'ScaledObject', 'spec: { minReplicaCount: 101, scaleTargetRef: { name: a }, triggers: [{ type: cpu, metadata: { value: "50" } }] }'), code: 'SM0605', field: 'spec' },
  { what: 'settings of another update strategy', yaml: object('monitoring.coreos.com/v1', 'Alertmanager', 'spec: { podManagementPolicy: Parallel, updateStrategy: { type: OnDelete, rollingUpdate: { maxUnavailable: 1 } } }'), code: 'SM0605', field: 'spec.updateStrategy' },

  // duplicates
  { what: 'two containers of one name', yaml: deployment('replicas: 1', 'containers: [{ name: a, image: a }, { name: a, image: b }]'), code: 'SM0608', field: 'spec.template.spec.containers[1]' },
  { what: 'an init container of the name of another container', yaml: deployment('replicas: 1', 'initContainers: [{ name: a, image: a }]\n      containers: [{ name: a, image: b }]'), code: 'SM0608', field: 'spec.template.spec.containers[0].name' },
  { what: 'two mounts at one path', yaml: deployment('replicas: 1', `volumes: [{ name: v, emptyDir: {} }]\n      ${container('volumeMounts: [{ name: v, mountPath: /a }, { name: v, mountPath: /a, subPath: b }]')}`), code: 'SM0608', field: 'spec.template.spec.containers[0].volumeMounts[1]' },
  { what: 'two ports of one name', yaml: service('ports: [{ name: a, port: 80 }, { name: a, port: 81 }]'), code: 'SM0608', field: 'spec.ports[1].name' },
  { what: 'two variables of one name', yaml: pod('env: [{ name: A, value: "1" }, { name: A, value: "2" }]'), code: 'SM0608', field: 'spec.template.spec.containers[0].env[1]', onlyApply: true },
  { what: 'two entries of a list-map of a custom kind', yaml: object('gateway.networking.k8s.io/v1', 'Gateway', 'spec: { gatewayClassName: a, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: a, port: 81, protocol: HTTP }] }'), code: 'SM0608', field: 'spec.listeners[1]' },
  { what: 'two entries of a list-map of a custom kind whose key has a default', yaml: route('backendRefs: [{ name: a, port: 80 }], matches: [{ headers: [{ name: a, value: b }, { name: a, value: c }] }]'), code: 'SM0608', field: 'spec.rules[0].matches[0].headers[1]' },

  // names
  { what: 'a name with an underscore', yaml: object('v1', 'ConfigMap', 'data: {}').replace('name: verdict,', 'name: order_settings,'), code: 'SM0610', field: 'metadata.name' },
  { what: 'a name of a Service that begins with a digit', yaml: service('ports: [{ port: 80 }]').replace('name: verdict,', 'name: 2nd,'), code: 'SM0610', field: 'metadata.name' },
  { what: 'a name of a custom kind in upper case', yaml: object('eventing.knative.dev/v1', 'Broker', 'spec: {}').replace('name: verdict,', 'name: Default,'), code: 'SM0610', field: 'metadata.name' },
  { what: 'a value of a label with a space', yaml: object('eventing.knative.dev/v1', 'Broker', 'spec: {}').replace('namespace: verdicts', 'namespace: verdicts, labels: { owner: Team Orders }'), code: 'SM0610', field: 'metadata.labels.owner' },
  { what: 'a key of an annotation with two slashes', yaml: workload('replicas: 1').replace('namespace: verdicts', 'namespace: verdicts, annotations: { a/b/c: d }'), code: 'SM0610', field: "metadata.annotations['a/b/c']" },
  { what: 'a name of a CronJob that leaves no room for its jobs', yaml: object('batch/v1', 'CronJob', `spec: { schedule: 0 3 * * *, jobTemplate: { spec: { template: { spec: { restartPolicy: Never, ${container('')} } } } } }`).replace('name: verdict,', `name: ${'a'.repeat(53)},`), code: 'SM0610', field: 'metadata.name' },
  { what: 'a key of a ConfigMap with a space', yaml: object('v1', 'ConfigMap', 'data: { "order settings": a }'), code: 'SM0610', field: "data['order settings']" },

  // combinations
  { what: 'two ways to match a path', yaml: object('networking.istio.io/v1', 'VirtualService', 'spec: { hosts: [a], http: [{ match: [{ uri: { exact: /a, prefix: /b } }], route: [{ destination: { host: a } }] }] }'), code: 'SM0611', field: 'spec.http[0].match[0].uri' },
  { what: 'two ways to balance load', yaml: object('networking.istio.io/v1', 'DestinationRule', 'spec: { host: a, trafficPolicy: { loadBalancer: { simple: RANDOM, consistentHash: { httpHeaderName: a } } } }'), code: 'SM0611', field: 'spec.trafficPolicy.loadBalancer' },
  { what: 'two probes in one', yaml: pod('livenessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } }'), code: 'SM0611', field: 'spec.template.spec.containers[0].livenessProbe' },
  { what: 'a value and a reference', yaml: pod('env: [{ name: A, value: a, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]'), code: 'SM0611', field: 'spec.template.spec.containers[0].env[0]' },
  { what: 'two sources of a volume', yaml: deployment('replicas: 1', `volumes: [{ name: v, emptyDir: {}, configMap: { name: a } }]\n      ${container('')}`), code: 'SM0611', field: 'spec.template.spec.volumes[0]' },
  { what: 'settings of another strategy', yaml: workload('strategy: { type: Recreate, rollingUpdate: { maxSurge: 1 } }'), code: 'SM0611', field: 'spec.strategy.rollingUpdate' },
  { what: 'both bounds of a disruption budget', yaml: object('policy/v1', 'PodDisruptionBudget', 'spec: { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: { app: a } } }'), code: 'SM0611', field: 'spec' },
  { what: 'a backend without a port', yaml: object('networking.k8s.io/v1', 'Ingress', 'spec: { defaultBackend: { service: { name: a } } }'), code: 'SM0611', field: 'spec.defaultBackend.service.port' },
];

export const NEAR_MISSES: readonly NearMiss[] = [
  { what: 'a number as text where both may stand', yaml: service('ports: [{ port: 80, targetPort: "http" }]') },
  { what: 'a null for a field that need not be there', yaml: workload('replicas: null') },
  { what: 'an amount as a number', yaml: pod('resources: { limits: { cpu: 1, memory: 1e9 } }') },
  { what: 'a share for a count', yaml: workload('strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }') },
  { what: 'any field where all are kept', yaml: object('serving.knative.dev/v1', 'Service', `spec: { template: { metadata: { anything: goes }, spec: { containers: [{ ${IMAGE} }] } } }`) },
  { what: 'a required field that has a default', yaml: route('backendRefs: [{ name: a, port: 80 }], matches: [{ path: { value: /a } }]') },
  { what: 'a service without a port that has no address either', yaml: service('clusterIP: None') },
  { what: 'a single port without a name', yaml: service('ports: [{ port: 80 }]') },
  { what: 'the same port for two protocols', yaml: service('ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }]') },
  { what: 'a job that never restarts its pods', yaml: object('batch/v1', 'Job', `spec: { template: { spec: { restartPolicy: Never, ${container('')} } } }`) },
  { what: 'a schedule with names and steps', yaml: object('batch/v1', 'CronJob', `spec: { schedule: "*/10 0-6 1,15 JAN-MAR MON", timeZone: Europe/Berlin, jobTemplate: { spec: { template: { spec: { restartPolicy: Never, ${container('')} } } } } }`) },
  { what: 'a volume without a source', yaml: deployment('replicas: 1', `volumes: [{ name: v }]\n      ${container('volumeMounts: [{ name: v, mountPath: /a }]')}`) },
  { what: 'a mount of a volume that a claim template declares', yaml: object('apps/v1', 'StatefulSet', `spec: { selector: { matchLabels: { app: a } }, template: { ${POD_META}, spec: { ${container('volumeMounts: [{ name: data, mountPath: /data }]')} } }, volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }] }`) },
  { what: 'a name of a role with a colon', yaml: object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]').replace('name: verdict,', 'name: "system:Verdict",') },
  { what: 'an empty value of a label', yaml: object('v1', 'ConfigMap', 'data: {}').replace('namespace: verdicts', 'namespace: verdicts, labels: { marked: "" }') },
  { what: 'an annotation whose key has capitals', yaml: object('v1', 'ConfigMap', 'data: {}').replace('namespace: verdicts', 'namespace: verdicts, annotations: { Example.com/Key: a }') },
  { what: 'portLevelMtls with a selector', yaml: object('security.istio.io/v1', 'PeerAuthentication', 'spec: { selector: { matchLabels: { app: a } }, portLevelMtls: { 8080: { mode: STRICT } } }') },
  { what: 'a minimum at the default maximum', yaml: object('keda.sh/v1alpha1', 'ScaledObject', 'spec: { minReplicaCount: 100, scaleTargetRef: { name: a }, triggers: [{ type: cpu, metadata: { value: "50" } }] }') },
  { what: 'timeouts in order', yaml: route('backendRefs: [{ name: a, port: 80 }], timeouts: { request: 10s, backendRequest: 5s }') },
  { what: 'two listeners of one port for two hosts', yaml: object('gateway.networking.k8s.io/v1', 'Gateway', 'spec: { gatewayClassName: a, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a.example.com }, { name: b, port: 80, protocol: HTTP, hostname: b.example.com }] }') },
  { what: 'a key that differs in one of its parts', yaml: pod('ports: [{ containerPort: 53 }, { containerPort: 53, protocol: UDP }]') },
  { what: 'one way to match a path', yaml: object('networking.istio.io/v1', 'VirtualService', 'spec: { hosts: [a], http: [{ match: [{ uri: { prefix: /b } }], route: [{ destination: { host: a } }] }] }') },
  { what: 'an older version with the same schema', yaml: object('networking.istio.io/v1beta1', 'DestinationRule', 'spec: { host: a }') },
  { what: 'both values of a probe that a server reads', yaml: pod('readinessProbe: { httpGet: { port: http, scheme: HTTPS }, successThreshold: 2 }, ports: [{ name: http, containerPort: 80 }]') },
];
