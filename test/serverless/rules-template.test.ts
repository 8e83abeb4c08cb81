import { Duration } from 'cdk8s';
import { CONTAINER, findings, object, only, Parts, service } from './rules';
import { ClusterProfileProps, FeatureState, ServingFeature, Severity } from '../../lib';
import { Json } from '../support';

const SPEC = 'spec.template.spec';

describe('bounds that the cluster sets', () => {
  test.each([[-1, {}, 1], [1001, {}, 1], [1.5, {}, 1], ['10', {}, 1], [0, {}, 0], [1000, {}, 0],
    [0, { allowUnlimitedConcurrency: false }, 1], [1500, { maxContainerConcurrency: 2000 }, 0]])('container concurrency %p under %j', (value, revision, count) => {
    const found = only('SM0125', service({ spec: { containerConcurrency: value } }), { revision });
    expect(found.map(({ field }) => field)).toEqual(Array(count).fill(`${SPEC}.containerConcurrency`));
  });

  test.each([[601, {}, 1], [-1, {}, 1], [30.5, {}, 1], [600, {}, 0], [0, {}, 0], [1800, { maxTimeout: Duration.minutes(60) }, 0]])('timeout %p under %j', (value, revision, count) => {
    const found = only('SM0126', service({ spec: { timeoutSeconds: value } }), { revision });
    expect(found.map(({ field }) => field)).toEqual(Array(count).fill(`${SPEC}.timeoutSeconds`));
  });

  test.each([
    [{ timeoutSeconds: 30, responseStartTimeoutSeconds: 31 }, 'responseStartTimeoutSeconds'],
    [{ timeoutSeconds: 30, idleTimeoutSeconds: 60 }, 'idleTimeoutSeconds'],
    [{ idleTimeoutSeconds: 301 }, 'idleTimeoutSeconds'],
    [{ idleTimeoutSeconds: -5 }, 'idleTimeoutSeconds'],
  ])('warns of a timer that never strikes: %j', (spec, field) => {
    expect(only('SM0127', service({ spec }))).toMatchObject([{ severity: Severity.WARNING, field: `${SPEC}.${field}` }]);
  });

  test('takes timers within the timeout', () => {
    expect(findings(object(service({ spec: { timeoutSeconds: 30, responseStartTimeoutSeconds: 30, idleTimeoutSeconds: 10 } })))).toEqual([]);
  });
});

describe('fields of a pod that Knative does not take', () => {
  test.each<[string, Parts]>([
    [`${SPEC}.restartPolicy`, { spec: { restartPolicy: 'Always' } }],
    [`${SPEC}.terminationGracePeriodSeconds`, { spec: { terminationGracePeriodSeconds: 0 } }],
    [`${SPEC}.nodeName`, { spec: { nodeName: 'worker-1' } }],
    [`${SPEC}.automountServiceAccountToken`, { spec: { automountServiceAccountToken: true } }],
    [`${CONTAINER}.lifecycle`, { container: { lifecycle: { preStop: {} } } }],
    [`${CONTAINER}.tty`, { container: { tty: true } }],
    [`${CONTAINER}.ports[0].hostPort`, { container: { ports: [{ containerPort: 8080, hostPort: 80 }] } }],
    [`${CONTAINER}.securityContext.privileged`, { container: { securityContext: { privileged: true } } }],
    [`${CONTAINER}.securityContext.procMount`, { container: { securityContext: { procMount: 'Default' } } }],
    [`${CONTAINER}.resources.claims`, { container: { resources: { claims: [{ name: 'gpu' }] } } }],
  ])('refuses %s', (field, parts) => {
    expect(only('SM0128', service(parts))).toMatchObject([{ field }]);
  });

  test('takes fields that say what holds anyway', () => {
    const parts = {
      spec: { automountServiceAccountToken: false, enableServiceLinks: false, restartPolicy: '', imagePullSecrets: [{ name: 'pull' }], hostNetwork: false },
      container: { stdin: false, workingDir: '/app', imagePullPolicy: 'Always', securityContext: { privileged: false } },
    };
    expect(findings(object(service(parts)))).toEqual([]);
  });
});

describe('fields behind a feature flag', () => {
  const mounted = (source: Json, mount: Json = {}): Parts => ({
    spec: { volumes: [{ name: 'v', ...source }] }, container: { volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] },
  });
  const sidecar = (probes: Json): Parts => ({
    spec: { containers: [{ image: 'a1:1', ports: [{ containerPort: 8080 }] }, { image: 'b1:1', ...probes }] },
  });

  test.each<[field: string, parts: Parts, feature: ServingFeature, member: string]>([
    [`${SPEC}.affinity`, { spec: { affinity: {} } }, ServingFeature.AFFINITY, 'AFFINITY'],
    [`${SPEC}.dnsPolicy`, { spec: { dnsPolicy: 'Default' } }, ServingFeature.DNS_POLICY, 'DNS_POLICY'],
    [`${SPEC}.hostNetwork`, { spec: { hostNetwork: true } }, ServingFeature.HOST_NETWORK, 'HOST_NETWORK'],
    [`${SPEC}.nodeSelector`, { spec: { nodeSelector: { pool: 'gpu' } } }, ServingFeature.NODE_SELECTOR, 'NODE_SELECTOR'],
    [`${SPEC}.priorityClassName`, { spec: { priorityClassName: 'high' } }, ServingFeature.PRIORITY_CLASS_NAME, 'PRIORITY_CLASS_NAME'],
    [`${SPEC}.shareProcessNamespace`, { spec: { shareProcessNamespace: false } }, ServingFeature.SHARE_PROCESS_NAMESPACE, 'SHARE_PROCESS_NAMESPACE'],
    [`${SPEC}.tolerations`, { spec: { tolerations: [{ operator: 'Exists' }] } }, ServingFeature.TOLERATIONS, 'TOLERATIONS'],
    [`${SPEC}.securityContext`, { spec: { securityContext: { fsGroup: 1000 } } }, ServingFeature.SECURITY_CONTEXT, 'SECURITY_CONTEXT'],
    [`${SPEC}.initContainers`, { spec: { initContainers: [{ image: 'a1:1' }] } }, ServingFeature.INIT_CONTAINERS, 'INIT_CONTAINERS'],
    [`${CONTAINER}.env[0].valueFrom.fieldRef`, { container: { env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] } }, ServingFeature.FIELD_REF, 'FIELD_REF'],
    [`${CONTAINER}.securityContext.capabilities.add`, { container: { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } } },
      ServingFeature.ADD_CAPABILITIES, 'ADD_CAPABILITIES'],
    [`${SPEC}.volumes[0].persistentVolumeClaim`, mounted({ persistentVolumeClaim: { claimName: 'c', readOnly: true } }, { readOnly: true }),
      ServingFeature.PERSISTENT_VOLUME_CLAIM, 'PERSISTENT_VOLUME_CLAIM'],
    [`${SPEC}.volumes[0].image`, mounted({ image: { reference: 'models:1' } }), ServingFeature.IMAGE_VOLUMES, 'IMAGE_VOLUMES'],
    [`${SPEC}.volumes[0].hostPath`, mounted({ hostPath: { path: '/data' } }), ServingFeature.HOST_PATH_VOLUMES, 'HOST_PATH_VOLUMES'],
    [`${CONTAINER}.volumeMounts[0].mountPropagation`, mounted({ emptyDir: {} }, { mountPropagation: 'HostToContainer' }), ServingFeature.MOUNT_PROPAGATION, 'MOUNT_PROPAGATION'],
    ['spec.template.spec.containers[1].livenessProbe', sidecar({ livenessProbe: { httpGet: { port: 1 } } }), ServingFeature.MULTI_CONTAINER_PROBING, 'MULTI_CONTAINER_PROBING'],
  ])('refuses %s until the flag is declared', (field, parts, feature, member) => {
    expect(only('SM0129', service(parts))).toMatchObject([{
      field, reason: expect.stringContaining(`${feature.key}, which is disabled`), fix: expect.stringContaining(`ServingFeature.${member}.enabled()`),
    }]);
    expect(findings(object(service(parts), { servingFeatures: [feature.enabled()] }))).toEqual([]);
  });

  test('names the ConfigMap that has to change, in the namespace of the cluster', () => {
    const [{ fix }] = only('SM0129', service({ spec: { affinity: {} } }), { knativeServingNamespace: 'serverless' });
    expect(fix).toContain('set kubernetes.podspec-affinity: enabled in ConfigMap config-features of serverless');
  });

  test('is content with `allowed` for fields of the pod, and not for volumes and init containers', () => {
    const allowed = (feature: ServingFeature): ClusterProfileProps => ({ servingFeatures: [feature.allowed()] });
    expect(only('SM0129', service({ spec: { affinity: {} } }), allowed(ServingFeature.AFFINITY))).toEqual([]);
    expect(only('SM0129', service({ spec: { initContainers: [{ image: 'a1:1' }] } }), allowed(ServingFeature.INIT_CONTAINERS))).toHaveLength(1);
    expect(only('SM0129', service(mounted({ image: { reference: 'models:1' } })), allowed(ServingFeature.IMAGE_VOLUMES))).toHaveLength(1);
  });

  test('lets a claim be written to with a flag of its own', () => {
    const parts = mounted({ persistentVolumeClaim: { claimName: 'c' } });
    const reading = { servingFeatures: [ServingFeature.PERSISTENT_VOLUME_CLAIM.enabled()] };
    expect(only('SM0129', service(parts), reading)).toMatchObject([{
      field: `${SPEC}.volumes[0].persistentVolumeClaim.readOnly`, reason: expect.stringContaining('a claim that may be written to'),
    }]);
  });

  test('refuses what is on by default where the cluster switched it off', () => {
    expect(only('SM0129', service(mounted({ emptyDir: {} })), { servingFeatures: [ServingFeature.EMPTY_DIR_VOLUMES.disabled()] }))
      .toMatchObject([{ field: `${SPEC}.volumes[0].emptyDir` }]);
    expect(only('SM0129', service(sidecar({})), { servingFeatures: [ServingFeature.MULTI_CONTAINER.disabled()] }))
      .toMatchObject([{ field: `${SPEC}.containers`, value: '2' }]);
  });

  test('lets secure defaults be opted out of', () => {
    const secure = { servingFeatures: [{ key: ServingFeature.SECURE_POD_DEFAULTS.key, state: FeatureState.ALLOW_ROOT_BOUNDED }] };
    expect(only('SM0129', service({ spec: { securityContext: { seccompProfile: { type: 'Unconfined' } } } }), secure)).toEqual([]);
    expect(only('SM0129', service({ spec: { securityContext: { fsGroup: 1 } } }), secure)).toHaveLength(1);
    expect(only('SM0129', service({ container: { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } } }), secure)).toEqual([]);
    expect(only('SM0129', service({ container: { securityContext: { capabilities: { add: ['SYS_TIME'] } } } }), secure)).toHaveLength(1);
  });
});

describe('probes', () => {
  test.each<[string, Json, string, RegExp]>([
    ['two questions', { readinessProbe: { httpGet: { path: '/' }, tcpSocket: {} } }, 'readinessProbe', /one thing/],
    ['a liveness probe that asks nothing', { livenessProbe: { periodSeconds: 5 } }, 'livenessProbe', /what to ask/],
    ['a named port that is not the service\'s', { readinessProbe: { httpGet: { port: 'admin' } } }, 'readinessProbe.httpGet.port', /one port, which is called http/],
    ['a timeout without a period', { readinessProbe: { tcpSocket: {}, timeoutSeconds: 2 } }, 'readinessProbe.timeoutSeconds', /own rhythm/],
    ['a failure threshold without a period', { readinessProbe: { failureThreshold: 2 } }, 'readinessProbe.failureThreshold', /own rhythm/],
    ['a negative period', { readinessProbe: { periodSeconds: -1 } }, 'readinessProbe.periodSeconds', /at least 0/],
    ['half a second', { readinessProbe: { periodSeconds: 0.5 } }, 'readinessProbe.periodSeconds', /whole number/],
    ['no success needed', { readinessProbe: { successThreshold: -1 } }, 'readinessProbe.successThreshold', /at least 1/],
  ])('refuses %s', (_, container, field, reason) => {
    expect(only('SM0130', service({ container }))).toMatchObject([{ field: `${CONTAINER}.${field}`, reason: expect.stringMatching(reason) }]);
  });

  test.each<[string, Json]>([
    ['a readiness probe without a handler, which is TCP', { readinessProbe: { initialDelaySeconds: 3 } }],
    ['a probe with its own period', { readinessProbe: { grpc: {}, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 5 } }],
    ['the port by its name', { ports: [{ name: 'h2c', containerPort: 8080 }], livenessProbe: { tcpSocket: { port: 'h2c' } } }],
    ['a startup probe', { startupProbe: { exec: { command: ['true'] } } }],
  ])('takes %s', (_, container) => {
    expect(findings(object(service({ container })))).toEqual([]);
  });

  test('wants a port from a container that does not serve', () => {
    const spec = { containers: [{ image: 'a1:1', ports: [{ containerPort: 8080 }] }, { image: 'b1:1', livenessProbe: { httpGet: { path: '/' } } }] };
    const probing = { servingFeatures: [ServingFeature.MULTI_CONTAINER_PROBING.enabled()] };
    expect(only('SM0130', service({ spec }), probing)).toMatchObject([{ field: 'spec.template.spec.containers[1].livenessProbe.httpGet.port' }]);
  });
});
