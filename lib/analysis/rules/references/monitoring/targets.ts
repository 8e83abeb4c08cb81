import { ManifestModel, ModelObject } from '../../../model';
import { entriesOf, Entry, fieldsOf, labelSelector, Selector, textsOf } from '../../../workloads';

export const MONITORING = 'monitoring.coreos.com';

/** Namespaces in which a monitor looks; undefined for all. */
export function namespacesOf(monitor: ModelObject): readonly string[] | undefined {
  const { any, matchNames } = fieldsOf(fieldsOf(monitor.manifest.spec).namespaceSelector);
  if (any === true) return undefined;
  const names = textsOf(matchNames);
  return names.length > 0 ? names : [monitor.namespace ?? 'default'];
}

export function monitorSelector(monitor: ModelObject): Selector {
  return labelSelector(fieldsOf(monitor.manifest.spec).selector);
}

export function endpointsOf(monitor: ModelObject, list: string): Entry[] {
  return entriesOf(fieldsOf(monitor.manifest.spec)[list], `spec.${list}`);
}

export function monitors(model: ManifestModel, kind: string): readonly ModelObject[] {
  return model.ofKind(MONITORING, kind);
}
