import { MeshMembership } from '../../../../core/mesh-mode';
import { WAYPOINT_LABELS } from '../../../../core/waypoints';
import { ManifestModel, ModelObject } from '../../../model';
import { RuleContext } from '../../../rule';
import { Labels, labelsOf, namespaceMembership, Service } from '../../../workloads';

/** The waypoint that labels of a Namespace or a Service name. */
export interface NamedWaypoint {
  readonly name: string;
  readonly namespace: string;
}

export function waypointIn(labels: Labels, namespace: string): NamedWaypoint | undefined {
  const name = labels[WAYPOINT_LABELS.use];
  return name === undefined || name === '' || name === 'none' ? undefined : { name, namespace: labels[WAYPOINT_LABELS.namespace] ?? namespace };
}

/** The waypoint before everything in a namespace that does not say otherwise. */
export function waypointOfNamespace(model: ManifestModel, namespace: string): NamedWaypoint | undefined {
  const object = model.byName('', 'Namespace', undefined, namespace);
  return object && waypointIn(labelsOf(object.manifest.metadata.labels), namespace);
}

export function isAmbient(context: RuleContext, object: ModelObject, namespace = object.namespace ?? 'default'): boolean {
  return namespaceMembership(context.model, namespace, context.profile(object)) === MeshMembership.AMBIENT;
}

/** The waypoint before a Service: its own label counts before that of its namespace. */
export function waypointOfService(model: ManifestModel, { labels, namespace }: Service): NamedWaypoint | undefined {
  return labels[WAYPOINT_LABELS.use] === undefined ? waypointOfNamespace(model, namespace) : waypointIn(labels, namespace);
}

/** Whether what runs in a namespace is in ambient mode, as it says itself or as is usual in the cluster. */
export function isUsuallyAmbient(context: RuleContext, object: ModelObject, namespace = object.namespace ?? 'default'): boolean {
  const profile = context.profile(object);
  return (namespaceMembership(context.model, namespace, profile) ?? profile.defaultMembership) === MeshMembership.AMBIENT;
}
