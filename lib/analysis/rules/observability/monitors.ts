import { isMap, listOf, mapOf, textOf, textsOf } from './values';
import { ManifestModel, ModelObject } from '../../model';

/** One endpoint of a PodMonitor or a ServiceMonitor. */
export interface Endpoint {
  readonly monitor: ModelObject;
  readonly field: string;
  readonly body: Record<string, unknown>;
}

const KINDS = new Map([['PodMonitor', 'podMetricsEndpoints'], ['ServiceMonitor', 'endpoints']]);

export function monitors(model: ManifestModel): ModelObject[] {
  return [...KINDS.keys()].flatMap(kind => model.ofKind('monitoring.coreos.com', kind));
}

/** Every endpoint of every monitor. */
export function endpointsOf(model: ManifestModel): Endpoint[] {
  return monitors(model).flatMap(monitor => {
    const list = KINDS.get(monitor.manifest.kind)!;
    return listOf(monitor.manifest.spec?.[list]).flatMap((body, index) => isMap(body) ? [{ monitor, field: `spec.${list}[${index}]`, body }] : []);
  });
}

/** Whether an endpoint means a port, by its name or by its number. */
export function isPort(endpoint: Endpoint, name: string, number: number): boolean {
  const { port, portNumber, targetPort } = endpoint.body;
  return port === name || portNumber === number || targetPort === number || targetPort === name;
}

/** Pods of a Knative service as monitors see them. */
export interface KnativePods {
  readonly service: ModelObject;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

export function knativePods(model: ManifestModel): KnativePods[] {
  return model.ofKind('serving.knative.dev', 'Service').map(service => {
    const template = mapOf(mapOf(service.manifest.spec?.template).metadata);
    const name = textOf(service.manifest.metadata?.name) ?? '';
    return {
      service,
      name,
      namespace: textOf(service.manifest.metadata?.namespace) ?? 'default',
      labels: { ...textsOf(template.labels), 'serving.knative.dev/service': name },
      annotations: textsOf(template.annotations),
    };
  });
}

/** Whether a monitor selects pods of a namespace with these labels. Labels that Knative adds per revision are not known. */
export function selects(monitor: ModelObject, namespace: string, labels: Record<string, string>): boolean {
  return selectsNamespace(monitor, namespace) && selectsLabels(monitor.manifest.spec?.selector, labels);
}

function selectsNamespace(monitor: ModelObject, namespace: string): boolean {
  const selector = mapOf(monitor.manifest.spec?.namespaceSelector);
  if (selector.any === true) return true;
  const names = listOf(selector.matchNames);
  return names.length > 0 ? names.includes(namespace) : (monitor.manifest.metadata?.namespace ?? 'default') === namespace;
}

function selectsLabels(selector: unknown, labels: Record<string, string>): boolean {
  const { matchLabels, matchExpressions } = mapOf(selector);
  return Object.entries(mapOf(matchLabels)).every(([key, value]) => labels[key] === value)
    && listOf(matchExpressions).every(expression => matches(mapOf(expression), labels));
}

function matches({ key, operator, values }: Record<string, unknown>, labels: Record<string, string>): boolean {
  const value = labels[textOf(key) ?? ''];
  switch (operator) {
    case 'In': return value !== undefined && listOf(values).includes(value);
    case 'NotIn': return value === undefined || !listOf(values).includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
