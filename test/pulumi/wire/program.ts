import { spawn } from 'node:child_process';
import { Apply, Monitor, WireResource } from './monitor';

const RUNNER = require.resolve('@pulumi/pulumi/cmd/run');
const SECONDS = 600;

/** How a program is run. */
export interface ProgramOptions {
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly project: string;
  readonly config?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  readonly preview?: boolean;
}

/** What a run of a program came to. */
export interface ProgramRun {
  readonly exitCode: number;
  readonly registered: readonly WireResource[];
  readonly errors: readonly string[];
  readonly outputs: Record<string, unknown>;
  readonly output: string;
}

/** Runs a program with Pulumi's own runner, unmodified, against a monitor of ours. */
export async function runProgram(options: ProgramOptions, apply: Apply): Promise<ProgramRun> {
  const monitor = await Monitor.start(options.project, 'test', apply);
  try {
    const { exitCode, output } = await runner(options, monitor.address);
    return { exitCode, output, registered: monitor.registered, errors: monitor.errors, outputs: monitor.outputs };
  } finally {
    monitor.stop();
  }
}

function runner({ folder, project, config = {}, secrets = {}, preview = false }: ProgramOptions, address: string): Promise<{ exitCode: number; output: string }> {
  const keys = (values: Record<string, string>) => Object.fromEntries(Object.entries(values).map(([key, value]) => [`${project}:${key}`, value]));
  const child = spawn(process.execPath, [
    RUNNER, '--monitor', address, '--engine', address, '--project', project, '--stack', 'test', '--organization', 'organization',
    '--root-directory', folder, '--pwd', folder, '--dry-run', String(preview), '--parallel', '8', 'index.ts',
  ], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: 'true',
      PULUMI_CONFIG: JSON.stringify(keys({ ...config, ...secrets })),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(Object.keys(keys(secrets))),
    },
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => { output += text; });
  child.stderr.on('data', (text: Buffer) => { output += text; });
  const late = setTimeout(() => {
    output += `\nended after ${SECONDS} seconds`;
    child.kill('SIGKILL');
  }, SECONDS * 1000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      clearTimeout(late);
      resolve({ exitCode: code ?? 1, output });
    });
  });
}
