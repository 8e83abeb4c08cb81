import { ClusterProfile } from '../../../../core/cluster-profile';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { isOwnService, madeServices } from '../../../hosts/made-services';
import { ManifestModel } from '../../../model';
import { groupBy, servicesOf, workloadsOf } from '../../../workloads';

/** How much the absence of something matters: little where the app leaves that kind of thing to others, as in a namespace that is not its own. */
export function severityOfAbsence(appWritesOthers: boolean, namespace: string, profile: ClusterProfile): Severity {
  return appWritesOthers && !isForeign(namespace, profile) ? Severity.WARNING : Severity.INFO;
}

/** How much it matters that a selector finds no pods in a namespace. */
export function severityWithoutPods(model: ManifestModel, namespace: string, profile: ClusterProfile): Severity {
  return severityOfAbsence(workloadsOf(model).inNamespace(namespace).some(({ complete }) => complete), namespace, profile);
}

/** How much it matters that a namespace has no Service of a name. */
export function severityWithoutService(model: ManifestModel, namespace: string, profile: ClusterProfile): Severity {
  return severityOfAbsence(model.derived(namespacesWithServices).has(namespace), namespace, profile);
}

/** Names of the Services of a namespace, those included that controllers make. */
export function serviceNames(model: ManifestModel, namespace: string): readonly string[] {
  return model.derived(namesByNamespace).get(namespace) ?? [];
}

function namespacesWithServices(model: ManifestModel): Set<string> {
  return new Set(model.objects.filter(isOwnService).map(({ namespace }) => namespace ?? 'default'));
}

function namesByNamespace(model: ManifestModel): Map<string, string[]> {
  const written = servicesOf(model).all.map(({ namespace, name }) => ({ namespace, name }));
  const made = model.objects.flatMap(object => madeServices(object).map(({ name }) => ({ namespace: object.namespace ?? 'default', name })));
  const groups = groupBy([...written, ...made], ({ namespace }) => namespace);
  return new Map([...groups].map(([namespace, services]) => [namespace, services.map(({ name }) => name)]));
}
