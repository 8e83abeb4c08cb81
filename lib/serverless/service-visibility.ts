/** From where a service can be reached. */
export enum ServiceVisibility {
  /** From inside of the cluster only, at `<name>.<namespace>.svc.<cluster domain>`. */
  CLUSTER_LOCAL = 'cluster-local',
  /** Also from outside, at the host that Knative's domain template gives it (`<name>.<namespace>.<domain>` as shipped). */
  PUBLIC = 'public',
}
