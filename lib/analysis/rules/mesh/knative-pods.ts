import { ManifestModel, ModelObject } from '../../model';
import { fieldsOf, mapsOf, textMapOf } from '../../values';
import { mapSelector, workloadsOf } from '../../workloads';

export const SERVICE_LABEL = 'serving.knative.dev/service';

/** The pods of a Knative service as policies see them. */
export interface KnativePods {
  readonly service: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  /** Port of the app, which no policy ever sees. */
  readonly appPort: number;
}

export function knativeServices(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('serving.knative.dev', 'Service');
}

export function knativePods(model: ManifestModel): readonly KnativePods[] {
  return [...model.derived(readPods).values()];
}

/** Pods of Knative services that a selector chooses, or may: Knative adds labels that change with every revision. */
export function knativePodsSelectedBy(model: ManifestModel, selector: Readonly<Record<string, string>>, namespace?: string): readonly KnativePods[] {
  const answers = model.derived(selections);
  const key = JSON.stringify([namespace, selector]);
  let selected = answers.get(key);
  if (!selected) {
    const pods = model.derived(readPods);
    selected = workloadsOf(model).selectedBy(mapSelector(selector), namespace).flatMap(workload => pods.get(workload.object) ?? []);
    answers.set(key, selected);
  }
  return selected;
}

/** Several policies often select the same pods. */
function selections(): Map<string, readonly KnativePods[]> {
  return new Map();
}

function readPods(model: ManifestModel): Map<ModelObject, KnativePods> {
  return new Map(knativeServices(model).filter(object => object.name !== undefined).map(object => {
    const template = fieldsOf(fieldsOf(object.manifest.spec).template);
    const metadata = fieldsOf(template.metadata);
    const ports = mapsOf(fieldsOf(template.spec).containers).flatMap(container => mapsOf(container.ports)).map(port => port.containerPort);
    return [object, {
      service: object.name!,
      namespace: object.namespace ?? 'default',
      labels: { ...textMapOf(metadata.labels), [SERVICE_LABEL]: object.name! },
      annotations: textMapOf(metadata.annotations),
      appPort: ports.find((port): port is number => typeof port === 'number') ?? 8080,
    }];
  }));
}
