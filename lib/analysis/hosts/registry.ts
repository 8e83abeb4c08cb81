import { hostsIn, KnownHost } from './entries';
import { isForeign } from './existing';
import { halfQualified, isWildcard, qualified, ServiceName, serviceOfHost } from './host-name';
import { isOwnService } from './made-services';
import { ClusterProfile } from '../../core/cluster-profile';
import { ManifestModel, ModelObject } from '../model';
import { addTo } from '../workloads/multi-map';

/** Where a host is that a configuration names. */
export enum Whereabouts {
  /** The app makes it known. */
  KNOWN = 'known',
  /** It belongs to the platform, or to a namespace that the profile lists. */
  ELSEWHERE = 'elsewhere',
  /** Its namespace is one in which the app writes Services, and there is none of that name. */
  MISSING = 'missing',
  /** Nobody has said anything about it. */
  UNKNOWN = 'unknown',
}

/** What is known of a host. */
export interface Lookup {
  readonly whereabouts: Whereabouts;
  /** In full, as Istio completes it. */
  readonly host: string;
  /** What makes it known; several where two objects claim it. */
  readonly known: readonly KnownHost[];
  /** What declares it for other namespaces than those that ask. */
  readonly hidden: readonly KnownHost[];
  /** The full host that the author may have meant. */
  readonly meant?: string;
}

/** The hosts of an app; read once per model. */
export function hostsOf(model: ManifestModel): HostRegistry {
  return model.derived(readHosts);
}

/** Hosts of Services, of what controllers turn into Services, and of ServiceEntries. */
export class HostRegistry {
  private readonly exact = new Map<string, KnownHost[]>();
  private readonly wildcards = new Map<string, KnownHost[]>();
  private readonly namespaces = new Set<string>();
  private readonly generated = new Set<string>();

  constructor(model: ManifestModel) {
    for (const object of model.objects) {
      const { hosts, generated } = hostsIn(object);
      for (const known of hosts) {
        addTo(isWildcard(known.host) ? this.wildcards : this.exact, known.host, known);
        if (isOwnService(object)) this.namespaces.add(known.namespace);
      }
      if (generated !== undefined) this.generated.add(`${object.namespace}/${generated}`);
    }
  }

  /** Every host that is no wildcard. */
  public all(): KnownHost[] {
    return [...this.exact.values()].flat();
  }

  /** What a host means in a configuration of a namespace, which others see too if it is exported to them. */
  public find(written: string, from: ModelObject, profile: ClusterProfile, exportTo: readonly string[] = []): Lookup {
    const namespace = from.namespace ?? 'default';
    const host = qualified(written, namespace, profile.clusterDomain);
    const readers = [namespace, ...exportTo];
    const declared = this.known(host);
    const known = declared.filter(entry => entry.exportTo.some(reader => reader === '*' || readers.includes(reader)));
    if (known.length > 0) return { whereabouts: Whereabouts.KNOWN, host, known, hidden: [] };
    if (declared.length > 0) return { whereabouts: Whereabouts.MISSING, host, known, hidden: declared };
    return { host, known, hidden: [], ...this.absent(host, profile) };
  }

  private absent(host: string, profile: ClusterProfile): Pick<Lookup, 'whereabouts' | 'meant'> {
    const service = serviceOfHost(host, profile.clusterDomain);
    if (service !== undefined) return { whereabouts: this.absentService(service, profile) };
    const meant = halfQualified(host);
    if (meant === undefined) return { whereabouts: Whereabouts.UNKNOWN };
    const full = profile.serviceHost(meant.name, meant.namespace);
    const isService = this.exact.has(full) || isForeign(meant.namespace, profile);
    return isService ? { whereabouts: Whereabouts.MISSING, meant: full } : { whereabouts: Whereabouts.UNKNOWN };
  }

  private absentService({ name, namespace }: ServiceName, profile: ClusterProfile): Whereabouts {
    const revision = /^(.*)-\d{5,}(?:-private)?$/.exec(name);
    if (isForeign(namespace, profile) || (revision && this.generated.has(`${namespace}/${revision[1]}`))) return Whereabouts.ELSEWHERE;
    return this.namespaces.has(namespace) ? Whereabouts.MISSING : Whereabouts.UNKNOWN;
  }

  private known(host: string): readonly KnownHost[] {
    const exact = this.exact.get(host);
    if (exact !== undefined) return exact;
    if (this.wildcards.size === 0) return [];
    // a wildcard ends at a dot or stands alone
    const bare = isWildcard(host) ? host.slice(1) : host;
    const suffixes = [host, ...bare.split('.').map((_part, index, parts) => `*.${parts.slice(index + 1).join('.')}`), '*'];
    return suffixes.flatMap(suffix => this.wildcards.get(suffix) ?? []);
  }
}

function readHosts(model: ManifestModel): HostRegistry {
  return new HostRegistry(model);
}
