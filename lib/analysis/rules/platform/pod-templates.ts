import { ManifestModel, ModelObject } from '../../model';
import { Fields, fieldsOf, textMapOf } from '../../values';

/** What a workload says of its pods. */
export interface PodTemplate {
  readonly object: ModelObject;
  /** Path of the template in the manifest, with a dot at its end unless the object is the pod itself. */
  readonly path: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly spec: Fields;
}

const TEMPLATES: Record<string, string[]> = {
  '/Pod': [],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'serving.knative.dev/Service': ['spec', 'template'],
  'serving.knative.dev/Configuration': ['spec', 'template'],
};

export function podTemplates(model: ManifestModel): readonly PodTemplate[] {
  return model.derived(readTemplates);
}

function readTemplates(model: ManifestModel): PodTemplate[] {
  return model.objects.flatMap(object => {
    const keys = TEMPLATES[`${object.group}/${object.manifest.kind}`];
    if (keys === undefined) return [];
    const template = keys.reduce((value, key) => fieldsOf(value[key]), fieldsOf(object.manifest));
    const metadata = fieldsOf(template.metadata);
    return [{
      object,
      path: keys.map(key => `${key}.`).join(''),
      labels: textMapOf(metadata.labels),
      annotations: textMapOf(metadata.annotations),
      spec: fieldsOf(template.spec),
    }];
  });
}
