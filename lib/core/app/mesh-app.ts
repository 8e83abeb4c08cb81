import { App, AppProps, Chart } from 'cdk8s';
import { ClusterProfile } from '../cluster-profile';
import { Intents } from '../intents';
import { formatProblem, Problem, Severity } from '../problem';
import { whileRendered } from '../rendering';
import { problemsOf } from '../validation';
import { Order, orderedCharts, orderOf } from './ordering';
import { constructMetadata, documentsOfApp, outputOf, yamlOf } from './output-files';
import { byPath, refusalOf } from './refusal';
import { writeOutput } from './write-output';

/** How an app is written, and for which cluster. */
export interface MeshAppProps extends AppProps {
  /**
   * What the app may rely on in the cluster it is deployed to. A scope below the app may set another one.
   * @default - Knative behind Istio with sidecars, in the releases that `ClusterProfileProps` names
   */
  readonly profile?: ClusterProfile;

  /**
   * Whether `synth` keeps warnings to itself. They stay available, as advice is, as `problems()`.
   * @default false - one line each on the error output
   */
  readonly quiet?: boolean;
}

/**
 * A cdk8s app that is checked as a whole before anything of it is written, and whose synth takes time in proportion to its size.
 *
 * It writes the files that cdk8s's `App` writes. It differs in three ways. All problems, of this library and of every other construct,
 * are reported in one error, and then no file is touched. Dependencies are put into order by one topological sort, where cdk8s takes
 * exponential time in the depth of dependencies between charts; what was declared is not changed by it. And a cycle is reported with
 * the dependencies that it consists of (SM0003).
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class MeshApp extends App {
  private readonly quiet: boolean;

  /**
   * Defines an app.
   * @param props how it is written, and for which cluster.
   */
  constructor(props: MeshAppProps = {}) {
    super(props);
    this.quiet = props.quiet ?? false;
    props.profile?.applyTo(this);
    Intents.of(this);
  }

  /**
   * The charts of this app, each after those that it depends on: because that was declared, because something in it depends on something
   * in the other one, or because it contains the other one.
   *
   * Throws where there is no such order.
   */
  public get charts(): Chart[] {
    return [...orderedCharts(this).charts];
  }

  /**
   * Everything that this library finds wrong in the app, of any severity, in the order of construct paths. Nothing is written.
   * What constructs of other libraries say of themselves is not included; `synth` reports it.
   */
  public problems(): Problem[] {
    return byPath(problemsOf(this));
  }

  /**
   * Checks the app and writes its manifests to the output directory.
   *
   * Throws one error that names every problem, before the output directory is created. Warnings and advice do not stop it.
   */
  public synth(): void {
    whileRendered(this, () => {
      const order = this.checked();
      const output = outputOf(this, order);
      if (this.recordsMetadata()) output.files.set('construct-metadata.json', constructMetadata(order));
      if (!this.quiet) this.warn();
      writeOutput(this.outdir, output);
    });
  }

  /**
   * Checks the app and returns all of its manifests as one YAML text.
   *
   * Throws one error that names every problem. Warnings and advice do not stop it.
   */
  public synthYaml(): string {
    return whileRendered(this, () => yamlOf(documentsOfApp(this.checked())));
  }

  private checked(): Order {
    const refusal = refusalOf(this, () => problemsOf(this, Severity.ERROR));
    if (refusal) throw refusal;
    return orderOf(this);
  }

  private warn(): void {
    for (const problem of this.problems()) {
      if (problem.severity === Severity.WARNING) process.stderr.write(`${formatProblem(problem)}\n`);
    }
  }

  private recordsMetadata(): boolean {
    // cdk8s decides this from property and environment, and keeps it to itself
    return (this as unknown as { recordConstructMetadata: boolean }).recordConstructMetadata;
  }
}
