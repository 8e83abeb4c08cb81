import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { qualified } from '../hosts/host-name';
import { ManifestModel, ModelObject } from '../model';
import { entriesOf, Fields, fieldsAt, fieldsOf, numberOf, textOf } from '../values';
import { mapSelector, selects, selectsAll } from '../workloads/labels';
import { addTo } from '../workloads/multi-map';
import { isSelected } from '../workloads/workload';

/** A mode of mutual TLS, and the object that says so. */
export interface TlsMode {
  readonly mode: string;
  readonly by?: ModelObject;
}

/** The TLS that a DestinationRule has a caller use for a host; undefined where none says anything, and Istio chooses by itself. */
export function destinationTls(model: ManifestModel, from: Party, to: Party, profile: ClusterProfile): TlsMode | undefined {
  const byHost = model.derived(rulesByHost);
  if (to.host === undefined || byHost.size === 0) return undefined;
  // nearest namespace first, and in it the most exact host
  for (const namespace of [from.namespace, to.namespace, profile.istioNamespace]) {
    for (const host of hostsFor(to.host)) {
      for (const rule of byHost.get(host) ?? []) {
        if (rule.namespace !== namespace || !holdsFor(rule, from)) continue;
        const mode = modeIn(fieldsAt(rule.manifest, 'spec', 'trafficPolicy'));
        return mode === undefined ? undefined : { mode, by: rule };
      }
    }
  }
  return undefined;
}

function modeIn(policy: Fields): string | undefined {
  const ports = entriesOf(policy.portLevelSettings, '').filter(({ value }) => numberOf(fieldsOf(value.port).number) !== undefined);
  // which of the Service's ports the request is for is not said, so only what all of them agree on counts
  const modes = new Set(ports.map(({ value }) => textOf(fieldsOf(value.tls).mode)));
  return (modes.size === 1 ? [...modes][0] : undefined) ?? textOf(fieldsOf(policy.tls).mode);
}

function holdsFor(rule: ModelObject, from: Party): boolean {
  const selector = mapSelector(fieldsAt(rule.manifest, 'spec', 'workloadSelector').matchLabels);
  if (selectsAll(selector)) return true;
  if (rule.namespace !== from.namespace) return false;
  return from.workload ? isSelected(from.workload, selector) : from.labels !== undefined && selects(selector, from.labels);
}

function rulesByHost(model: ManifestModel): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const rule of model.ofKind('networking.istio.io', 'DestinationRule')) {
    const host = textOf(fieldsOf(rule.manifest.spec).host);
    if (host !== undefined) addTo(found, qualified(host, rule.namespace ?? 'default', ClusterProfile.of(rule.construct).clusterDomain), rule);
  }
  return found;
}

function hostsFor(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.map((_label, i) => `*.${labels.slice(i + 1).join('.')}`).slice(0, -1), '*'];
}
