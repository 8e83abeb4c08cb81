/**
 * What the API server lets pods of a namespace ask for.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Hardened: no root, no capabilities, a seccomp profile. */
  RESTRICTED = 'restricted',
  /** No known way to more rights: no host namespaces, no added capabilities beyond the usual ones. */
  BASELINE = 'baseline',
  /** Anything. */
  PRIVILEGED = 'privileged',
}
