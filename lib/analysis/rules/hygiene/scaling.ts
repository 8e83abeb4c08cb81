import { ManifestModel, ModelObject } from '../../model';
import { fieldsOf, numberOf, textOf, Workload } from '../../workloads';

/** What changes the number of a workload's pods. */
export interface Autoscaler {
  readonly object: ModelObject;
  /** Fewest pods; undefined where nothing is said. */
  readonly min?: number;
  readonly max?: number;
  /** Where the fewest stand. */
  readonly minField: string;
}

/** Kinds that have a number of pods. */
export const REPLICATED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'DeploymentConfig', 'Rollout'];

/** How many pods a workload has at least, by itself; one where nothing is said. */
export function writtenReplicas({ object }: Workload): number {
  return numberOf(fieldsOf(object.manifest.spec).replicas) ?? 1;
}

/** The autoscaler of a workload. */
export function autoscalerOf(model: ManifestModel, { object, namespace, name }: Workload): Autoscaler | undefined {
  return model.derived(readAutoscalers).get(key(namespace, object.manifest.kind, name));
}

function readAutoscalers(model: ManifestModel): Map<string, Autoscaler> {
  const found = new Map<string, Autoscaler>();
  for (const object of model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    const spec = fieldsOf(object.manifest.spec);
    const target = fieldsOf(spec.scaleTargetRef);
    found.set(key(object.namespace, textOf(target.kind) ?? '', textOf(target.name) ?? ''), {
      object, min: numberOf(spec.minReplicas), max: numberOf(spec.maxReplicas), minField: 'spec.minReplicas',
    });
  }
  for (const object of model.ofKind('keda.sh', 'ScaledObject')) {
    const spec = fieldsOf(object.manifest.spec);
    const target = fieldsOf(spec.scaleTargetRef);
    found.set(key(object.namespace, textOf(target.kind) ?? 'Deployment', textOf(target.name) ?? ''), {
      object, min: numberOf(spec.minReplicaCount) ?? 0, max: numberOf(spec.maxReplicaCount), minField: 'spec.minReplicaCount',
    });
  }
  return found;
}

function key(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}
