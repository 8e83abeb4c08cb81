import { ClusterProfile } from '../../../../core/cluster-profile';
import { platformGateways } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { fieldsAt, fieldsOf, isGiven, mapSelector, Selector, selects, Workload, workloadsOf } from '../../../workloads';

/** A kind of object that chooses the pods it is for. */
export interface SelectingKind {
  readonly group: string;
  readonly kind: string;
  /** Path of the labels. */
  readonly labels: readonly string[];
  /** Whether those in the namespace of the mesh's configuration choose pods of every namespace. */
  readonly meshWide: boolean;
  /** What other tools call a selector that finds nothing. */
  readonly peers: string[];
}

const KIALI = 'KIA0004';
const SELECTOR = ['spec', 'selector', 'matchLabels'];
const WORKLOAD_SELECTOR = ['spec', 'workloadSelector', 'labels'];

export const AUTHORIZATION_POLICY: SelectingKind = {
  group: 'security.istio.io', kind: 'AuthorizationPolicy', labels: SELECTOR, meshWide: true, peers: ['IST0127', KIALI],
};
export const SIDECAR: SelectingKind = {
  group: 'networking.istio.io', kind: 'Sidecar', labels: WORKLOAD_SELECTOR, meshWide: false, peers: ['IST0101', KIALI],
};
export const TELEMETRY: SelectingKind = {
  group: 'telemetry.istio.io', kind: 'Telemetry', labels: SELECTOR, meshWide: true, peers: ['IST0101', KIALI],
};
export const PEER_AUTHENTICATION: SelectingKind = {
  group: 'security.istio.io', kind: 'PeerAuthentication', labels: SELECTOR, meshWide: false, peers: [KIALI],
};

/** The kinds of Istio that choose pods by their labels. */
export const SELECTING_KINDS: readonly SelectingKind[] = [
  AUTHORIZATION_POLICY,
  SIDECAR,
  TELEMETRY,
  PEER_AUTHENTICATION,
  { group: 'security.istio.io', kind: 'RequestAuthentication', labels: SELECTOR, meshWide: true, peers: [KIALI] },
  { group: 'extensions.istio.io', kind: 'WasmPlugin', labels: SELECTOR, meshWide: true, peers: [KIALI] },
  { group: 'extensions.istio.io', kind: 'TrafficExtension', labels: SELECTOR, meshWide: true, peers: [KIALI] },
  { group: 'networking.istio.io', kind: 'ProxyConfig', labels: SELECTOR, meshWide: true, peers: [KIALI] },
  { group: 'networking.istio.io', kind: 'EnvoyFilter', labels: WORKLOAD_SELECTOR, meshWide: true, peers: [KIALI] },
  { group: 'networking.istio.io', kind: 'DestinationRule', labels: ['spec', 'workloadSelector', 'matchLabels'], meshWide: false, peers: [KIALI] },
];

/** The labels that an object chooses pods by. */
export function selectorOf(object: ModelObject, kind: SelectingKind): Selector {
  return mapSelector(fieldsAt(object.manifest, ...kind.labels));
}

/** Whether an object is attached to a Service or Gateway rather than to pods. */
export function isAttached(object: ModelObject): boolean {
  const { targetRef, targetRefs } = fieldsOf(object.manifest.spec);
  return isGiven(targetRef) || isGiven(targetRefs);
}

/** The namespace whose pods an object can choose; undefined for all. */
export function scopeOf(object: ModelObject, kind: SelectingKind, profile: ClusterProfile): string | undefined {
  return kind.meshWide && object.namespace === profile.istioNamespace ? undefined : object.namespace ?? 'default';
}

/** Pods of the app that an object chooses. */
export function chosenPods(model: ManifestModel, object: ModelObject, kind: SelectingKind, profile: ClusterProfile): readonly Workload[] {
  return workloadsOf(model).selectedBy(selectorOf(object, kind), scopeOf(object, kind, profile));
}

/** Whether a selector finds pods that the platform runs. */
export function choosesPlatform(object: ModelObject, kind: SelectingKind, profile: ClusterProfile): boolean {
  const scope = scopeOf(object, kind, profile);
  return platformGateways(profile).some(gateway => (scope === undefined || gateway.namespace === scope)
    && selects(selectorOf(object, kind), gateway.labels, key => key !== 'istio' && key !== 'app'));
}
