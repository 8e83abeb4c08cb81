import { ManifestModel, ModelObject } from './model';
import { FileObject } from './reading/file-object';
import { Kept } from './workloads/kept';
import { ClusterProfile } from '../core/cluster-profile';
import { Problem, ProblemObject, ProblemReport, ProblemSource, Severity, toProblem } from '../core/problem';

/** YAML that a rule refuses, and YAML close to it that it lets pass: its tests, and its page in docs/rules.md. */
export interface RuleExample {
  /** Documents on which the rule reports at least one finding. */
  readonly refused: string;
  /** The same, mended as the fix says: no rule reports an error on it, and this one nothing at all. */
  readonly accepted: string;
  /** The cluster that both are for; the default one unless said otherwise. */
  readonly profile?: ClusterProfile;
}

/** One refusal, decided on manifests alone, so that it holds for constructs, raw objects and patches alike. */
export interface Rule {
  /** Stable code. */
  readonly code: string;
  /** What it is about, in a few words. */
  readonly title: string;
  /** Why the real system refuses it, or why it cannot work, with the source. */
  readonly explanation: string;
  /** How much it matters at most; an error unless said otherwise. Where only more severe problems are asked for, the rule does not run. */
  readonly severity?: Severity;
  /** How much it matters in files, where the cluster accepts what only an app of one author can be held to; as elsewhere unless said otherwise. */
  readonly severityInFiles?: Severity;
  /** Codes of other tools for the same. */
  readonly peers?: string[];
  /** Whether it knows little of what it looks at, as a schema does: where another rule finds fault with the same field, that one speaks. */
  readonly general?: boolean;
  /** Codes under which constructs refuse the same before there is an object: where one did, it speaks. */
  readonly intents?: readonly string[];
  /** What it refuses, and what is right. */
  readonly example: RuleExample;
  /** Looks at everything and reports what it finds. */
  check(context: RuleContext): void;
}

/** What a finding says beyond what its rule says; peers or a severity (no higher one) of its own stand in for those of the rule. */
export type Finding = Omit<ProblemReport, 'code' | 'path' | 'object' | 'source'>;

/** What a rule sees and how it reports. */
export class RuleContext {
  public readonly problems: Problem[] = [];

  constructor(public readonly rule: Rule, public readonly model: ManifestModel) {}

  /** The profile that holds where an object was written. */
  public profile(object: ModelObject): ClusterProfile {
    return this.model.derived(profiles).of(object);
  }

  public report(object: ModelObject, finding: Finding): void {
    const { code, severity, severityInFiles, peers } = this.rule;
    const usual = FileObject.is(object.construct) ? severityInFiles ?? severity : severity;
    const problem = toProblem(object.construct, {
      ...finding,
      code,
      severity: finding.severity ?? usual,
      peers: finding.peers ?? peers,
      path: object.path,
      object: identityOf(object),
    });
    if (FileObject.is(object.construct)) locateLater(problem, object, finding.field);
    this.problems.push(problem);
  }
}

function profiles(): Kept<ModelObject, ClusterProfile> {
  return new Kept(({ construct }) => ClusterProfile.of(construct));
}

/** How findings name an object. */
export function identityOf({ manifest, namespace, name }: ModelObject): ProblemObject {
  return {
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    ...namespace === undefined ? {} : { namespace },
    ...name === undefined ? {} : { name },
  };
}

/** Where a field of an object stands, if the object comes from a file. */
export function sourceOf({ construct }: ModelObject, field?: string): Pick<ProblemReport, 'source'> {
  if (!FileObject.is(construct)) return {};
  return { source: { file: construct.document.file, ...construct.document.locate(field) } };
}

// to look a place up, the document is parsed again, and of many findings few are shown
function locateLater(problem: Problem, object: ModelObject, field: string | undefined): void {
  let found: ProblemSource | undefined;
  Object.defineProperty(problem, 'source', { enumerable: true, get: () => found ??= sourceOf(object, field).source });
}
