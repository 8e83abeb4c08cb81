import { FeatureSetting, FeatureState } from './feature-state';

/**
 * A feature flag of Knative Serving (ConfigMap `config-features` in `knative-serving`).
 *
 * @see https://knative.dev/docs/serving/configuration/feature-flags/
 */
export class ServingFeature {
  /** Several containers in a pod (on by default). */
  public static readonly MULTI_CONTAINER = new ServingFeature('multi-container', FeatureState.ENABLED);
  /** Probes on containers beside the one that serves. */
  public static readonly MULTI_CONTAINER_PROBING = new ServingFeature('multi-container-probing');
  /** Detection of HTTP/2 without the port name `h2c`. */
  public static readonly AUTODETECT_HTTP2 = new ServingFeature('autodetect-http2');
  /** Secure defaults for security contexts that a service leaves open. */
  public static readonly SECURE_POD_DEFAULTS = new ServingFeature('secure-pod-defaults');
  /** Routing by the header `Knative-Serving-Tag`. */
  public static readonly TAG_HEADER_BASED_ROUTING = new ServingFeature('tag-header-based-routing');
  /** Pod information mounted into queue-proxy. */
  public static readonly QUEUE_PROXY_MOUNT_PODINFO = new ServingFeature('queueproxy.mount-podinfo');
  /** Default limits for queue-proxy. */
  public static readonly QUEUE_PROXY_RESOURCE_DEFAULTS = new ServingFeature('queueproxy.resource-defaults');
  /** Capabilities added in a container's security context. */
  public static readonly ADD_CAPABILITIES = new ServingFeature('kubernetes.containerspec-addcapabilities');
  /** `affinity`. */
  public static readonly AFFINITY = new ServingFeature('kubernetes.podspec-affinity');
  /** `dnsConfig`. */
  public static readonly DNS_CONFIG = new ServingFeature('kubernetes.podspec-dnsconfig');
  /** `dnsPolicy`. */
  public static readonly DNS_POLICY = new ServingFeature('kubernetes.podspec-dnspolicy');
  /** `env.valueFrom.fieldRef` and `resourceFieldRef`. */
  public static readonly FIELD_REF = new ServingFeature('kubernetes.podspec-fieldref');
  /** `hostAliases`. */
  public static readonly HOST_ALIASES = new ServingFeature('kubernetes.podspec-hostaliases');
  /** `hostIPC`. */
  public static readonly HOST_IPC = new ServingFeature('kubernetes.podspec-hostipc');
  /** `hostNetwork`. */
  public static readonly HOST_NETWORK = new ServingFeature('kubernetes.podspec-hostnetwork');
  /** `hostPID`. */
  public static readonly HOST_PID = new ServingFeature('kubernetes.podspec-hostpid');
  /** `initContainers`. */
  public static readonly INIT_CONTAINERS = new ServingFeature('kubernetes.podspec-init-containers');
  /** `nodeSelector`. */
  public static readonly NODE_SELECTOR = new ServingFeature('kubernetes.podspec-nodeselector');
  /** Persistent volume claims, mounted read-only. */
  public static readonly PERSISTENT_VOLUME_CLAIM = new ServingFeature('kubernetes.podspec-persistent-volume-claim');
  /** Persistent volume claims, mounted for writing. */
  public static readonly PERSISTENT_VOLUME_WRITE = new ServingFeature('kubernetes.podspec-persistent-volume-write');
  /** `priorityClassName`. */
  public static readonly PRIORITY_CLASS_NAME = new ServingFeature('kubernetes.podspec-priorityclassname');
  /** `runtimeClassName`. */
  public static readonly RUNTIME_CLASS_NAME = new ServingFeature('kubernetes.podspec-runtimeclassname');
  /** `schedulerName`. */
  public static readonly SCHEDULER_NAME = new ServingFeature('kubernetes.podspec-schedulername');
  /** The pod's `securityContext` (a container's needs no flag). */
  public static readonly SECURITY_CONTEXT = new ServingFeature('kubernetes.podspec-securitycontext');
  /** `shareProcessNamespace`. */
  public static readonly SHARE_PROCESS_NAMESPACE = new ServingFeature('kubernetes.podspec-shareprocessnamespace');
  /** `tolerations`. */
  public static readonly TOLERATIONS = new ServingFeature('kubernetes.podspec-tolerations');
  /** `topologySpreadConstraints`. */
  public static readonly TOPOLOGY_SPREAD_CONSTRAINTS = new ServingFeature('kubernetes.podspec-topologyspreadconstraints');
  /** CSI volumes. */
  public static readonly CSI_VOLUMES = new ServingFeature('kubernetes.podspec-volumes-csi');
  /** `emptyDir` volumes (on by default). */
  public static readonly EMPTY_DIR_VOLUMES = new ServingFeature('kubernetes.podspec-volumes-emptydir', FeatureState.ENABLED);
  /** Ephemeral volumes. */
  public static readonly EPHEMERAL_VOLUMES = new ServingFeature('kubernetes.podspec-volumes-ephemeral');
  /** `hostPath` volumes. */
  public static readonly HOST_PATH_VOLUMES = new ServingFeature('kubernetes.podspec-volumes-hostpath');
  /** OCI image volumes. */
  public static readonly IMAGE_VOLUMES = new ServingFeature('kubernetes.podspec-volumes-image');
  /** Mount propagation. */
  public static readonly MOUNT_PROPAGATION = new ServingFeature('kubernetes.podspec-volumes-mount-propagation');

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

  /** The flag set so that a service may ask for the behaviour. */
  public allowed(): FeatureSetting {
    return { key: this.key, state: FeatureState.ALLOWED };
  }

  /** Of `SECURE_POD_DEFAULTS` alone: secure defaults, but a container may run as root. */
  public allowRootBounded(): FeatureSetting {
    return { key: this.key, state: FeatureState.ALLOW_ROOT_BOUNDED };
  }

  /** The flag switched off. */
  public disabled(): FeatureSetting {
    return { key: this.key, state: FeatureState.DISABLED };
  }
}
