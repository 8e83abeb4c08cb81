import { Waypoint } from './attachment';
import { Party } from './party';
import { MeshMembership } from '../../core/mesh-mode';
import { ManifestModel } from '../model';
import { Labels, labelsOf } from '../workloads/labels';
import { servicesOf } from '../workloads/services';

const USE = 'istio.io/use-waypoint';
const USE_NAMESPACE = 'istio.io/use-waypoint-namespace';

/** The waypoint that a request passes, which only those in ambient mode do; a Service's own label goes before its namespace's. */
export function waypointFor(model: ManifestModel, from: Party, to: Party): Waypoint | undefined {
  if (from.membership !== MeshMembership.AMBIENT || to.membership !== MeshMembership.AMBIENT || to.namespace === undefined) return undefined;
  const services = to.workload ? servicesOf(model).ofWorkload(to.workload) : [];
  const service = services.find(({ labels }) => labels[USE] !== undefined) ?? services[0];
  const namespace = model.byName('', 'Namespace', undefined, to.namespace);
  const labels: Labels = service?.labels[USE] !== undefined ? service.labels : namespace ? labelsOf(namespace.manifest.metadata.labels) : {};
  const name = labels[USE];
  if (name === undefined || name === 'none') return undefined;
  return {
    name,
    namespace: labels[USE_NAMESPACE] ?? to.namespace,
    ...service ? { service: { name: service.name, namespace: service.namespace } } : {},
  };
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
