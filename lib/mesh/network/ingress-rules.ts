import { carriedAt, HBONE, knativeGateways, proxyMetrics } from './data-plane';
import { GATEWAY_LABEL, merged, NetworkRule, Peer, podsOf, podsSeenFrom, tcp } from './peers';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { isKnativeWorkload, QUEUE_PROXY } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { isWorkload, IWorkload } from '../../core/workload';
import { waypointBefore } from '../ambient/waypoint-path';
import { callsTo } from '../calls';
import { arrivesAsGateway } from '../identity';

/** From where ztunnel has the kubelet's probes come (istio.io/latest/docs/ambient/usage/networkpolicy). */
const AMBIENT_PROBES = ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'];
/**
 * Connections to the pods of a workload that grants, metrics and Knative itself need. The kubelet's are never asked about: they come from
 * the node of the pods.
 */
export function ingressRules(target: IWorkload): NetworkRule[] {
  const profile = ClusterProfile.of(target);
  return merged([
    ...requests(target, profile),
    ...isKnativeWorkload(target) ? knative(target, profile) : [],
    ...metrics(target, profile),
    ...ambient(target),
  ]);
}

function requests(target: IWorkload, profile: ClusterProfile): NetworkRule[] {
  const { edges, openPorts } = callsTo(target);
  const inMesh = (...ports: number[]) => tcp(...ports, ...carried(target, profile));
  return [
    ...edges.map(({ caller, options }) => ({
      ...caller.meshIdentity.isAnyone ? {} : { peers: peersOf(target, caller, profile) },
      ports: inMesh(...options.ports?.length ? options.ports : target.policyPorts),
    })),
    ...openPorts.size > 0 ? [{ ports: inMesh(...openPorts) }] : [],
  ];
}

/** The activator and the gateways connect in place of callers, and the autoscaler fetches metrics. */
function knative(target: IWorkload, profile: ClusterProfile): NetworkRule[] {
  const proxied = carried(target, profile);
  return [
    { peers: [podsOf(profile.knativeServingNamespace)], ports: tcp(...target.policyPorts, QUEUE_PROXY.autoscalerMetrics, ...proxied) },
    { peers: knativeGateways(profile).map(name => podsOf(name)), ports: tcp(...target.policyPorts, ...proxied) },
  ];
}

/** What the app says that Prometheus scrapes, and what the platform scrapes of every sidecar without a word. */
function metrics(target: IWorkload, profile: ClusterProfile): NetworkRule[] {
  const { namespace, outsideMesh } = profile.monitoring;
  const scraped = callsTo(target).scrapes.map(scrape => scrape.target.metricsEndpoint.port);
  const ports = tcp(
    ...scraped,
    ...scraped.length > 0 && outsideMesh === false ? carried(target, profile) : [],
    ...proxyMetrics(target),
  );
  return ports.length > 0 ? [{ peers: [podsOf(namespace!)], ports }] : [];
}

function ambient(target: IWorkload): NetworkRule[] {
  if (target.meshMembership !== MeshMembership.AMBIENT) return [];
  const waypoint = waypointBefore(target);
  return [
    { peers: AMBIENT_PROBES.map(cidr => ({ ipBlock: { cidr } })), ports: [] },
    // it connects in place of the caller
    ...waypoint ? [{ peers: [podsSeenFrom(target.workloadNamespace, waypoint.namespace, { [GATEWAY_LABEL]: waypoint.name })], ports: tcp(HBONE) }] : [],
  ];
}

/** Where the mesh itself connects to pods that are in it. */
function carried(target: IWorkload, profile: ClusterProfile): number[] {
  return target.meshMembership === MeshMembership.OUTSIDE ? [] : carriedAt(profile);
}

/** On the network pods are known by their labels; a service account is known to the mesh alone, so all pods of its namespace may connect. */
function peersOf(target: IWorkload, caller: ICaller, profile: ClusterProfile): Peer[] {
  if (arrivesAsGateway(target, caller)) return knativeGateways(profile).map(name => podsOf(name));
  const labels = isWorkload(caller) ? caller.podSelector : caller.podLabels;
  const { namespace } = caller.meshIdentity;
  return [labels === undefined ? podsOf(namespace) : podsSeenFrom(target.workloadNamespace, namespace, labels)];
}
