import { Fields, fieldsAt, fieldsOf, textOf } from '../values';
import { knativePods } from './knative-pods';
import { Labels, labelsOf } from './labels';
import { PodPort } from './workload';
import { ModelObject } from '../model';

/** Pods that an object makes. */
export interface Pods {
  /** Path of the pod template in the manifest, with a dot at its end unless the object is the pod itself. */
  readonly path: string;
  readonly metadata: Fields;
  readonly spec: Fields;
  /** Labels that a controller adds. */
  readonly addedLabels?: Labels;
  /** Keys of labels that a controller adds with values that nobody knows beforehand. */
  readonly openLabels?: readonly string[];
  /** Says for a few of those which values they may have; all others may have any. */
  readonly mayBe?: Readonly<Record<string, (value: string) => boolean>>;
  readonly addedPorts?: readonly PodPort[];
  /** Whether an operator writes the pods. */
  readonly operated?: boolean;
}

type Reader = (object: ModelObject, name: string) => Pods | undefined;

const JOB_NAMES = ['job-name', 'batch.kubernetes.io/job-name'];
const JOB_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index'];

/**
 * The kinds that make pods, by group and kind. Labels that controllers add: Kubernetes' own from its reference of well-known labels,
 * all others from the source of the operator (Knative, KEDA, Argo Rollouts, Istio, SpinKube, faas-netes, prometheus-operator, opentelemetry-operator).
 */
const KINDS: Readonly<Record<string, Reader>> = {
  '/Pod': object => ({ path: '', metadata: fieldsOf(object.manifest.metadata), spec: fieldsOf(object.manifest.spec) }),
  '/ReplicationController': template(),
  'apps/Deployment': template({ openLabels: ['pod-template-hash'] }),
  'apps/ReplicaSet': template({ openLabels: ['pod-template-hash'] }),
  'apps/DaemonSet': template({ openLabels: ['controller-revision-hash', 'pod-template-generation'] }),
  'apps/StatefulSet': template({ openLabels: ['controller-revision-hash', 'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'] }),
  'apps.openshift.io/DeploymentConfig': (object, name) => template({ addedLabels: { deploymentconfig: name }, openLabels: ['deployment'] })(object, name),
  'batch/Job': (object, name) => template({
    addedLabels: { 'job-name': name, 'batch.kubernetes.io/job-name': name },
    openLabels: JOB_LABELS,
  })(object, name),
  'batch/CronJob': at(['spec', 'jobTemplate', 'spec', 'template'], { openLabels: [...JOB_NAMES, ...JOB_LABELS] }),
  'sinks.knative.dev/JobSink': at(['spec', 'job', 'spec', 'template'], { openLabels: [...JOB_NAMES, ...JOB_LABELS] }),
  'keda.sh/ScaledJob': (object, name) => at(['spec', 'jobTargetRef', 'template'], {
    addedLabels: { 'scaledjob.keda.sh/name': name },
    openLabels: [...JOB_NAMES, ...JOB_LABELS],
  })(object, name),
  'serving.knative.dev/Service': (object, name) => ({
    ...at(['spec', 'template'])(object, name)!,
    ...knativePods(fieldsAt(object.manifest, 'spec', 'template', 'metadata'), { service: name, configuration: name }),
  }),
  'serving.knative.dev/Configuration': (object, name) => ({
    ...at(['spec', 'template'])(object, name)!,
    ...knativePods(fieldsAt(object.manifest, 'spec', 'template', 'metadata'), { configuration: name }),
  }),
  'serving.knative.dev/Revision': (object, name) => ({
    path: '',
    metadata: fieldsOf(object.manifest.metadata),
    spec: fieldsOf(object.manifest.spec),
    ...knativePods(fieldsOf(object.manifest.metadata), { revision: name }),
  }),
  'sources.knative.dev/ContainerSource': (object, name) => template({
    addedLabels: { 'sources.knative.dev/source': 'container-source-controller', 'sources.knative.dev/containerSource': name },
  })(object, name),
  'argoproj.io/Rollout': (object, name) => textOf(fieldsAt(object.manifest, 'spec', 'workloadRef').name) === undefined
    ? template({ openLabels: ['rollouts-pod-template-hash', ...phaseLabels(object)] })(object, name)
    // the pods are those of the object that it refers to
    : undefined,
  'core.spinkube.dev/SpinApp': (object, name) => operated(labelsOf(fieldsOf(object.manifest.spec).podLabels), {
    'core.spinkube.dev/app-name': name,
    [`core.spinkube.dev/app.${name}.status`]: 'ready',
  }, [{ name: 'http-app', number: 80 }]),
  'openfaas.com/Function': (object, name) => operated(labelsOf(fieldsOf(object.manifest.spec).labels), { faas_function: name }, [{ name: 'http', number: 8080 }]),
  'gateway.networking.k8s.io/Gateway': (object, name) => isIstioGateway(object)
    ? operated(labelsOf(fieldsAt(object.manifest, 'spec', 'infrastructure').labels), {
      'gateway.networking.k8s.io/gateway-name': name,
      'gateway.networking.k8s.io/gateway-class-name': textOf(fieldsOf(object.manifest.spec).gatewayClassName) ?? '',
      'gateway.istio.io/managed': 'istio.io-gateway-controller',
    }, [{ name: 'http-envoy-prom', number: 15020 }])
    : undefined,
  'monitoring.coreos.com/Prometheus': (object, name) => prometheusPods(object, name, 'prometheus', 9090),
  'monitoring.coreos.com/PrometheusAgent': (object, name) => prometheusPods(object, name, 'prometheus-agent', 9090),
  'monitoring.coreos.com/Alertmanager': (object, name) => prometheusPods(object, name, 'alertmanager', 9093),
  'monitoring.coreos.com/ThanosRuler': (object, name) => prometheusPods(object, name, 'thanos-ruler', 10902),
  'opentelemetry.io/OpenTelemetryCollector': (object, name) => operated(labelsOf(object.manifest.metadata.labels), {
    'app.kubernetes.io/managed-by': 'opentelemetry-operator',
    'app.kubernetes.io/instance': `${object.namespace}.${name}`,
    'app.kubernetes.io/part-of': 'opentelemetry',
    'app.kubernetes.io/component': 'opentelemetry-collector',
    'app.kubernetes.io/name': `${name}-collector`,
  }, [], ['app.kubernetes.io/version']),
  'networking.istio.io/WorkloadEntry': object => ({ ...operated(labelsOf(fieldsOf(object.manifest.spec).labels), {}), spec: fieldsOf(object.manifest.spec) }),
  'networking.istio.io/WorkloadGroup': object => operated(labelsOf(fieldsAt(object.manifest, 'spec', 'metadata').labels), {}),
};

/** The pods that an object makes; none where its kind makes none. */
export function podsOf(object: ModelObject): Pods | undefined {
  const reader = KINDS[`${object.group}/${object.manifest.kind}`];
  return reader === undefined ? undefined : reader(object, object.name ?? '');
}

/** Whether Istio runs the pods of a Gateway of the Gateway API. */
export function isIstioGateway(gateway: ModelObject): boolean {
  return (textOf(fieldsOf(gateway.manifest.spec).gatewayClassName) ?? '').startsWith('istio');
}

function template(extra: Partial<Pods> = {}): Reader {
  return at(['spec', 'template'], extra);
}

function at(keys: readonly string[], extra: Partial<Pods> = {}): Reader {
  const path = keys.map(key => `${key}.`).join('');
  return object => {
    const body = fieldsAt(object.manifest, ...keys);
    return { path, metadata: fieldsOf(body.metadata), spec: fieldsOf(body.spec), ...extra };
  };
}

/** Labels that a Rollout gives its pods while they are the new or the old ones. */
function phaseLabels(rollout: ModelObject): string[] {
  const { canary, blueGreen } = fieldsAt(rollout.manifest, 'spec', 'strategy');
  return ['canaryMetadata', 'stableMetadata', 'activeMetadata', 'previewMetadata']
    .flatMap(phase => [fieldsOf(canary)[phase], fieldsOf(blueGreen)[phase]])
    .flatMap(metadata => Object.keys(fieldsOf(fieldsOf(metadata).labels)));
}

function operated(own: Labels, added: Labels, addedPorts: readonly PodPort[] = [], openLabels: readonly string[] = []): Pods {
  return { path: '', metadata: { labels: own }, spec: {}, addedLabels: added, addedPorts, openLabels, operated: true };
}

function prometheusPods(object: ModelObject, name: string, kind: string, port: number): Pods {
  const own = labelsOf(fieldsAt(object.manifest, 'spec', 'podMetadata').labels);
  return operated(own, {
    'app.kubernetes.io/name': kind,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/instance': name,
    [kind]: name,
  }, [{ name: textOf(fieldsOf(object.manifest.spec).portName) ?? 'web', number: port }],
  ['app.kubernetes.io/version', 'operator.prometheus.io/name', 'operator.prometheus.io/shard', 'operator.prometheus.io/mode']);
}
