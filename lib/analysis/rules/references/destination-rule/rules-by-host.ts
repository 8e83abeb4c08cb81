import { ClusterProfile } from '../../../../core/cluster-profile';
import { covers, halfQualified, isWildcard, qualified } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { addTo, entriesOf, Entry, Fields, fieldsAt, fieldsOf, textOf } from '../../../workloads';

export function destinationRules(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('networking.istio.io', 'DestinationRule');
}

/** The host of a DestinationRule in full. */
export function hostOfRule(rule: ModelObject): string | undefined {
  const host = textOf(fieldsOf(rule.manifest.spec).host);
  return host === undefined ? undefined : qualified(host, rule.namespace ?? 'default', ClusterProfile.of(rule.construct).clusterDomain);
}

export function subsetsOf(rule: ModelObject): Entry[] {
  return entriesOf(fieldsOf(rule.manifest.spec).subsets, 'spec.subsets');
}

/** The TLS settings of a DestinationRule for all of its ports. */
export function tlsOf(rule: ModelObject): Fields {
  return fieldsAt(rule.manifest, 'spec', 'trafficPolicy', 'tls');
}

/** Whether a DestinationRule is for some clients only. */
export function isForSomeClients(rule: ModelObject): boolean {
  return Object.keys(fieldsAt(rule.manifest, 'spec', 'workloadSelector', 'matchLabels')).length > 0;
}

/** The DestinationRules of an app by host; read once per model. */
export function rulesByHostOf(model: ManifestModel): RulesByHost {
  return model.derived(readRules);
}

/** What the DestinationRules for a host declare. */
export interface SubsetsOfHost {
  readonly rules: readonly ModelObject[];
  readonly names: ReadonlySet<string>;
}

/** DestinationRules, found by the hosts that they are for. */
export class RulesByHost {
  private readonly exact = new Map<string, ModelObject[]>();
  /** Rules for hosts of two parts, which Istio does not complete, under the host that they seem to mean. */
  private readonly meant = new Map<string, ModelObject[]>();
  private readonly wildcards: { readonly host: string; readonly rule: ModelObject }[] = [];
  private readonly known = new Map<string, SubsetsOfHost>();

  constructor(model: ManifestModel) {
    for (const rule of destinationRules(model)) {
      const host = hostOfRule(rule);
      if (host === undefined) continue;
      if (isWildcard(host)) this.wildcards.push({ host, rule });
      else addTo(this.exact, host, rule);
      const half = halfQualified(host);
      if (half !== undefined) addTo(this.meant, ClusterProfile.of(rule.construct).serviceHost(half.name, half.namespace), rule);
    }
    this.wildcards.sort((a, b) => b.host.length - a.host.length);
  }

  /** Those for a host, the most specific first. */
  public of(host: string): ModelObject[] {
    return [...this.exact.get(host) ?? [], ...this.wildcards.filter(wildcard => covers(wildcard.host, host)).map(({ rule }) => rule)];
  }

  /** The subsets that they declare for a host. That a host is written by halves is said elsewhere, and no reason to miss its subsets too. */
  public subsets(host: string, profile: ClusterProfile): SubsetsOfHost {
    let found = this.known.get(host);
    if (found === undefined) {
      const half = halfQualified(host);
      const full = half === undefined ? host : profile.serviceHost(half.name, half.namespace);
      const rules = [...new Set([host, full].flatMap(name => [...this.of(name), ...this.meant.get(name) ?? []]))];
      const names = rules.flatMap(subsetsOf).map(({ value }) => textOf(value.name)).filter(name => name !== undefined);
      found = { rules, names: new Set(names) };
      this.known.set(host, found);
    }
    return found;
  }

  /** Those with the very same host, by host. */
  public sameHost(): ReadonlyMap<string, readonly ModelObject[]> {
    const all = new Map<string, ModelObject[]>(this.exact);
    for (const { host, rule } of this.wildcards) addTo(all, host, rule);
    return all;
  }
}

function readRules(model: ManifestModel): RulesByHost {
  return new RulesByHost(model);
}
