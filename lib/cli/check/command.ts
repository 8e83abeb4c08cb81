import * as fs from 'fs';
import * as path from 'path';
import { Inputs, readInputs, UnreadableFile } from './inputs';
import { textOf } from './text';
import { coloursFor } from '../colours';
import { readProfile } from '../profile/read';
import { atLeast, lessSevere } from '../severity';
import { ExitCode, Terminal, UsageError } from '../terminal';
import { checkFiles, CONFIG_FILE, ConfigFile, findingsJson, inOrder, Problem, readConfig, Severity, UNREADABLE } from 'cdk8s-serverless-mesh/analysis';

/** What `check` was asked to do. */
export interface CheckOptions {
  readonly output: 'text' | 'json';
  /** The least severity that is shown. */
  readonly severity: Severity;
  /** The least severity that makes the command fail; none where it never fails for a finding. */
  readonly failOn: Severity | 'none';
  readonly profile?: string;
  readonly config?: string;
}

/** Checks manifests in files, and says what is wrong with them. */
export async function check(names: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const profile = options.profile === undefined ? undefined : readProfile(options.profile, terminal.cwd);
  const config = configOf(options.config, terminal.cwd);
  const inputs = await readInputs(names, terminal);
  const least = options.failOn === 'none' ? options.severity : lessSevere(options.severity, options.failOn);
  const problems = inOrder([...inputs.unreadable.map(unreadable), ...checkFiles(inputs.files, { profile, config, least, now: new Date() })]);

  const shown = problems.filter(problem => atLeast(problem, options.severity));
  terminal.stdout.write(options.output === 'json'
    ? `${JSON.stringify(findingsJson(shown), undefined, 2)}\n`
    : textOf(shown, { files: countOf(inputs), shown: options.severity }, coloursFor(terminal)));

  if (problems.some(({ code }) => UNREADABLE.includes(code))) return ExitCode.UNREADABLE;
  const { failOn } = options;
  return failOn !== 'none' && problems.some(problem => atLeast(problem, failOn)) ? ExitCode.FOUND : ExitCode.FINE;
}

/** The config file that was named, or the one that lies where the command runs. */
function configOf(named: string | undefined, cwd: string): ConfigFile | undefined {
  const name = named ?? CONFIG_FILE;
  const file = path.resolve(cwd, name);
  if (!fs.existsSync(file)) {
    if (named === undefined) return undefined;
    throw new UsageError(`the config file ${JSON.stringify(named)} does not exist.`);
  }
  return readConfig({ name, text: fs.readFileSync(file, 'utf8') });
}

function unreadable({ name, why }: UnreadableFile): Problem {
  return {
    code: 'SM0010',
    severity: Severity.ERROR,
    path: name,
    source: { file: name, line: 1, column: 1 },
    reason: `the file cannot be read: ${why}`,
    fix: 'correct that, or leave the file out',
  };
}

function countOf({ files, unreadable: others }: Inputs): number {
  return files.length + others.length;
}
