import { NetworkRule, podsOf, tcp } from './peers';
import { ClusterProfile } from '../../core/cluster-profile';
import { IngressClass } from '../../core/gateway-reference';
import { MeshMembership, MeshMode } from '../../core/mesh-mode';
import { IWorkload } from '../../core/workload';
import { gatewayAccounts } from '../identity';

/** The port on which ztunnel, waypoints and sidecars of an ambient mesh take what they carry for each other. */
export const HBONE = 15008;
/** The port on which Linkerd's proxies do (linkerd2 charts/linkerd-control-plane/values.yaml, outboundTransportMode). */
const LINKERD_INBOUND = 4143;
/** Certificates and configuration of Istio's sidecars (istio.io/latest/docs/ops/deployment/application-requirements, "Ports used by Istio"). */
const ISTIOD = 15012;
/** Identities, destinations and policies of Linkerd's (templates/identity.yaml, destination.yaml). */
const LINKERD_CONTROL = [8080, 8086, 8090];

/** The port on which proxies of this mesh take what they carry for each other, where it is not that of the app. */
export function carriedAt({ mesh }: ClusterProfile): number[] {
  switch (mesh) {
    case MeshMode.AMBIENT: return [HBONE];
    case MeshMode.LINKERD: return [LINKERD_INBOUND];
    default: return [];
  }
}

/** What the proxy of a pod shows to Prometheus: of Istio's, Envoy's metrics together with the app's, and Envoy's alone (istio injection-template.yaml). */
export function proxyMetrics({ meshMembership }: IWorkload): number[] {
  switch (meshMembership) {
    case MeshMembership.SIDECAR: return [15020, 15090];
    case MeshMembership.LINKERD: return [4191];
    default: return [];
  }
}

/** Where the proxy of a pod gets its certificate and its configuration. */
export function controlPlane({ meshMembership }: IWorkload, profile: ClusterProfile): NetworkRule[] {
  switch (meshMembership) {
    case MeshMembership.SIDECAR: return [{ peers: [podsOf(profile.istioNamespace)], ports: tcp(ISTIOD) }];
    case MeshMembership.LINKERD: return [{ peers: [podsOf('linkerd')], ports: tcp(...LINKERD_CONTROL, LINKERD_INBOUND) }];
    default: return [];
  }
}

/** Namespaces of the gateways through which Knative services are reached. */
export function knativeGateways(profile: ClusterProfile): string[] {
  switch (profile.ingressClass) {
    case IngressClass.KOURIER: return ['kourier-system'];
    case IngressClass.CONTOUR: return ['contour-external', 'contour-internal'];
    default: return [...new Set(gatewayAccounts(profile).map(({ namespace }) => namespace))];
  }
}
