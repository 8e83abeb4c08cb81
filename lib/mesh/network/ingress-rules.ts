import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { isKnativeWorkload, QUEUE_PROXY } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { isWorkload, IWorkload } from '../../core/workload';
import { callsTo } from '../calls';
import { arrivesAsGateway, gatewayAccounts } from '../identity';

/** Somebody on the network: pods of a namespace, or addresses. */
export type Peer = { [field: string]: unknown };

/** Who may connect to which ports. */
export interface IngressRule {
  readonly from?: Peer[];
  readonly ports: { readonly protocol: 'TCP'; readonly port: number }[];
}

const HBONE = 15008;
/** From where ztunnel has the kubelet's probes come (istio.io/latest/docs/ambient/usage/networkpolicy). */
const AMBIENT_PROBES = ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'];
const NAMESPACE = 'kubernetes.io/metadata.name';
const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';

/**
 * Connections to the pods of a workload that grants, metrics and Knative itself need. The kubelet's are never asked about: they come from
 * the node of the pods.
 */
export function ingressRules(target: IWorkload): IngressRule[] {
  const profile = ClusterProfile.of(target);
  const { edges, scrapes, openPorts } = callsTo(target);
  const ambient = target.meshMembership === MeshMembership.AMBIENT;
  const requests = edges.map(({ caller, options }) => rule(
    caller.meshIdentity.isAnyone ? undefined : peersOf(target, caller, profile), options.ports?.length ? options.ports : target.policyPorts, ambient));
  return merged([
    ...requests,
    ...isKnativeWorkload(target) ? knative(target, profile, ambient) : [],
    ...scrapes.map(scrape => {
      const { namespace, outsideMesh } = profile.monitoring;
      return rule(namespace === undefined ? undefined : [podsOf(namespace)], [scrape.target.metricsEndpoint.port], ambient && outsideMesh === false);
    }),
    ...openPorts.size > 0 ? [rule(undefined, [...openPorts], ambient)] : [],
    ...ambient ? [{ from: AMBIENT_PROBES.map(cidr => ({ ipBlock: { cidr } })), ports: [] }] : [],
    // a waypoint connects in place of the caller
    ...ambient && edges.length > 0 ? [rule([{ podSelector: { matchExpressions: [{ key: GATEWAY_LABEL, operator: 'Exists' }] } }], [], ambient)] : [],
  ]);
}

/** The activator and the gateways connect in place of callers, and the autoscaler fetches metrics. */
function knative(target: IWorkload, profile: ClusterProfile, ambient: boolean): IngressRule[] {
  const gateways = [...new Set(gatewayAccounts(profile).map(({ namespace }) => namespace))];
  return [
    rule([podsOf(profile.knativeServingNamespace)], [...target.policyPorts, QUEUE_PROXY.autoscalerMetrics], ambient),
    rule(gateways.map(podsOf), target.policyPorts, ambient),
  ];
}

/** On the network pods are known by their labels; a service account is known to the mesh alone, so all pods of its namespace may connect. */
function peersOf(target: IWorkload, caller: ICaller, profile: ClusterProfile): Peer[] {
  if (arrivesAsGateway(target, caller)) return gatewayAccounts(profile).map(({ namespace }) => podsOf(namespace));
  if (!isWorkload(caller)) return [podsOf(caller.meshIdentity.namespace)];
  const podSelector = { matchLabels: { ...caller.podSelector } };
  return [caller.workloadNamespace === target.workloadNamespace ? { podSelector } : { ...podsOf(caller.workloadNamespace), podSelector }];
}

function podsOf(namespace: string): Peer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } } };
}

function rule(from: Peer[] | undefined, ports: readonly number[], ambient: boolean): IngressRule {
  const numbers = [...new Set([...ports, ...ambient ? [HBONE] : []])].sort((a, b) => a - b);
  return { ...from ? { from } : {}, ports: numbers.map(port => ({ protocol: 'TCP' as const, port })) };
}

/** One rule for the same ports. */
function merged(rules: readonly IngressRule[]): IngressRule[] {
  const groups = new Map<string, IngressRule>();
  for (const { from, ports } of rules) {
    const key = JSON.stringify(ports);
    const known = groups.get(key);
    if (known && (!known.from || !from)) groups.set(key, { ports });
    else groups.set(key, { ...from ? { from: distinct([...known?.from ?? [], ...from]) } : {}, ports });
  }
  return [...groups.entries()].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0).map(([, held]) => held);
}

function distinct(peers: readonly Peer[]): Peer[] {
  const found = new Map(peers.map(peer => [JSON.stringify(peer), peer]));
  return [...found.entries()].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0).map(([, peer]) => peer);
}
