import { covers } from './host-name';
import { meshConfigOf } from './mesh-config';
import { ClusterProfile } from '../../core/cluster-profile';
import { OutboundTraffic } from '../../core/outbound-traffic';
import { ManifestModel, ModelObject } from '../model';
import { fieldsAt, fieldsOf, isGiven, mapsOf, textOf, textsOf } from '../values';
import { Labels, mapSelector, selects } from '../workloads/labels';
import { addTo } from '../workloads/multi-map';

const REGISTRY_ONLY = 'REGISTRY_ONLY';

/** Pods, as far as it decides which Sidecar is theirs. */
export interface SidecarPods {
  readonly namespace: string;
  readonly labels: Labels;
  /** Whether a label whose value only the cluster knows may have this value. */
  mayBe?(key: string, value?: string): boolean;
}

/** What the sidecars of pods know of the mesh. */
export interface EgressScope {
  /** The Sidecar that says it; without one they know everything. */
  readonly sidecar?: ModelObject;
  /** Whether they block what they do not know. */
  readonly registryOnly: boolean;
  /** Whether they know a host that is declared in a namespace. */
  imports(host: string, namespace: string): boolean;
}

/**
 * The Sidecar with a selector that fits, or else the one without of the namespace, or else that of the mesh's root namespace
 * (istio pilot/pkg/model/push_context.go, doGetSidecarScope; sidecar.go, initSidecarScopeInternalIndexes).
 */
export function egressScopeOf(model: ManifestModel, pods: SidecarPods, profile: ClusterProfile): EgressScope {
  const index = model.derived(sidecars);
  const sidecar = index.size === 0 ? undefined : index.get(pods.namespace)?.find(candidate => isFor(candidate, pods))
    ?? index.get(textOf(meshConfigOf(model).rootNamespace) ?? profile.istioNamespace)?.find(candidate => !hasSelector(candidate));
  const spec = fieldsOf(sidecar?.manifest.spec);
  const hosts = mapsOf(spec.egress).flatMap(({ hosts: listed }) => textsOf(listed)).map(host => splitHost(host, pods.namespace));
  return {
    sidecar,
    // a policy without a mode has the first one of the enumeration
    registryOnly: isGiven(spec.outboundTrafficPolicy)
      ? (textOf(fieldsOf(spec.outboundTrafficPolicy).mode) ?? REGISTRY_ONLY) === REGISTRY_ONLY
      : (textOf(fieldsAt(meshConfigOf(model), 'outboundTrafficPolicy').mode) ?? profile.outboundTraffic) === OutboundTraffic.REGISTRY_ONLY,
    imports: (host, namespace) => mapsOf(spec.egress).length === 0
      || hosts.some(entry => (entry.namespace === '*' || entry.namespace === namespace) && (entry.host === '*' || covers(entry.host, host))),
  };
}

// those with a selector first, as istiod has them
function sidecars(model: ManifestModel): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  const all = model.ofKind('networking.istio.io', 'Sidecar');
  for (const sidecar of [...all.filter(hasSelector), ...all.filter(candidate => !hasSelector(candidate))]) addTo(found, sidecar.namespace ?? 'default', sidecar);
  return found;
}

function hasSelector({ manifest }: ModelObject): boolean {
  return isGiven(fieldsOf(manifest.spec).workloadSelector);
}

function isFor(sidecar: ModelObject, { labels, mayBe }: SidecarPods): boolean {
  return !hasSelector(sidecar) || selects(mapSelector(fieldsAt(sidecar.manifest, 'spec', 'workloadSelector').labels), labels, mayBe);
}

function splitHost(text: string, own: string): { readonly namespace: string; readonly host: string } {
  const slash = text.indexOf('/');
  const namespace = slash < 0 ? own : text.slice(0, slash);
  return { namespace: namespace === '.' ? own : namespace, host: text.slice(slash + 1).toLowerCase() };
}
