/** Whether an optional behaviour of Knative is on. */
export enum FeatureState {
  /** On for every service. */
  ENABLED = 'enabled',
  /** A service may ask for it. */
  ALLOWED = 'allowed',
  /** Off: the webhook refuses a service that uses it. */
  DISABLED = 'disabled',
  /** Of `secure-pod-defaults` alone: secure defaults, but a container may run as root. */
  ALLOW_ROOT_BOUNDED = 'AllowRootBounded',
}

/** One line of a Knative `config-features` ConfigMap. */
export interface FeatureSetting {
  /** Key in the ConfigMap. */
  readonly key: string;
  /** Its value. */
  readonly state: FeatureState;
}
