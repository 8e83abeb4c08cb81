import { Party } from './party';
import { PodIndex } from './pod-index';
import { ManifestModel, ModelObject } from '../model';
import { Fields, fieldsAt, fieldsOf, mapsOf, textOf } from '../values';
import { Kept } from '../workloads/kept';
import { labelsOf, mapSelector, selects, selectsAll } from '../workloads/labels';
import { isSelected } from '../workloads/workload';

const GROUP = 'security.istio.io';
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** A proxy of its own before some services (ambient mode). */
export interface Waypoint {
  readonly name: string;
  readonly namespace: string;
  /** The Service that the request is for. */
  readonly service?: { readonly name: string; readonly namespace: string };
}

/** Policies of a kind that hold at the proxy of some pods: a sidecar, ztunnel or a gateway (istio pilot/pkg/model/policyattachment.go). */
export function policiesAtPods(model: ManifestModel, kind: string, pods: Party, root: string): readonly ModelObject[] {
  const known = model.derived(attached).of(pods);
  let found = known.get(kind);
  if (found === undefined) known.set(kind, found = findAtPods(model, kind, pods, root));
  return found;
}

/** Kept, since whoever calls some pods asks for the same. */
function attached(): Kept<Party, Map<string, readonly ModelObject[]>> {
  return new Kept(() => new Map());
}

function findAtPods(model: ManifestModel, kind: string, pods: Party, root: string): ModelObject[] {
  const index = model.derived(INDEXES[kind]);
  return [...new Set([root, pods.namespace])].flatMap(namespace => index.candidates(namespace, pods)).filter(policy => {
    const refs = targetRefs(policy);
    return refs.length === 0 ? selectsPods(policy, pods) : refs.some(ref => isGateway(ref, policy, pods));
  });
}

/** Policies of a kind that hold at a waypoint, which never looks at selectors. */
export function policiesAtWaypoint(model: ManifestModel, kind: string, waypoint: Waypoint, root: string): ModelObject[] {
  const { service } = waypoint;
  const index = model.derived(INDEXES[kind]);
  return [...new Set([root, waypoint.namespace, service?.namespace])].flatMap(namespace => index.inNamespace(namespace)).filter(policy => targetRefs(policy).some(ref => {
    const [group, name] = [ref.group === 'core' ? '' : textOf(ref.group) ?? '', textOf(ref.name)];
    switch (`${group}/${String(ref.kind)}`) {
      case '/Service': return name === service?.name && policy.namespace === service?.namespace;
      case 'gateway.networking.k8s.io/GatewayClass': return name === 'istio-waypoint' && policy.namespace === root;
      case 'gateway.networking.k8s.io/Gateway': return name === waypoint.name && policy.namespace === waypoint.namespace;
      default: return false;
    }
  }));
}

/** Whether a policy selects pods by their labels; labels that nobody knows are given the benefit of the doubt only where they could match. */
export function selectsPods(policy: ModelObject, pods: Party): boolean {
  const selector = mapSelector(fieldsAt(policy.manifest, 'spec', 'selector').matchLabels);
  if (selectsAll(selector)) return true;
  if (pods.workload) return isSelected(pods.workload, selector);
  return pods.labels !== undefined && selects(selector, pods.labels);
}

function isGateway(ref: Fields, policy: ModelObject, pods: Party): boolean {
  return ref.kind === 'Gateway' && ref.group === 'gateway.networking.k8s.io' && policy.namespace === pods.namespace
    && ref.name === pods.labels?.[GATEWAY_NAME];
}

function targetRefs(policy: ModelObject): Fields[] {
  const spec = fieldsOf(policy.manifest.spec);
  const several = mapsOf(spec.targetRefs);
  const one = fieldsOf(spec.targetRef);
  return several.length > 0 ? several : Object.keys(one).length > 0 ? [one] : [];
}

const INDEXES: Readonly<Record<string, (model: ManifestModel) => PodIndex>> = {
  AuthorizationPolicy: model => indexOf(model, 'AuthorizationPolicy'),
  PeerAuthentication: model => indexOf(model, 'PeerAuthentication'),
  RequestAuthentication: model => indexOf(model, 'RequestAuthentication'),
};

function indexOf(model: ManifestModel, kind: string): PodIndex {
  return new PodIndex(model.ofKind(GROUP, kind), policy => labelsOf(fieldsAt(policy.manifest, 'spec', 'selector').matchLabels));
}
