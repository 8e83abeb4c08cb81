import { Revision } from './revision';
import type { TaggedRevision } from './tagged-revision';
import { Traffic } from './traffic';
import { ClusterProfile } from '../core/cluster-profile';
import { FeatureState } from '../core/feature-state';
import { ProblemReport } from '../core/problem';
import { ServingFeature } from '../core/serving-feature';

/** What a service says of its revisions and of who gets what. */
export interface TrafficIntent {
  readonly service: string;
  readonly revision?: Revision;
  readonly traffic?: Traffic;
  readonly tagged: readonly TaggedRevision[];
  readonly profile: ClusterProfile;
}

export function trafficProblems(intent: TrafficIntent): ProblemReport[] {
  return [...describedProblems(intent), ...unknownRevisions(intent), ...unknownTags(intent), ...headerProblems(intent)];
}

function describedProblems({ revision }: TrafficIntent): ProblemReport[] {
  if (!revision || revision._isDescribed) return [];
  return [{
    code: 'SM1151',
    field: 'revision',
    value: revision._isExisting ? 'Revision.existing()' : 'Revision.latest()',
    reason: 'this property names the revision that the service describes, and one that the cluster has already keeps its content for ever',
    fix: "use Revision.named('v2') or Revision.hashed() here, and the other one in traffic",
  }];
}

function unknownRevisions({ service, revision, traffic }: TrafficIntent): ProblemReport[] {
  const described = revision?._isDescribed ? revision._nameIn(service) : undefined;
  return (traffic?._revisions ?? []).flatMap(target => {
    const name = target._nameIn(service);
    if (!target._isDescribed || name === undefined || name === described) return [];
    const written = target._isHashed ? 'Revision.hashed()' : name;
    return [{
      code: 'SM1150',
      field: 'traffic',
      value: written,
      reason: described === undefined ? 'the service does not name its revision, so none is called this' : `the service describes revision ${revision?._isHashed ? 'Revision.hashed()' : described}, not this one`,
      fix: target._isHashed ? 'set revision: Revision.hashed() as well'
        : `set revision: Revision.named('${name.slice(service.length + 1)}') if it is the new one, or write Revision.existing('${name}') if the cluster has it`,
    }];
  });
}

function unknownTags({ traffic, tagged }: TrafficIntent): ProblemReport[] {
  // whoever owns the traffic knows its tags
  if (traffic?._owner) return [];
  const tags = traffic?._tags ?? [];
  return tagged.filter(({ tag }) => !tags.includes(tag)).map(({ tag }) => ({
    code: 'SM1152',
    field: 'traffic',
    value: tags,
    reason: `no revision has the tag ${tag}, so nothing answers at its host`,
    fix: `give a share of the traffic this tag, as in Traffic.split({ percent: 100, tag: '${tag}' })`,
  }));
}

function headerProblems({ tagged, profile }: TrafficIntent): ProblemReport[] {
  const feature = ServingFeature.TAG_HEADER_BASED_ROUTING;
  const state = profile.servingFeature(feature);
  const asking = tagged.find(revision => revision._byHeader);
  if (!asking || state === FeatureState.ENABLED) return [];
  return [{
    code: 'SM1153',
    field: 'traffic',
    value: asking.tag,
    reason: `requests are sent by header, which needs the feature flag ${feature.key}; it is ${state} in this cluster, and the header is not looked at`,
    fix: `send them to the host of the tag, or set ${feature.key}: enabled in ConfigMap config-features of ${profile.knativeServingNamespace} and declare it: `
      + 'ClusterProfile({ servingFeatures: [ServingFeature.TAG_HEADER_BASED_ROUTING.enabled()] })',
  }];
}
