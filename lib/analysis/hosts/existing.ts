import { ClusterProfile } from '../../core/cluster-profile';
import { ManifestModel } from '../model';
import { Labels, Selector, selects } from '../workloads/labels';

/** Namespaces that every cluster has. */
const OF_KUBERNETES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** What is installed in a cluster with Knative, Istio and the monitoring stack. */
function systemNamespaces(profile: ClusterProfile): Set<string> {
  return new Set([
    'kube-system', 'kube-public', 'kube-node-lease', 'istio-system',
    profile.istioNamespace, profile.knativeServingNamespace, profile.knativeEventingNamespace, profile.monitoring.namespace!,
    profile.publicGateway.namespace, profile.publicGateway.serviceNamespace, profile.localGateway.namespace, profile.localGateway.serviceNamespace,
    ...profile.namespaces.map(namespace => namespace.name),
  ]);
}

const SYSTEM = new WeakMap<ClusterProfile, Set<string>>();

/** Namespaces of the platform and of others, as far as the profile knows. */
export function foreignNamespaces(profile: ClusterProfile): ReadonlySet<string> {
  let known = SYSTEM.get(profile);
  if (known === undefined) {
    known = systemNamespaces(profile);
    SYSTEM.set(profile, known);
  }
  return known;
}

/** Whether a namespace is somebody else's: what an app does not write there may be there all the same. */
export function isForeign(namespace: string, profile: ClusterProfile): boolean {
  return foreignNamespaces(profile).has(namespace);
}

/** Whether a namespace is known to exist: declared, written to, or part of the cluster. */
export function namespaceExists(namespace: string, model: ManifestModel, profile: ClusterProfile): boolean {
  return OF_KUBERNETES.includes(namespace) || isForeign(namespace, profile)
    || model.byName('', 'Namespace', undefined, namespace) !== undefined || model.inNamespace(namespace).length > 0;
}

/** Gateways that the platform brings, by namespace and name. */
export function gatewayExists(namespace: string, name: string, profile: ClusterProfile): boolean {
  return isForeign(namespace, profile)
    || [profile.publicGateway, profile.localGateway].some(gateway => gateway.namespace === namespace && gateway.name === name);
}

/** Pods that the platform runs at the edge of the mesh. */
export interface PlatformGateway {
  readonly labels: Labels;
  readonly namespace: string;
  /** Ports of the Service in front, and of the pods behind it. */
  readonly ports: readonly number[];
}

/**
 * The gateways that Istio's charts and profiles install. Their Services listen on 80 and 443, which the pods see as 8080 and 8443 or unchanged, the
 * demo profile adds 31400 and 15443; net-istio puts a second Service in front of the ingress gateway, whose pods then listen on 8081.
 */
export function platformGateways(profile: ClusterProfile): PlatformGateway[] {
  const ports = [15021, 80, 443, 8080, 8443, 31400, 15443, 8081];
  const of = (istio: string, app: string, more: readonly number[] = []) => ({
    labels: { istio, app },
    namespace: profile.publicGateway.serviceNamespace,
    ports: [...ports, ...more],
  });
  return [
    of('ingressgateway', 'istio-ingressgateway'),
    of('egressgateway', 'istio-egressgateway'),
    of('eastwestgateway', 'istio-eastwestgateway', [15012, 15017]),
    // as the guide to the chart calls its releases
    { ...of('ingress', 'istio-ingress'), namespace: 'istio-ingress' },
    { ...of('egress', 'istio-egress'), namespace: 'istio-egress' },
  ];
}

/** The platform's gateways that a selector chooses. */
export function platformGatewaysFor(selector: Selector, profile: ClusterProfile): PlatformGateway[] {
  return platformGateways(profile).filter(gateway => selects(selector, gateway.labels, key => key !== 'istio' && key !== 'app'));
}
