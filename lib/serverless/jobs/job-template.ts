import type { JobTemplateProps } from './job-props';
import { PodFailureRule } from './pod-failure-rule';
import { ClusterProfile } from '../../core/cluster-profile';
import { wholeSeconds } from '../../core/durations';
import { podMeshAnnotations, podMeshLabels } from '../../core/membership';
import { MeshMembership } from '../../core/mesh-mode';
import { Expected, FLAG, instanceOf, NUMBER, TEXT, TEXT_MAP, usable } from '../../core/wrong-type';
import { list, renderInit, renderSettings, renderVolumes } from '../containers';
import { renderNativePod } from '../pod-spec';
import { meshProxyAnnotations } from '../proxy-resources';

/** Annotations by which pods ask for a sidecar that lets them end. */
const NATIVE: { readonly [membership in MeshMembership]?: string } = {
  [MeshMembership.SIDECAR]: 'sidecar.istio.io/nativeSidecar',
  [MeshMembership.LINKERD]: 'config.linkerd.io/proxy-enable-native-sidecar',
};

export const FAILURE_RULE = instanceOf(PodFailureRule, 'use a factory, as in PodFailureRule.failJob([42])');
export const FAILURE_RULES: Expected<unknown[]> = { what: 'a list of PodFailureRules', fix: FAILURE_RULE.fix, holds: (value): value is unknown[] => Array.isArray(value) };

/** What a job is made from. */
export interface JobInput {
  readonly name: string;
  readonly props: JobTemplateProps;
  readonly profile: ClusterProfile;
  readonly membership: MeshMembership;
  readonly serviceAccountName: string;
}

/** The spec of a Job. */
export function renderJob(input: JobInput): Record<string, unknown> {
  const { name, props } = input;
  const rules = (usable(props.podFailures, FAILURE_RULES) ?? []).filter((rule): rule is PodFailureRule => FAILURE_RULE.holds(rule));
  return {
    backoffLimit: usable(props.retries, NUMBER),
    activeDeadlineSeconds: wholeSeconds(props.deadline),
    parallelism: usable(props.parallelism, NUMBER),
    completions: usable(props.completions, NUMBER),
    completionMode: usable(props.indexed, FLAG) ? 'Indexed' : undefined,
    backoffLimitPerIndex: usable(props.retriesPerIndex, NUMBER),
    maxFailedIndexes: usable(props.maxFailedIndexes, NUMBER),
    podFailurePolicy: rules.length > 0 ? { rules: rules.map(rule => rule._toJson(name)) } : undefined,
    template: podTemplate(input),
  };
}

function podTemplate(input: JobInput): object {
  const { name, props, profile, membership, serviceAccountName } = input;
  const annotations = podAnnotations(input);
  const first = list(props.initContainers);
  return {
    metadata: {
      labels: { ...podMeshLabels(membership, profile.mesh), ...usable(props.templateLabels, TEXT_MAP), app: name },
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    },
    spec: {
      ...renderNativePod(props, { selector: { app: name }, generation: 'batch.kubernetes.io/controller-uid' }, !props.serviceAccount),
      serviceAccountName,
      restartPolicy: usable(props.restartPolicy, TEXT) ?? 'Never',
      containers: [{ name, image: usable(props.image, TEXT), ...renderSettings(props) }],
      initContainers: first.length > 0 ? first.map(renderInit) : undefined,
      volumes: renderVolumes([props, ...first]),
    },
  };
}

function podAnnotations({ props, profile, membership }: JobInput): Record<string, string> {
  // a sidecar that is an ordinary container never ends, and with it the job does not either
  const native: Record<string, string> = membership in NATIVE && !profile.nativeSidecars ? { [NATIVE[membership]!]: 'true' } : {};
  const resources = membership === MeshMembership.SIDECAR ? meshProxyAnnotations(props.meshProxyResources) : {};
  return { ...podMeshAnnotations(membership, profile.mesh), ...native, ...resources, ...usable(props.templateAnnotations, TEXT_MAP) };
}
