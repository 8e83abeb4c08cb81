import { FeatureSetting, FeatureState } from './feature-state';

/**
 * A feature flag of Knative Eventing (ConfigMap `config-features` in `knative-eventing`).
 *
 * @see https://knative.dev/docs/eventing/features/
 */
export class EventingFeature {
  /** `ref.group` in place of `ref.apiVersion`. */
  public static readonly KREFERENCE_GROUP = new EventingFeature('kreference-group');
  /** Custom mapping of references to addresses. */
  public static readonly KREFERENCE_MAPPING = new EventingFeature('kreference-mapping');
  /** `delivery.retryAfterMax`. */
  public static readonly DELIVERY_RETRY_AFTER = new EventingFeature('delivery-retryafter');
  /** `delivery.timeout` (on by default). */
  public static readonly DELIVERY_TIMEOUT = new EventingFeature('delivery-timeout', FeatureState.ENABLED);
  /** EventTypes made from events that pass. */
  public static readonly EVENT_TYPE_AUTO_CREATE = new EventingFeature('eventtype-auto-create');
  /** OIDC tokens on deliveries; EventPolicy needs it. */
  public static readonly OIDC_AUTHENTICATION = new EventingFeature('authentication-oidc');
  /** Triggers of a broker in another namespace. */
  public static readonly CROSS_NAMESPACE_EVENT_LINKS = new EventingFeature('cross-namespace-event-links');
  /** `filters` of an ApiServerSource. */
  public static readonly NEW_API_SERVER_SOURCE_FILTERS = new EventingFeature('new-apiserversource-filters');
  /** The eventing-istio controller: mTLS to Services of type ExternalName. */
  public static readonly ISTIO = new EventingFeature('istio');

  private constructor(
    /** Key in the ConfigMap `config-features`. */
    public readonly key: string,
    /** What a cluster has that sets nothing. */
    public readonly defaultState: FeatureState = FeatureState.DISABLED,
  ) {}

  /** The flag switched on. */
  public enabled(): FeatureSetting {
    return { key: this.key, state: FeatureState.ENABLED };
  }

  /** The flag switched off. */
  public disabled(): FeatureSetting {
    return { key: this.key, state: FeatureState.DISABLED };
  }
}
