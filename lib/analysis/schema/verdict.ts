import { bundledKind, bundledKinds, groupsOf, isNewer } from './bundled-kinds';
import { kindsOfApp } from './crd-kinds';
import { violationsOf } from './judge';
import { KnownKind } from './known-kind';
import { deprecatedKind, removedVersion } from './removed-versions';
import { nearest } from './spelling';
import { Violation } from './violation';
import { ClusterProfile } from '../../core/cluster-profile';
import { ManifestModel, ModelObject } from '../model';

/** What stands against the API version of an object. */
export type VersionFault =
  | { readonly fault: 'removed' | 'deprecated' | 'outdated'; readonly reason: string; readonly fix: string }
  | { readonly fault: 'kind'; readonly reason: string; readonly fix: string; readonly isCertain: boolean };

/** What the API server makes of an object. */
export interface Verdict {
  readonly object: ModelObject;
  readonly version?: VersionFault;
  readonly violations: readonly Violation[];
  /** Whether its kind is one of Kubernetes itself. */
  readonly isCore: boolean;
}

/** The verdicts on every object of an app about which there is something to say. */
export function verdicts(model: ManifestModel): readonly Verdict[] {
  const ofApp = model.derived(kindsOfApp);
  return model.objects.flatMap(object => {
    const verdict = verdictOn(object, ofApp);
    return verdict && (verdict.version || verdict.violations.length > 0) ? [verdict] : [];
  });
}

function verdictOn(object: ModelObject, ofApp: ReadonlyMap<string, KnownKind>): Verdict | undefined {
  const { manifest, group } = object;
  const { apiVersion, kind } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const known = ofApp.get(`${group}/${kind}`) ?? bundledKind(group, kind);
  const { isCore } = bundledKinds(group);
  if (!known) return { object, isCore, violations: [], version: removed(object, apiVersion, kind) ?? unknownKind(group, kind, isCore) };
  return {
    object,
    isCore,
    version: removed(object, apiVersion, kind) ?? versionFault(known, apiVersion, version, isCore),
    violations: violationsOf(manifest, known, version) ?? [],
  };
}

function removed({ construct }: ModelObject, apiVersion: string, kind: string): VersionFault | undefined {
  const minor = Number(ClusterProfile.of(construct).kubernetes.split('.')[1]);
  const gone = removedVersion(apiVersion, kind);
  if (gone && minor >= gone.since) {
    return { fault: 'removed', reason: `Kubernetes serves no ${kind} of ${apiVersion} since release 1.${gone.since}`, fix: gone.instead };
  }
  if (gone && minor >= gone.deprecated) {
    return { fault: 'deprecated', reason: `Kubernetes warns of ${apiVersion} since release 1.${gone.deprecated}, and 1.${gone.since} does not serve it`, fix: gone.instead };
  }
  const old = deprecatedKind(apiVersion, kind);
  return old && minor >= old.since ? { fault: 'deprecated', reason: `Kubernetes warns of ${kind} since release 1.${old.since}`, fix: old.instead } : undefined;
}

function versionFault(known: KnownKind, apiVersion: string, version: string, isCore: boolean): VersionFault | undefined {
  const { group, kind, origin, versions, preferred } = known;
  const stated = versions.find(({ name }) => name === version);
  const fix = `write apiVersion: ${group === '' ? '' : `${group}/`}${preferred}`;
  if (!stated || !stated.served) {
    const served = versions.filter(one => one.served).map(({ name }) => name);
    return { fault: 'removed', reason: `${origin} serves no ${kind} of ${apiVersion}, only ${served.join(', ')}`, fix: `${fix}, and go through its fields` };
  }
  if (stated.deprecated) {
    return { fault: 'deprecated', reason: stated.deprecationWarning ?? `${origin} serves this version and warns of it`, fix };
  }
  // a core kind has versions that are not yet served everywhere, and those are newer in name alone
  return !isCore && isNewer(preferred, version) ? { fault: 'outdated', reason: `${origin} has a newer version of this kind`, fix } : undefined;
}

function unknownKind(group: string, kind: string, isCore: boolean): VersionFault | undefined {
  // lists are taken apart before they reach the server
  if (kind.endsWith('List')) return undefined;
  const { kinds } = bundledKinds(group);
  // other groups have kinds that are not known here, perhaps under a name that another group has too
  const elsewhere = isCore ? homesOf(kind) : [];
  if (elsewhere.length > 0) {
    return {
      fault: 'kind',
      isCertain: isCore,
      reason: `${group === '' ? 'the core group' : group} has no kind ${kind}`,
      fix: `write apiVersion: ${elsewhere.join(' or ')}`,
    };
  }
  const meant = nearest(kind, kinds, false);
  if (!isCore && !meant) return undefined;
  return {
    fault: 'kind',
    isCertain: isCore,
    reason: `${group === '' ? 'the core group' : group} has no kind ${kind}`,
    fix: meant ? `did you mean ${meant}? Then write that` : 'correct kind or apiVersion',
  };
}

/** The API versions under which a kind is known. */
function homesOf(kind: string): string[] {
  return groupsOf(kind).map(group => {
    const { preferred } = bundledKind(group, kind)!;
    return group === '' ? preferred : `${group}/${preferred}`;
  });
}
