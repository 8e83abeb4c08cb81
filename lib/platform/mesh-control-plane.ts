import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { controlPlaneProblems } from './control-plane-problems';
import {
  Istio, IstioCni, IstioCniSpec, IstioCniSpecProfile, IstioCniSpecVersion, IstioSpec, IstioSpecProfile, IstioSpecUpdateStrategyType, IstioSpecValues,
  IstioSpecValuesMeshConfigOutboundTrafficPolicyMode, IstioSpecVersion, toJson_IstioCniSpec, toJson_IstioSpec,
  toJson_ZTunnelSpec, ZTunnel, ZTunnelSpec, ZTunnelSpecTargetRefKind, ZTunnelSpecVersion,
} from '../../imports/sailoperator.io';
import { ClusterProfile } from '../core/cluster-profile';
import { ExtensionProvider } from '../core/extension-provider';
import { Intents } from '../core/intents';
import { MeshMode } from '../core/mesh-mode';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';

/** What of the mesh the operator installs, beyond what the cluster profile says. */
export interface MeshControlPlaneProps {
  /**
   * Collectors, access logs and authorizers that policies and telemetry may name.
   * @default - those that Istio ships: `prometheus`, `stackdriver` and `envoy`
   */
  readonly providers?: ExtensionProvider[];

  /**
   * The provider of traces where no Telemetry names one.
   * @default - none
   */
  readonly defaultTracing?: ExtensionProvider;

  /**
   * The provider of access logs where no Telemetry names one.
   * @default - none
   */
  readonly defaultAccessLog?: ExtensionProvider;

  /**
   * Labels of the namespaces that the control plane looks at, each a set that has to match as a whole.
   * @default - every namespace
   */
  readonly discoverySelectors?: { [key: string]: string }[];

  /**
   * Whether applications wait for their sidecar. Native sidecars start first anyway.
   * @default - false with native sidecars, true without
   */
  readonly holdApplicationUntilProxyStarts?: boolean;

  /**
   * Whether a new version is a control plane of its own to which workloads move one by one, instead of replacing the old one.
   * @default false
   */
  readonly revisions?: boolean;
}

const CNI_NAMESPACE = 'istio-cni';
const ZTUNNEL_NAMESPACE = 'ztunnel';

/**
 * Istio as the Sail operator installs it, with what the cluster profile promises: version, sidecars or ambient mode, CNI plug-in, trust domain, cluster domain, native
 * sidecars and their seccomp profile.
 *
 * @see https://github.com/istio-ecosystem/sail-operator
 */
export class MeshControlPlane extends Construct {
  /** The Istio, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** The IstioCNI, as an escape hatch; undefined where the profile has no CNI plug-in. */
  public readonly cniObject?: ApiObject;
  /** The ZTunnel, as an escape hatch; undefined without ambient mode. */
  public readonly ztunnelObject?: ApiObject;

  private readonly props: MeshControlPlaneProps;

  constructor(scope: Construct, id: string, props: MeshControlPlaneProps = {}) {
    super(scope, id);
    Intents.of(this);
    this.props = props;
    const profile = ClusterProfile.of(this);
    const ambient = profile.mesh === MeshMode.AMBIENT;
    this.apiObject = resource(this, 'Resource', {
      gvk: Istio.GVK,
      metadata: { name: 'default' },
      clusterScoped: true,
      fields: { spec: () => toJson_IstioSpec(this.istio(ClusterProfile.of(this))) },
    });
    if (profile.istioCni || ambient) {
      this.cniObject = resource(this, 'Cni', {
        gvk: IstioCni.GVK,
        metadata: { name: 'default' },
        clusterScoped: true,
        fields: { spec: () => toJson_IstioCniSpec(this.cni(ClusterProfile.of(this))) },
      });
    }
    if (ambient) {
      this.ztunnelObject = resource(this, 'Ztunnel', {
        gvk: ZTunnel.GVK,
        metadata: { name: 'default' },
        clusterScoped: true,
        fields: { spec: () => toJson_ZTunnelSpec(this.ztunnel(ClusterProfile.of(this))) },
      });
    }
    reportProblems(this, () => controlPlaneProblems(props, ClusterProfile.of(this)));
  }

  private istio(profile: ClusterProfile): IstioSpec {
    return {
      namespace: profile.istioNamespace,
      version: `v${profile.istio}-latest` as IstioSpecVersion,
      ...profile.mesh === MeshMode.AMBIENT ? { profile: IstioSpecProfile.AMBIENT } : {},
      ...this.props.revisions ? { updateStrategy: { type: IstioSpecUpdateStrategyType.REVISION_BASED } } : {},
      values: this.values(profile),
    };
  }

  private values(profile: ClusterProfile): IstioSpecValues {
    const { providers, discoverySelectors, defaultTracing, defaultAccessLog } = this.props;
    const ambient = profile.mesh === MeshMode.AMBIENT;
    const named = [...providers ?? [], defaultTracing, defaultAccessLog].filter((provider): provider is ExtensionProvider => provider !== undefined);
    // what the mesh has already is not defined again
    const defined = [...new Set(named)].flatMap(provider => provider._spec ?? []);
    const hold = this.props.holdApplicationUntilProxyStarts ?? !profile.nativeSidecars;
    return {
      global: {
        istioNamespace: profile.istioNamespace,
        proxy: {
          clusterDomain: profile.clusterDomain,
          ...profile.sidecarSeccompProfile ? { seccompProfile: { type: 'RuntimeDefault' } } : {},
        },
      },
      meshConfig: {
        trustDomain: profile.trustDomain,
        rootNamespace: profile.istioNamespace,
        outboundTrafficPolicy: { mode: profile.outboundTraffic as unknown as IstioSpecValuesMeshConfigOutboundTrafficPolicyMode },
        ...defined.length > 0 ? { extensionProviders: defined } : {},
        ...defaultTracing || defaultAccessLog ? {
          defaultProviders: { ...defaultTracing ? { tracing: [defaultTracing.name] } : {}, ...defaultAccessLog ? { accessLogging: [defaultAccessLog.name] } : {} },
        } : {},
        ...discoverySelectors?.length ? { discoverySelectors: discoverySelectors.map(matchLabels => ({ matchLabels })) } : {},
        ...hold ? { defaultConfig: { holdApplicationUntilProxyStarts: true } } : {},
        ...defaultTracing ? { enableTracing: true } : {},
      },
      pilot: {
        cni: { enabled: profile.istioCni || ambient },
        env: { ENABLE_NATIVE_SIDECARS: String(profile.nativeSidecars) },
        ...ambient ? { trustedZtunnelNamespace: ZTUNNEL_NAMESPACE } : {},
      },
    };
  }

  private cni(profile: ClusterProfile): IstioCniSpec {
    return {
      namespace: CNI_NAMESPACE,
      version: `v${profile.istio}-latest` as IstioCniSpecVersion,
      ...profile.mesh === MeshMode.AMBIENT ? { profile: IstioCniSpecProfile.AMBIENT } : {},
    };
  }

  private ztunnel(profile: ClusterProfile): ZTunnelSpec {
    return {
      namespace: ZTUNNEL_NAMESPACE,
      version: `v${profile.istio}-latest` as ZTunnelSpecVersion,
      targetRef: { kind: ZTunnelSpecTargetRefKind.ISTIO, name: 'default' },
    };
  }
}
