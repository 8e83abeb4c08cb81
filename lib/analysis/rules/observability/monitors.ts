import { ManifestModel, ModelObject } from '../../model';
import { fieldsOf, isMap, listOf, stringOf, textMapOf } from '../../values';

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

/** Pods of Knative services that a monitor selects. Labels that Knative adds per revision are not known. */
export function selectedPods(model: ManifestModel, monitor: ModelObject): readonly KnativePods[] {
  const { selector, namespaceSelector } = fieldsOf(monitor.manifest.spec);
  const { any, matchNames } = fieldsOf(namespaceSelector);
  const names = listOf(matchNames).length > 0 ? listOf(matchNames).map(stringOf) : [monitor.namespace];
  const answers = model.derived(selections);
  const key = JSON.stringify([any === true || names, selector]);
  const selected = answers.get(key) ?? select(model.derived(podIndex), any === true ? undefined : names, selector);
  answers.set(key, selected);
  return selected;
}

/** Several monitors often select the same pods. */
function selections(): Map<string, readonly KnativePods[]> {
  return new Map();
}

function select(index: PodIndex, names: readonly (string | undefined)[] | undefined, selector: unknown): KnativePods[] {
  const namespaces = names?.map(name => index.byNamespace.get(name ?? '') ?? []) ?? [...index.byNamespace.values()];
  return namespaces.filter(pods => pods.length > 0)
    .flatMap(pods => candidates(index, pods, selector).filter(({ labels }) => selectsLabels(selector, labels)));
}

interface PodIndex {
  readonly byNamespace: Map<string, KnativePods[]>;
  readonly byLabel: Map<string, KnativePods[]>;
}

function podIndex(model: ManifestModel): PodIndex {
  const byNamespace = new Map<string, KnativePods[]>();
  const byLabel = new Map<string, KnativePods[]>();
  for (const pods of model.ofKind('serving.knative.dev', 'Service').map(podsOf)) {
    push(byNamespace, pods.namespace, pods);
    for (const label of Object.entries(pods.labels)) push(byLabel, labelKey(pods.namespace, label), pods);
  }
  return { byNamespace, byLabel };
}

function podsOf(service: ModelObject): KnativePods {
  const template = fieldsOf(fieldsOf(service.manifest.spec?.template).metadata);
  const name = service.name ?? '';
  return {
    service,
    name,
    namespace: service.namespace ?? 'default',
    labels: { ...textMapOf(template.labels), 'serving.knative.dev/service': name },
    annotations: textMapOf(template.annotations),
  };
}

/** Those pods of a namespace that have the first label which a selector asks for. */
function candidates({ byLabel }: PodIndex, inNamespace: readonly KnativePods[], selector: unknown): readonly KnativePods[] {
  const [first] = Object.entries(fieldsOf(fieldsOf(selector).matchLabels));
  return first === undefined ? inNamespace : byLabel.get(labelKey(inNamespace[0].namespace, first)) ?? [];
}

export function labelKey(namespace: string, [key, value]: readonly [string, unknown]): string {
  return `${namespace}/${key}=${value}`;
}

export function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

function selectsLabels(selector: unknown, labels: Record<string, string>): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return Object.entries(fieldsOf(matchLabels)).every(([key, value]) => labels[key] === value)
    && listOf(matchExpressions).every(expression => matches(fieldsOf(expression), labels));
}

function matches({ key, operator, values }: Record<string, unknown>, labels: Record<string, string>): boolean {
  const value = labels[stringOf(key) ?? ''];
  switch (operator) {
    case 'In': return value !== undefined && listOf(values).includes(value);
    case 'NotIn': return value === undefined || !listOf(values).includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
