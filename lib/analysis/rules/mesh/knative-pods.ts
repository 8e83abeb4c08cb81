import { entries, fields, labels, text } from './shape';
import { ManifestModel, ModelObject } from '../../model';

export const SERVICE_LABEL = 'serving.knative.dev/service';
const KNATIVE_PREFIX = 'serving.knative.dev/';

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

export function knativePods(model: ManifestModel): KnativePods[] {
  return knativeServices(model).flatMap(object => {
    const service = text(object.manifest.metadata?.name);
    if (service === undefined) return [];
    const template = fields(fields(object.manifest.spec).template);
    const metadata = fields(template.metadata);
    const ports = entries(fields(template.spec).containers).flatMap(container => entries(container.ports)).map(port => port.containerPort);
    return [{
      service,
      namespace: text(object.manifest.metadata.namespace) ?? 'default',
      labels: { ...labels(metadata.labels), [SERVICE_LABEL]: service },
      annotations: labels(metadata.annotations),
      appPort: ports.find((port): port is number => typeof port === 'number') ?? 8080,
    }];
  });
}

/** Whether a selector chooses these pods, or may: Knative adds labels that change with every revision. */
export function maySelect(selector: Readonly<Record<string, string>>, pods: KnativePods): boolean {
  return Object.entries(selector).every(([key, value]) => {
    const known = pods.labels[key];
    if (known !== undefined) return known === value;
    return key.startsWith(KNATIVE_PREFIX) || (key === 'app' && value.startsWith(`${pods.service}-`));
  });
}
