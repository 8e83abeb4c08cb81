/**
 * Whom a proxy of Linkerd lets in at ports for which no policy says it.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/#default-policies
 */
export enum InboundPolicy {
  /** Whoever it is. */
  ALL_UNAUTHENTICATED = 'all-unauthenticated',
  /** Whoever is in the mesh, of this cluster or another. */
  ALL_AUTHENTICATED = 'all-authenticated',
  /** Whoever has an address of the cluster. */
  CLUSTER_UNAUTHENTICATED = 'cluster-unauthenticated',
  /** Whoever is in the mesh and has an address of the cluster. */
  CLUSTER_AUTHENTICATED = 'cluster-authenticated',
  /** Nobody but the kubelet's HTTP probes. */
  DENY = 'deny',
  /** Whoever it is; the proxy logs and counts whom DENY would turn away. */
  AUDIT = 'audit',
}
