import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AutoscalerSettings, RevisionSettings } from './autoscaler-settings';
import { EventingFeature } from './eventing-feature';
import { FeatureSetting, FeatureState } from './feature-state';
import { GatewayApi } from './gateway-api';
import { GatewayReference, IngressClass } from './gateway-reference';
import { KnativeMetrics } from './knative-metrics';
import { MeshMembership, MeshMode } from './mesh-mode';
import { MonitoringSettings } from './monitoring-settings';
import { OutboundTraffic } from './outbound-traffic';
import { ProblemReport, reportProblems, Severity } from './problem';
import { ServingFeature } from './serving-feature';
import { atLeast, IstioVersion, KnativeVersion, KubernetesVersion, PrometheusOperatorVersion } from './versions';

/** A namespace that exists in the cluster and is not part of the app. */
export interface ExistingNamespace {
  /** Its name. */
  readonly name: string;
  /** Whether its pods are in the mesh. */
  readonly mesh: MeshMembership;
}

/** What the app may rely on in the cluster it is deployed to. */
export interface ClusterProfileProps {
  /**
   * Version of the API server.
   * @default KubernetesVersion.V1_34
   */
  readonly kubernetes?: KubernetesVersion;

  /**
   * Version of Knative Serving.
   * @default KnativeVersion.V1_23
   */
  readonly knativeServing?: KnativeVersion;

  /**
   * Version of Knative Eventing.
   * @default KnativeVersion.V1_22
   */
  readonly knativeEventing?: KnativeVersion;

  /**
   * Version of Istio.
   * @default IstioVersion.V1_29, with which net-istio is tested
   */
  readonly istio?: IstioVersion;

  /**
   * Version of the Prometheus operator.
   * @default PrometheusOperatorVersion.V0_93
   */
  readonly prometheusOperator?: PrometheusOperatorVersion;

  /**
   * How the mesh carries traffic.
   * @default MeshMode.SIDECAR
   */
  readonly mesh?: MeshMode;

  /**
   * Whether Istio's CNI plug-in sets up redirection, so that pods need no privileged init container.
   * @default true
   */
  readonly istioCni?: boolean;

  /**
   * Whether Linkerd's CNI plug-in sets up redirection (its value `cniEnabled`), so that pods need no privileged init container.
   * @default true
   */
  readonly linkerdCni?: boolean;

  /**
   * Whether the sidecars that Istio injects carry a seccomp profile (its value `global.proxy.seccompProfile`). Pod security level
   * `restricted` asks one of every container.
   * @default false, which is what Istio ships
   */
  readonly sidecarSeccompProfile?: boolean;

  /**
   * Whether the sidecars that the mesh injects are native: init containers that start before the application and end after it, so that a job can
   * end. Istio makes them so unless its environment variable `ENABLE_NATIVE_SIDECARS` is `false` or a node is older than Kubernetes 1.33, and Linkerd unless its
   * value `proxy.nativeSidecar` is `false`.
   * @default true
   */
  readonly nativeSidecars?: boolean;

  /**
   * Whether Knative's own pods (activator, autoscaler, controller) are in the mesh. STRICT mTLS needs it.
   * @default true where the mesh is Istio
   */
  readonly knativeServingInMesh?: boolean;

  /**
   * Whether the broker data planes in the eventing namespace are in the mesh. STRICT mTLS on a subscriber needs it.
   * @default true where the mesh is Istio
   */
  readonly knativeEventingInMesh?: boolean;

  /**
   * Namespace of Knative Serving's own pods.
   * @default 'knative-serving'
   */
  readonly knativeServingNamespace?: string;

  /**
   * Namespace of Knative Eventing's own pods, brokers' data planes included.
   * @default 'knative-eventing'
   */
  readonly knativeEventingNamespace?: string;

  /**
   * Namespace of the mesh-wide configuration.
   * @default 'istio-system'
   */
  readonly istioNamespace?: string;

  /**
   * What becomes of requests to hosts that the mesh does not know (`meshConfig.outboundTrafficPolicy.mode`). With REGISTRY_ONLY every host outside of
   * the cluster that pods call needs an `ExternalService`.
   * @default OutboundTraffic.ALLOW_ANY, which is what Istio ships
   */
  readonly outboundTraffic?: OutboundTraffic;

  /**
   * DNS suffix of the cluster's hosts.
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Domain under which Knative serves public services (`config-domain`), as `<service>.<namespace>.<domain>`.
   * @default - unknown
   */
  readonly publicDomain?: string;

  /**
   * Trust domain of the mesh: the first part of every identity that a policy names.
   * @default 'cluster.local'
   */
  readonly trustDomain?: string;

  /**
   * Networking layer of Knative (`config-network`, key `ingress-class`).
   * @default IngressClass.ISTIO
   */
  readonly ingressClass?: IngressClass;

  /**
   * Whether Knative claims a host by itself for the first namespace that maps it (`config-network`, key `autocreate-cluster-domain-claims`).
   * @default false, so the app writes a ClusterDomainClaim for each mapped host
   */
  readonly autocreateDomainClaims?: boolean;

  /**
   * The API by which gateways and their routes are written, unless a gateway says otherwise.
   * @default GatewayApi.ISTIO
   */
  readonly gatewayApi?: GatewayApi;

  /**
   * Gateway that serves hosts from outside of the cluster.
   * @default - `knative-ingress-gateway` in front of `istio-ingressgateway` in `istio-system`
   */
  readonly publicGateway?: GatewayReference;

  /**
   * Gateway that serves cluster-local hosts to pods without a sidecar.
   * @default - `knative-local-gateway` on the same pods
   */
  readonly localGateway?: GatewayReference;

  /**
   * Feature flags of Knative Serving that differ from their defaults.
   * @default - what Knative ships
   */
  readonly servingFeatures?: FeatureSetting[];

  /**
   * Feature flags of Knative Eventing that differ from their defaults.
   * @default - what Knative ships
   */
  readonly eventingFeatures?: FeatureSetting[];

  /**
   * Defaults and bounds of the autoscaler (`config-autoscaler`).
   * @default - what Knative ships
   */
  readonly autoscaler?: AutoscalerSettings;

  /**
   * Defaults and bounds of revisions (`config-defaults`).
   * @default - what Knative ships
   */
  readonly revision?: RevisionSettings;

  /**
   * What the monitoring stack selects, and which metrics Knative is set up to show.
   * @default - a kube-prometheus-stack of that name in `monitoring`
   */
  readonly monitoring?: MonitoringSettings;

  /**
   * Namespaces that exist and are not part of the app.
   * @default - none are known
   */
  readonly namespaces?: ExistingNamespace[];
}

const PROFILE = Symbol.for('cdk8s-serverless-mesh.profile');

/**
 * What the app may rely on in the cluster: versions, mesh mode, feature flags, bounds, domains, selectors.
 * Set it on the app or on any scope; constructs read the nearest one above them.
 */
export class ClusterProfile {
  /** Istio with sidecars and the CNI plug-in, Knative behind net-istio. */
  public static sidecar(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile({ ...props, mesh: MeshMode.SIDECAR });
  }

  /** Istio in ambient mode. */
  public static ambient(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile({ ...props, mesh: MeshMode.AMBIENT });
  }

  /** Linkerd with its CNI plug-in; Knative behind Kourier unless another networking layer is named. Nothing of Istio is written for it. */
  public static linkerd(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile({ ingressClass: IngressClass.KOURIER, ...props, mesh: MeshMode.LINKERD });
  }

  /** Knative without a mesh, behind Kourier unless another networking layer is named. */
  public static withoutMesh(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile({ ingressClass: IngressClass.KOURIER, ...props, mesh: MeshMode.NONE });
  }

  /** The profile that holds for a construct: the nearest one set above it, or the default. */
  public static of(scope: IConstruct): ClusterProfile {
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const profile = (at as unknown as { [PROFILE]?: ClusterProfile })[PROFILE];
      if (profile) return profile;
    }
    return DEFAULT_PROFILE;
  }

  /** @internal */
  public static get _default(): ClusterProfile {
    return DEFAULT_PROFILE;
  }

  /** Version of Kubernetes. */
  public readonly kubernetes: KubernetesVersion;
  /** Version of Knative Serving. */
  public readonly knativeServing: KnativeVersion;
  /** Version of Knative Eventing. */
  public readonly knativeEventing: KnativeVersion;
  /** Version of Istio. */
  public readonly istio: IstioVersion;
  /** Version of the Prometheus operator. */
  public readonly prometheusOperator: PrometheusOperatorVersion;
  /** How the mesh carries traffic. */
  public readonly mesh: MeshMode;
  /** Whether Istio's CNI plug-in is installed. */
  public readonly istioCni: boolean;
  /** Whether Linkerd's CNI plug-in is installed. */
  public readonly linkerdCni: boolean;
  /** Whether injected sidecars carry a seccomp profile. */
  public readonly sidecarSeccompProfile: boolean;
  /** Whether injected sidecars are native. */
  public readonly nativeSidecars: boolean;
  /** Whether Knative Serving's own pods are in the mesh. */
  public readonly knativeServingInMesh: boolean;
  /** Whether Knative Eventing's own pods are in the mesh. */
  public readonly knativeEventingInMesh: boolean;
  /** Namespace of Knative Serving. */
  public readonly knativeServingNamespace: string;
  /** Namespace of Knative Eventing. */
  public readonly knativeEventingNamespace: string;
  /** Namespace of the mesh-wide configuration. */
  public readonly istioNamespace: string;
  /** What becomes of requests to hosts that the mesh does not know. */
  public readonly outboundTraffic: OutboundTraffic;
  /** DNS suffix of the cluster. */
  public readonly clusterDomain: string;
  /** Domain of public services; undefined where it is unknown. */
  public readonly publicDomain?: string;
  /** Trust domain of mesh identities. */
  public readonly trustDomain: string;
  /** Networking layer of Knative. */
  public readonly ingressClass: IngressClass;
  /** Whether Knative claims hosts by itself. */
  public readonly autocreateDomainClaims: boolean;
  /** The API by which gateways and their routes are written. */
  public readonly gatewayApi: GatewayApi;
  /** Gateway that serves hosts from outside. */
  public readonly publicGateway: GatewayReference;
  /** Gateway that serves cluster-local hosts. */
  public readonly localGateway: GatewayReference;

  private readonly props: ClusterProfileProps;

  constructor(props: ClusterProfileProps = {}) {
    this.props = props;
    this.kubernetes = props.kubernetes ?? KubernetesVersion.V1_34;
    this.knativeServing = props.knativeServing ?? KnativeVersion.V1_23;
    this.knativeEventing = props.knativeEventing ?? KnativeVersion.V1_22;
    this.istio = props.istio ?? IstioVersion.V1_29;
    this.prometheusOperator = props.prometheusOperator ?? PrometheusOperatorVersion.V0_93;
    this.mesh = props.mesh ?? MeshMode.SIDECAR;
    this.istioCni = props.istioCni ?? true;
    this.linkerdCni = props.linkerdCni ?? true;
    this.sidecarSeccompProfile = props.sidecarSeccompProfile ?? false;
    this.nativeSidecars = props.nativeSidecars ?? true;
    this.knativeServingInMesh = props.knativeServingInMesh ?? this.hasIstio;
    this.knativeEventingInMesh = props.knativeEventingInMesh ?? this.hasIstio;
    this.knativeServingNamespace = props.knativeServingNamespace ?? 'knative-serving';
    this.knativeEventingNamespace = props.knativeEventingNamespace ?? 'knative-eventing';
    this.istioNamespace = props.istioNamespace ?? 'istio-system';
    this.outboundTraffic = props.outboundTraffic ?? OutboundTraffic.ALLOW_ANY;
    this.clusterDomain = props.clusterDomain ?? 'cluster.local';
    this.publicDomain = props.publicDomain;
    this.trustDomain = props.trustDomain ?? 'cluster.local';
    this.ingressClass = props.ingressClass ?? IngressClass.ISTIO;
    this.autocreateDomainClaims = props.autocreateDomainClaims ?? false;
    this.gatewayApi = props.gatewayApi ?? GatewayApi.ISTIO;
    const istioGatewayPods = {
      namespace: this.knativeServingNamespace,
      serviceNamespace: this.istioNamespace,
      serviceAccount: 'istio-ingressgateway-service-account',
    };
    this.publicGateway = props.publicGateway ?? { ...istioGatewayPods, name: 'knative-ingress-gateway', serviceName: 'istio-ingressgateway' };
    this.localGateway = props.localGateway ?? { ...istioGatewayPods, name: 'knative-local-gateway', serviceName: 'knative-local-gateway' };
  }

  /** Makes this the profile of a scope and of everything below it. */
  public applyTo(scope: IConstruct): void {
    Object.defineProperty(scope, PROFILE, { value: this, configurable: true });
    reportProblems(scope, () => ClusterProfile.of(scope) === this ? this.problems() : []);
  }

  /** A profile that differs from this one in some properties. */
  public with(changes: ClusterProfileProps): ClusterProfile {
    return new ClusterProfile({ ...this.props, ...changes });
  }

  /** The state of a feature flag of Knative Serving in this cluster. */
  public servingFeature(feature: ServingFeature): FeatureState {
    return this.props.servingFeatures?.find(setting => setting.key === feature.key)?.state ?? feature.defaultState;
  }

  /** The state of a feature flag of Knative Eventing in this cluster. */
  public eventingFeature(feature: EventingFeature): FeatureState {
    return this.props.eventingFeatures?.find(setting => setting.key === feature.key)?.state ?? feature.defaultState;
  }

  /** The autoscaler's defaults and bounds, every one filled in. */
  public get autoscaler(): AutoscalerSettings {
    return {
      enableScaleToZero: true,
      initialScale: 1,
      allowZeroInitialScale: false,
      minScale: 0,
      maxScale: 0,
      maxScaleLimit: 0,
      concurrencyTarget: 100,
      requestsPerSecondTarget: 200,
      targetUtilization: 70,
      targetBurstCapacity: 211,
      stableWindow: Duration.seconds(60),
      scaleToZeroGracePeriod: Duration.seconds(30),
      ...said(this.props.autoscaler),
    };
  }

  /** A revision's defaults and bounds, every one filled in. */
  public get revision(): RevisionSettings {
    return {
      timeout: Duration.seconds(300),
      maxTimeout: Duration.seconds(600),
      containerConcurrency: 0,
      maxContainerConcurrency: 1000,
      allowUnlimitedConcurrency: true,
      ...said(this.props.revision),
    };
  }

  /** What the monitoring stack selects, every setting filled in. */
  public get monitoring(): MonitoringSettings {
    const monitorLabels = this.props.monitoring?.monitorLabels ?? { release: 'kube-prometheus-stack' };
    const knativeMetrics = this.props.monitoring?.knativeMetrics ?? KnativeMetrics.DISABLED;
    return {
      ruleLabels: monitorLabels,
      dashboardLabels: { grafana_dashboard: '1' },
      namespace: 'monitoring',
      outsideMesh: true,
      scrapeInterval: Duration.seconds(30),
      knativeSystemMetrics: knativeMetrics,
      knativeExportInterval: Duration.seconds(60),
      ...said(this.props.monitoring),
      monitorLabels,
      knativeMetrics,
    };
  }

  /** Namespaces that exist outside of the app. */
  public get namespaces(): ExistingNamespace[] {
    return [...this.props.namespaces ?? []];
  }

  /** Whether the mesh of the cluster is Istio, with sidecars or in ambient mode. */
  public get hasIstio(): boolean {
    return this.mesh === MeshMode.SIDECAR || this.mesh === MeshMode.AMBIENT;
  }

  /**
   * What messages say of a cluster without Istio.
   * @internal
   */
  public get _inPlaceOfIstio(): string {
    return this.mesh === MeshMode.LINKERD ? 'Linkerd in place of Istio' : 'no mesh';
  }

  /** How workloads of this cluster join the mesh when nothing else is said. */
  public get defaultMembership(): MeshMembership {
    switch (this.mesh) {
      case MeshMode.SIDECAR: return MeshMembership.SIDECAR;
      case MeshMode.AMBIENT: return MeshMembership.AMBIENT;
      case MeshMode.LINKERD: return MeshMembership.LINKERD;
      default: return MeshMembership.OUTSIDE;
    }
  }

  /** The fully qualified host of a Service: short names resolve in another namespace than one thinks. */
  public serviceHost(name: string, namespace: string): string {
    return `${name}.${namespace}.svc.${this.clusterDomain}`;
  }

  /** The identity of a service account as Istio's policies spell it (without `spiffe://`). */
  public principal(namespace: string, serviceAccount: string): string {
    return `${this.trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
  }

  /** Whether the cluster's Istio is this release or newer. */
  public istioAtLeast(version: IstioVersion): boolean {
    return atLeast(this.istio, version);
  }

  private problems(): ProblemReport[] {
    if (!this.hasIstio || this.ingressClass !== IngressClass.ISTIO || this.istio === IstioVersion.V1_29) return [];
    return [{
      code: 'SM0006',
      severity: Severity.INFO,
      field: 'istio',
      value: this.istio,
      reason: 'Knative routes through net-istio, which is tested with Istio 1.29',
      fix: 'try out an upgrade of Istio with the routes of Knative before you rely on it',
    }];
  }
}

/** A setting that is left undefined must not hide its default. */
function said<T extends object>(settings: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

const DEFAULT_PROFILE = new ClusterProfile();
