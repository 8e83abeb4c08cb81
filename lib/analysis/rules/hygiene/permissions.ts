import { ManifestModel, ModelObject } from '../../model';
import { entriesOf, Fields, fieldsOf, textOf, textsOf } from '../../workloads';

export const RBAC = 'rbac.authorization.k8s.io';

/** One rule of a Role or ClusterRole. */
export interface Permission {
  readonly field: string;
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a Role or ClusterRole allows. */
export function permissionsOf(role: ModelObject): Permission[] {
  return entriesOf(role.manifest.rules, 'rules').map(({ field, value }) => ({
    field,
    groups: textsOf(value.apiGroups),
    resources: textsOf(value.resources),
    verbs: textsOf(value.verbs),
  }));
}

/** Whether a list of RBAC names one of some names, or all. */
export function names(list: readonly string[], ...wanted: readonly string[]): boolean {
  return list.includes('*') || wanted.some(name => list.includes(name));
}

/** Roles that come with a cluster or a provider, and what binds them. */
export function isBuiltIn(object: ModelObject): boolean {
  const { name = '' } = object;
  return name.startsWith('system:') || name === 'gce:podsecuritypolicy:calico-sa'
    || (object.manifest.kind === 'ClusterRole' && ['cluster-admin', 'admin', 'edit'].includes(name))
    || (object.manifest.kind === 'ClusterRoleBinding' && name === 'cluster-admin');
}

/** A binding with the role that it binds. */
export interface Binding {
  readonly object: ModelObject;
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly roleKind: string;
  readonly roleName: string;
  /** The role, where the app writes it. */
  readonly role?: ModelObject;
}

/** The bindings of an app, those left out that come with a cluster. */
export function bindings(model: ManifestModel): readonly Binding[] {
  return model.derived(readBindings);
}

function readBindings(model: ManifestModel): readonly Binding[] {
  return (['RoleBinding', 'ClusterRoleBinding'] as const).flatMap(kind => model.ofKind(RBAC, kind).filter(object => !isBuiltIn(object)).map(object => {
    const ref: Fields = fieldsOf(object.manifest.roleRef);
    const [roleKind, roleName] = [textOf(ref.kind) ?? '', textOf(ref.name) ?? ''];
    return { object, kind, roleKind, roleName, role: model.byName(RBAC, roleKind, roleKind === 'Role' ? object.namespace : undefined, roleName) };
  }));
}
