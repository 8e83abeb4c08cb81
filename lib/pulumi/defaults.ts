import { IConstruct } from 'constructs';
import { ResourceSettings } from './options';
import { Manifest, groupOf } from 'cdk8s-serverless-mesh/analysis';

/** Fields that webhooks of Knative refuse to change (`CheckImmutableFields` of each kind). */
const IMMUTABLE: Readonly<Record<string, string[]>> = {
  'eventing.knative.dev/Broker': ['metadata.annotations["eventing.knative.dev/broker.class"]', 'spec.config'],
  'eventing.knative.dev/Trigger': ['spec.broker'],
  'eventing.knative.dev/KafkaSink': ['spec.topic', 'spec.numPartitions', 'spec.replicationFactor'],
  'messaging.knative.dev/Channel': ['spec.channelTemplate'],
  'messaging.knative.dev/Subscription': ['spec.channel'],
  'messaging.knative.dev/KafkaChannel': ['spec.numPartitions', 'spec.replicationFactor', 'spec.retentionDuration'],
};

/** Kinds with a condition Ready that says that the object works; Pulumi by itself waits for no custom resource. */
const READY = new Set([
  'serving.knative.dev/Service', 'serving.knative.dev/DomainMapping', 'serving.knative.dev/Route', 'serving.knative.dev/Configuration',
  'eventing.knative.dev/Broker', 'eventing.knative.dev/Trigger', 'eventing.knative.dev/KafkaSink',
  'messaging.knative.dev/Channel', 'messaging.knative.dev/Subscription', 'messaging.knative.dev/KafkaChannel', 'messaging.knative.dev/InMemoryChannel',
  'flows.knative.dev/Sequence', 'flows.knative.dev/Parallel',
  'sources.knative.dev/ApiServerSource', 'sources.knative.dev/ContainerSource', 'sources.knative.dev/KafkaSource', 'sources.knative.dev/PingSource',
  'sources.knative.dev/SinkBinding', 'sources.knative.dev/IntegrationSource', 'sinks.knative.dev/JobSink', 'sinks.knative.dev/IntegrationSink',
]);

/** What is right for an object unless somebody says otherwise. */
export function defaultsFor(manifest: Manifest, construct: IConstruct, owned: ReadonlyMap<string, readonly string[]>): ResourceSettings {
  const kind = `${groupOf(manifest.apiVersion)}/${manifest.kind}`;
  const ignoreChanges = [...owned.get(ownerKey(manifest.kind, manifest.metadata.namespace, manifest.metadata.name)) ?? [], ...ownedElsewhere(construct)];
  return {
    ...IMMUTABLE[kind] ? { replaceOnChanges: [...IMMUTABLE[kind]] } : {},
    ...READY.has(kind) ? { waitFor: 'condition=Ready' } : {},
    ...ignoreChanges.length > 0 ? { ignoreChanges } : {},
  };
}

/** The fields of each workload that an autoscaler of the app owns, by kind, namespace and name. */
export function ownedFields(manifests: Iterable<Manifest>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const manifest of manifests) {
    const target = targetOf(manifest);
    if (typeof target?.name === 'string') found.set(ownerKey(target.kind ?? 'Deployment', manifest.metadata.namespace, target.name), ['spec.replicas']);
  }
  return found;
}

function targetOf(manifest: Manifest): { kind?: string; name?: string } | undefined {
  switch (`${groupOf(manifest.apiVersion)}/${manifest.kind}`) {
    case 'autoscaling/HorizontalPodAutoscaler':
    case 'keda.sh/ScaledObject': return manifest.spec?.scaleTargetRef;
    case 'flagger.app/Canary': return manifest.spec?.targetRef;
    default: return undefined;
  }
}

/** Constructs say themselves which fields they leave to others, as a traffic block that Flagger moves. */
function ownedElsewhere(construct: IConstruct): string[] {
  const owner = construct.node.scope as (IConstruct & { _externallyOwnedFields?: () => string[] }) | undefined;
  return owner?.node.defaultChild === construct ? (owner._externallyOwnedFields?.() ?? []).map(propertyPath) : [];
}

/** A JSON pointer as Pulumi spells it. */
export function propertyPath(pointer: string): string {
  return pointer.split('/').slice(1).map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => /^[A-Za-z_]\w*$/.test(part) ? path === '' ? part : `${path}.${part}` : `${path}[${/^\d+$/.test(part) ? part : JSON.stringify(part)}]`, '');
}

function ownerKey(kind: string, namespace: string | undefined, name: string | undefined): string {
  return `${kind}/${namespace ?? ''}/${name ?? ''}`;
}
