/**
 * What pods accept on their ports.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export enum MtlsMode {
  /** Mutual TLS alone: whoever has no mesh identity is turned away. */
  STRICT = 'STRICT',
  /** Mutual TLS and plain text. */
  PERMISSIVE = 'PERMISSIVE',
  /** Plain text alone. No caller has an identity then, so nothing can be granted. Not possible in ambient mode. */
  DISABLED = 'DISABLE',
  /** What holds for the namespace, or else for the mesh. */
  INHERITED = 'UNSET',
}
