import { Waypoint } from './attachment';
import { isGatewayAccount } from './parties';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { WAYPOINT_LABELS } from '../../core/waypoints';
import { ManifestModel } from '../model';
import { Labels, labelsOf } from '../workloads/labels';
import { servicesOf } from '../workloads/services';

/**
 * The waypoint that a request passes: those in ambient mode do, sidecars never, gateways where a label asks for it
 * (istio pilot/pkg/xds/endpoints/endpoint_builder.go, findServiceWaypoint). A Service's own label goes before its namespace's.
 */
export function waypointFor(model: ManifestModel, from: Party, to: Party, profile: ClusterProfile): Waypoint | undefined {
  if (to.membership !== MeshMembership.AMBIENT || to.namespace === undefined) return undefined;
  const services = to.workload ? servicesOf(model).ofWorkload(to.workload) : [];
  const service = services.find(({ labels }) => labels[WAYPOINT_LABELS.use] !== undefined) ?? services[0];
  const namespace = model.byName('', 'Namespace', undefined, to.namespace);
  const ofNamespace: Labels = namespace ? labelsOf(namespace.manifest.metadata.labels) : {};
  const labels = service?.labels[WAYPOINT_LABELS.use] !== undefined ? service.labels : ofNamespace;
  const name = labels[WAYPOINT_LABELS.use];
  if (name === undefined || name === 'none') return undefined;
  const waypoint = { name, namespace: labels[WAYPOINT_LABELS.namespace] ?? to.namespace };
  if (!servesServices(model, waypoint)) return undefined;
  const ingress = (service?.labels[WAYPOINT_LABELS.ingress] ?? ofNamespace[WAYPOINT_LABELS.ingress]) === 'true';
  const passes = isGatewayAccount(profile, from.namespace, from.serviceAccount) ? ingress : from.membership === MeshMembership.AMBIENT;
  return passes ? { ...waypoint, ...service ? { service: { name: service.name, namespace: service.namespace } } : {} } : undefined;
}

/** One that takes requests for pods alone is not asked about Services, which is how requests are sent here. */
function servesServices(model: ManifestModel, { name, namespace }: Waypoint): boolean {
  const gateway = model.byName('gateway.networking.k8s.io', 'Gateway', namespace, name);
  return !gateway || labelsOf(gateway.manifest.metadata.labels)[WAYPOINT_LABELS.serves] !== 'workload';
}

/** A waypoint as a party; its pods run under its own name. */
export function waypointParty(waypoint: Waypoint): Party {
  const { name, namespace } = waypoint;
  return {
    name: `waypoint ${namespace}/${name}`,
    namespace,
    serviceAccount: name,
    labels: { 'gateway.networking.k8s.io/gateway-name': name, 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
    membership: MeshMembership.AMBIENT,
    port: 15008,
  };
}
