/** Somebody on the network: pods of a namespace, or addresses. */
export type Peer = { readonly [field: string]: unknown };

/** A port of pods. */
export interface Port {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** Who may connect to which ports: everybody where no peers are named, every port where none is. */
export interface NetworkRule {
  readonly peers?: readonly Peer[];
  readonly ports: readonly Port[];
}

/** The label of pods that Istio runs for a gateway or a waypoint. */
export const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Pods of a namespace: all of them, or those with some labels. */
export function podsOf(namespace: string, labels?: { readonly [key: string]: string }): Peer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...labels ? { podSelector: { matchLabels: { ...labels } } } : {},
  };
}

/** The same, as a policy in a namespace says it. */
export function podsSeenFrom(own: string, namespace: string, labels: { readonly [key: string]: string }): Peer {
  return own === namespace ? { podSelector: { matchLabels: { ...labels } } } : podsOf(namespace, labels);
}

export function tcp(...numbers: readonly number[]): Port[] {
  return [...new Set(numbers)].sort((a, b) => a - b).map(port => ({ protocol: 'TCP', port }));
}

/** One rule for the same ports. */
export function merged(rules: readonly NetworkRule[]): NetworkRule[] {
  const groups = new Map<string, NetworkRule>();
  for (const { peers, ports } of rules) {
    const key = JSON.stringify(ports);
    const known = groups.get(key);
    if (known && (!known.peers || !peers)) groups.set(key, { ports });
    else groups.set(key, { ...peers ? { peers: distinct([...known?.peers ?? [], ...peers]) } : {}, ports });
  }
  return [...groups.values()].sort((a, b) => orderOf(a) < orderOf(b) ? -1 : 1);
}

function orderOf({ ports }: NetworkRule): string {
  return ports.map(({ port }) => String(port).padStart(5, '0')).join();
}

function distinct(peers: readonly Peer[]): Peer[] {
  const found = new Map(peers.map(peer => [JSON.stringify(peer), peer]));
  return [...found.entries()].sort(([a], [b]) => a < b ? -1 : 1).map(([, peer]) => peer);
}
