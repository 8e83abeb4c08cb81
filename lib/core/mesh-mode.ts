/** How the mesh of a cluster carries traffic. */
export enum MeshMode {
  /** An Envoy beside every pod. */
  SIDECAR = 'sidecar',
  /** ztunnel on every node for identity and mTLS, waypoints for HTTP rules. */
  AMBIENT = 'ambient',
  /** Linkerd and not Istio: a proxy of Linkerd beside every pod. */
  LINKERD = 'linkerd',
  /** No mesh: no mTLS, no authorization policy, no mesh routes. */
  NONE = 'none',
}

/** Whether and how a workload or the pods of a namespace take part in the mesh. */
export enum MeshMembership {
  /** With a sidecar of Istio. */
  SIDECAR = 'sidecar',
  /** Captured by ztunnel. */
  AMBIENT = 'ambient',
  /** With a proxy of Linkerd. */
  LINKERD = 'linkerd',
  /** Outside of the mesh: plain text, no identity. */
  OUTSIDE = 'outside',
}
