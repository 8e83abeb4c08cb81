import { ClusterProfile } from '../../core/cluster-profile';
import { IRouteTarget } from '../../core/route-target';
import { destinationOf } from '../routes/destinations';

/** What a rule of the Gateway API sends to. */
export interface Backend {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

/** The backend of a target: a Service by name and namespace, or, of Istio alone, a host that is none. */
export function backendOf(target: IRouteTarget, own: string, profile: ClusterProfile): Backend {
  const { host, port } = destinationOf(target, profile);
  const service = serviceOf(host, profile);
  if (!service) return { group: 'networking.istio.io', kind: 'Hostname', name: host, port: port?.number };
  return { name: service.name, port: port?.number, ...service.namespace === own ? {} : { namespace: service.namespace } };
}

function serviceOf(host: string, profile: ClusterProfile): { readonly name: string; readonly namespace: string } | undefined {
  const suffix = `.svc.${profile.clusterDomain}`;
  const [name, namespace, ...rest] = host.endsWith(suffix) ? host.slice(0, -suffix.length).split('.') : [];
  return namespace !== undefined && rest.length === 0 ? { name, namespace } : undefined;
}
