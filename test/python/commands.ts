import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const SHOWN_LINES = 40;
const MOST_OUTPUT = 64 * 1024 * 1024;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Commands that keep to the staging folder and do not see what the shell around them has set up for Python. */
export class Commands {
  private readonly environment: NodeJS.ProcessEnv;

  constructor(staging: string) {
    const temporary = join(staging, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const { PYTHONPATH, PYTHONHOME, VIRTUAL_ENV, CDK8S_OUTDIR, ...inherited } = process.env;
    this.environment = {
      ...inherited,
      TMPDIR: temporary,
      PYTHONDONTWRITEBYTECODE: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      PIP_QUIET: '1',
      JSII_NODE: process.execPath,
      JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(staging, 'jsii-cache'),
      // jsii's words about the age of this Node say nothing of the library; the first variable takes major versions
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
      JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    };
  }

  /** Runs a command to its end, however that is; throws where it does not start. */
  public outcome(command: string, args: readonly string[], options: CommandOptions = {}): Outcome {
    const { error, status, stdout, stderr } = spawnSync(command, args, {
      cwd: options.cwd,
      env: { ...this.environment, ...options.environment },
      encoding: 'utf8',
      maxBuffer: MOST_OUTPUT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (error) throw error;
    return { status, stdout, stderr };
  }

  /** Runs a command that has to succeed, and gives its output. */
  public run(command: string, args: readonly string[], options: CommandOptions = {}): string {
    const { status, stdout, stderr } = this.outcome(command, args, options);
    if (status !== 0) {
      const told = `${stdout}${stderr}`.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
      throw new Error(`${[command, ...args].join(' ')} ended with status ${status}\n${told}`);
    }
    return stdout;
  }
}
