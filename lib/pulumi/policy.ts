import { installedVersion, whatIsMissing } from './packages';
import { checkFiles, ClusterProfile, formatProblem, Severity } from 'cdk8s-serverless-mesh/analysis';

/** A resource as Pulumi shows it to policies; the part of `@pulumi/policy` that this library reads. */
export interface PolicyResourceLike {
  /** As `kubernetes:serving.knative.dev/v1:Service`. */
  readonly type: string;
  /** Its inputs and outputs. */
  readonly props: Record<string, unknown>;
  /** Its identity in the stack. */
  readonly urn: string;
}

/** What Pulumi hands to a policy over a whole stack. */
export interface StackLike {
  /** Everything in the stack. */
  readonly resources: readonly PolicyResourceLike[];
}

/** What is checked, and how strictly. */
export interface StackPolicyOptions {
  /** What the cluster has. @default - Knative behind Istio with sidecars */
  readonly profile?: ClusterProfile;

  /** The least severe finding that is reported. @default Severity.ERROR */
  readonly least?: Severity;

  /** Name of the policy. @default 'serverless-mesh' */
  readonly name?: string;

  /** Whether a finding stops the preview, is a warning, or the policy is off. @default 'mandatory' */
  readonly enforcementLevel?: 'mandatory' | 'advisory' | 'disabled';
}

/** A policy over a stack, as `new PolicyPack(name, { policies: [...] })` takes it. */
export interface StackPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: 'mandatory' | 'advisory' | 'disabled';
  validateStack(args: StackLike, report: (message: string, urn?: string) => void): void;
}

const OBJECT = /^kubernetes:(?:.+\/)?[^/:]+:[^/:]+$/;

/**
 * The checks of this library over every Kubernetes object of a stack, whoever wrote it: a violation stops the preview.
 *
 * @see https://www.pulumi.com/docs/insights/policy/
 */
export function stackPolicy(options: StackPolicyOptions = {}): StackPolicy {
  const missing = whatIsMissing(installedVersion, [{ name: '@pulumi/policy', major: 1 }]);
  if (missing) throw new Error(missing);
  return {
    name: options.name ?? 'serverless-mesh',
    description: 'Objects of Knative, Istio, Prometheus and the core work together.',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    validateStack: (args, report) => violations(args, options).forEach(({ message, urn }) => report(message, urn)),
  };
}

function violations({ resources }: StackLike, { profile, least = Severity.ERROR }: StackPolicyOptions): { message: string; urn: string }[] {
  const objects = resources.filter(({ type, props }) => OBJECT.test(type) && typeof props.kind === 'string' && typeof props.apiVersion === 'string');
  // each object is a document of a file that bears its identity, so a finding leads back to it
  const files = objects.map(({ urn, props }) => ({ name: urn, text: JSON.stringify(manifestOf(props)) }));
  return checkFiles(files, { profile, least })
    .map(problem => ({ urn: problem.source?.file ?? '', message: formatProblem({ ...problem, source: undefined, path: problem.source?.file.split('::').pop() ?? problem.path }) }));
}

/** What was asked for, without what the cluster and the provider add. */
function manifestOf(props: Record<string, unknown>): Record<string, unknown> {
  const { status, __fieldManager, __initialApiVersion, __inputs, id, urn, ...manifest } = props;
  const { managedFields, uid, resourceVersion, creationTimestamp, generation, selfLink, annotations, ...metadata } = (props.metadata ?? {}) as Record<string, unknown>;
  const kept = Object.entries((annotations ?? {}) as Record<string, string>).filter(([key]) => !key.startsWith('pulumi.com/'));
  return { ...manifest, metadata: { ...metadata, ...kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {} } };
}
