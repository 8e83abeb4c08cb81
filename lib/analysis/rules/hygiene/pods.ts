import { ManifestModel, ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { entriesOf, Fields, fieldsAt, fieldsOf, labelsOf, Workload, workloadsOf } from '../../workloads';

/** A container of a workload. */
export interface PodContainer {
  readonly workload: Workload;
  readonly object: ModelObject;
  /** Where it stands in the object. */
  readonly field: string;
  readonly value: Fields;
  /** Its own security context. */
  readonly security: Fields;
  /** The one of its pod. */
  readonly podSecurity: Fields;
  /** Whether it runs before the others, and not beside them. */
  readonly init: boolean;
}

/** Workloads whose pods the manifests describe, those of Knative Serving left out: it has rules of its own, and its webhook refuses much of this. */
export function plainWorkloads(model: ManifestModel): readonly Workload[] {
  return model.derived(readWorkloads);
}

/** The containers of those. */
export function podContainers(model: ManifestModel): readonly PodContainer[] {
  return model.derived(readContainers);
}

/** A rule that looks at one container after the other. */
export interface ContainerRule extends Omit<Rule, 'check'> {
  findings(container: PodContainer): Finding[];
}

export function onContainers({ findings, ...rule }: ContainerRule): Rule {
  return {
    ...rule,
    check: context => podContainers(context.model).forEach(container => findings(container)
      .forEach(finding => context.report(container.object, finding))),
  };
}

/** A rule that looks at one workload after the other. */
export interface WorkloadRule extends Omit<Rule, 'check'> {
  findings(workload: Workload, model: ManifestModel): Finding[];
}

export function onWorkloads({ findings, ...rule }: WorkloadRule): Rule {
  return {
    ...rule,
    check: context => plainWorkloads(context.model).forEach(workload => findings(workload, context.model)
      .forEach(finding => context.report(workload.object, finding))),
  };
}

/** What messages call a container. */
export function nameOf({ value, field }: PodContainer): string {
  return typeof value.name === 'string' && value.name !== '' ? `container ${value.name}` : field;
}

/** What holds for a container: what it says itself, otherwise what its pod says. */
export function effective({ security, podSecurity }: PodContainer, key: string): unknown {
  return security[key] ?? podSecurity[key];
}

/** Kinds whose pods end by themselves. */
export function runsToTheEnd({ object }: Workload): boolean {
  return ['Job', 'CronJob', 'JobSink', 'ScaledJob'].includes(object.manifest.kind);
}

function readWorkloads(model: ManifestModel): readonly Workload[] {
  return [
    ...workloadsOf(model).all.filter(workload => workload.complete && workload.object.group !== 'serving.knative.dev'),
    ...['Deployment', 'StatefulSet', 'DaemonSet'].flatMap(kind => model.ofKind('', kind).map(misfiled)),
  ];
}

/** That the API group is wrong is said elsewhere; what was meant is plain. */
function misfiled(object: ModelObject): Workload {
  const template = fieldsAt(object.manifest, 'spec', 'template');
  return {
    object,
    name: object.name ?? '',
    namespace: object.namespace ?? 'default',
    path: 'spec.template.',
    labels: labelsOf(fieldsOf(template.metadata).labels),
    annotations: labelsOf(fieldsOf(template.metadata).annotations),
    spec: fieldsOf(template.spec),
    addedPorts: [],
    complete: true,
    openLabels: [],
    mayBe: () => false,
  };
}

function readContainers(model: ManifestModel): readonly PodContainer[] {
  return plainWorkloads(model).flatMap(workload => ['containers', 'initContainers'].flatMap(list =>
    entriesOf(workload.spec[list], `${workload.path}spec.${list}`).map(({ field, value }) => ({
      workload,
      object: workload.object,
      field,
      value,
      security: fieldsOf(value.securityContext),
      podSecurity: fieldsOf(workload.spec.securityContext),
      init: list === 'initContainers' && value.restartPolicy !== 'Always',
    }))));
}
