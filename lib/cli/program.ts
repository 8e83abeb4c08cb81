import { Command, CommanderError, Option } from 'commander';
import type * as CheckCommand from './check/command';
import type * as ExplainCommand from './explain';
import type * as RulesCommand from './rules';
import { SEVERITIES } from './severity';
import { ExitCode, Terminal, UsageError } from './terminal';
import type { Severity } from 'cdk8s-serverless-mesh/analysis';

const EXIT_CODES = `
Exit codes:
  0  nothing found that counts (see --fail-on)
  1  findings that count
  2  something could not be read, or the command was not understood`;

const EXAMPLES = `
Examples:
  serverless-mesh check dist/
  helm template shop ./chart | serverless-mesh check -
  serverless-mesh check k8s/ --profile cluster.yaml --output json
  serverless-mesh explain SM0101`;

/** Runs the command line; gives the exit code rather than ending the process, so that all that was written arrives. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode = ExitCode.FINE;
  const program = programFor(terminal, code => { exitCode = code; });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (e) {
    if (e instanceof CommanderError) return e.exitCode === 0 ? ExitCode.FINE : ExitCode.UNREADABLE;
    if (!(e instanceof UsageError)) throw e;
    terminal.stderr.write(`serverless-mesh: ${e.message}\n`);
    return ExitCode.UNREADABLE;
  }
}

function programFor(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('serverless-mesh')
    .description('Checks Kubernetes manifests of serverless applications in a service mesh: Knative, Istio, Prometheus operator and the core kinds.')
    .version(versionOf(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .configureOutput({ writeOut: text => { terminal.stdout.write(text); }, writeErr: text => { terminal.stderr.write(text); } })
    .showHelpAfterError('(serverless-mesh --help says what there is)')
    .exitOverride();

  program.command('check')
    .description('check manifests in files and folders')
    .argument('<input...>', 'files, folders (all .yaml, .yml and .json below them, but for node_modules and what begins with a dot), or - for standard input')
    .addOption(new Option('-o, --output <format>', 'how findings are printed').choices(['text', 'json']).default('text'))
    .addOption(new Option('-s, --severity <severity>', 'the least severity that is shown').choices([...SEVERITIES]).default('warning'))
    .addOption(new Option('--fail-on <severity>', 'the least severity that makes the command fail').choices([...SEVERITIES, 'none']).default('error'))
    .option('-p, --profile <file>', 'the cluster that the manifests are meant for: versions, mesh mode, feature flags (YAML)')
    .option('-c, --config <file>', 'suppressions (YAML; default: .serverless-mesh.yaml, where there is one)')
    .addHelpText('after', EXIT_CODES)
    .action(async (inputs: string[], options: { output: 'text' | 'json'; severity: Severity; failOn: Severity | 'none'; profile?: string; config?: string }) => {
      const { check } = load<typeof CheckCommand>('./check/command');
      done(await check(inputs, options, terminal));
    });

  program.command('explain')
    .description('say what a code stands for, with an example')
    .argument('<code>', 'a code such as SM0101, or the code of another tool, such as IST0101')
    .action((code: string) => {
      const { explain } = load<typeof ExplainCommand>('./explain');
      done(explain(code, terminal));
    });

  program.command('rules')
    .description('list every code')
    .addOption(new Option('-o, --output <format>', 'how they are printed').choices(['text', 'json']).default('text'))
    .action(({ output }: { output: 'text' | 'json' }) => {
      const { rules } = load<typeof RulesCommand>('./rules');
      done(rules(output, terminal));
    });

  return program;
}

function versionOf(): string {
  return load<{ version: string }>('cdk8s-serverless-mesh/package.json').version;
}

// the analysis takes longer to load than help takes to be read
function load<T>(module: string): T {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(module) as T;
}
