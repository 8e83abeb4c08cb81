/** What becomes of requests to hosts that the mesh does not know. */
export enum OutboundTraffic {
  /** They are passed on; Istio's own choice. */
  ALLOW_ANY = 'ALLOW_ANY',
  /** They are blocked: HTTP is answered with 502, other connections are closed. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
}
