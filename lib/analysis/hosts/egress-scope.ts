import { covers } from './host-name';
import { meshConfigOf } from './mesh-config';
import { ClusterProfile } from '../../core/cluster-profile';
import { OutboundTraffic } from '../../core/outbound-traffic';
import { ManifestModel, ModelObject } from '../model';
import { fieldsAt, fieldsOf, isGiven, mapsOf, textOf, textsOf } from '../values';
import { Labels, mapSelector, Selector, selects } from '../workloads/labels';
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
  const sidecar = index.size === 0 ? undefined : sidecarOf(index.get(pods.namespace), pods)
    ?? index.get(textOf(meshConfigOf(model).rootNamespace) ?? profile.istioNamespace)?.wide;
  const spec = fieldsOf(sidecar?.manifest.spec);
  const everything = mapsOf(spec.egress).length === 0;
  let hosts: ImportedHost[] | undefined;
  return {
    sidecar,
    // a policy without a mode has the first one of the enumeration
    registryOnly: isGiven(spec.outboundTrafficPolicy)
      ? (textOf(fieldsOf(spec.outboundTrafficPolicy).mode) ?? REGISTRY_ONLY) === REGISTRY_ONLY
      : (textOf(fieldsAt(meshConfigOf(model), 'outboundTrafficPolicy').mode) ?? profile.outboundTraffic) === OutboundTraffic.REGISTRY_ONLY,
    imports: (host, namespace) => everything
      || (hosts ??= mapsOf(spec.egress).flatMap(listener => textsOf(listener.hosts)).map(text => splitHost(text, pods.namespace))).some(entry => (entry.namespace === '*' || entry.namespace === namespace) && (entry.host === '*' || covers(entry.host, host))),
  };
}

/** The Sidecars of a namespace: a namespace may have one for each of its workloads. */
interface OfNamespace {
  readonly all: ModelObject[];
  /** Those with a selector, by its first label. */
  readonly byLabel: Map<string, ModelObject[]>;
  /** The same by the key of that label alone. */
  readonly byKey: Map<string, ModelObject[]>;
  /** The first without. */
  wide?: ModelObject;
}

function sidecars(model: ManifestModel): Map<string, OfNamespace> {
  const found = new Map<string, OfNamespace>();
  for (const sidecar of model.ofKind('networking.istio.io', 'Sidecar')) {
    const namespace = sidecar.namespace ?? 'default';
    let own = found.get(namespace);
    if (!own) found.set(namespace, own = { all: [], byLabel: new Map(), byKey: new Map() });
    own.all.push(sidecar);
    const [label] = Object.entries(selectorOf(sidecar).matchLabels);
    if (label) {
      addTo(own.byLabel, label.join('='), sidecar);
      addTo(own.byKey, label[0], sidecar);
    } else {
      own.wide ??= sidecar;
    }
  }
  return found;
}

/** Of those with a selector the first that fits, otherwise the one for the whole namespace. */
function sidecarOf(own: OfNamespace | undefined, { labels, mayBe }: SidecarPods): ModelObject | undefined {
  if (!own) return undefined;
  const open = [...own.byKey.keys()].filter(key => labels[key] === undefined && mayBe?.(key)).flatMap(key => own.byKey.get(key)!);
  const fitting = [...Object.entries(labels).flatMap(label => own.byLabel.get(label.join('=')) ?? []), ...open].filter(sidecar => selects(selectorOf(sidecar), labels, mayBe));
  return fitting.length > 1 ? own.all.find(sidecar => fitting.includes(sidecar)) : fitting[0] ?? own.wide;
}

function selectorOf({ manifest }: ModelObject): Selector {
  return mapSelector(fieldsAt(manifest, 'spec', 'workloadSelector').labels);
}

interface ImportedHost {
  readonly namespace: string;
  readonly host: string;
}

function splitHost(text: string, own: string): ImportedHost {
  const slash = text.indexOf('/');
  const namespace = slash < 0 ? own : text.slice(0, slash);
  return { namespace: namespace === '.' ? own : namespace, host: text.slice(slash + 1).toLowerCase() };
}
