/**
 * Which connections of pods a NetworkPolicy restricts.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export enum NetworkPolicyType {
  /** Those to the pods. */
  INGRESS = 'Ingress',
  /** Those from the pods. */
  EGRESS = 'Egress',
}
