import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { delay } from './waiting';

const TAIL_CHARACTERS = 64 * 1024;
const STOP_SECONDS = 20;

export interface SupervisedOptions {
  /** Removed when the command has ended, in whatever way. */
  readonly directory?: string;
  readonly workingDirectory?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A command that ends with this process, even when this process is ended by SIGKILL: see supervisor.sh. */
export class Supervised {
  /** The exit code of the command, 128 + N after signal N. */
  public readonly exited: Promise<number>;
  private readonly child: ChildProcess;
  private output = '';
  private ended = false;

  constructor(command: string, args: readonly string[], options: SupervisedOptions = {}) {
    // Detached: a signal to our process group must not reach the supervisor before it has cleaned up.
    this.child = spawn('sh', [join(__dirname, 'supervisor.sh'), options.directory ?? '', command, ...args], {
      cwd: options.workingDirectory,
      env: options.environment ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-TAIL_CHARACTERS);
      });
    }
    this.child.stdin?.on('error', () => undefined);
    this.exited = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', code => {
        this.ended = true;
        resolve(code ?? 1);
      });
    });
    this.exited.catch(() => undefined);
  }

  public get running(): boolean {
    return !this.ended;
  }

  /** The last lines that the command wrote. */
  public tail(lines = 25): string {
    return this.output.trimEnd().split('\n').slice(-lines).join('\n');
  }

  public async stop(): Promise<void> {
    this.child.stdin?.destroy();
    const outcome = await Promise.race([this.exited, delay(STOP_SECONDS * 1000).then(() => 'late' as const)]);
    if (outcome === 'late' && this.child.pid !== undefined) {
      process.kill(-this.child.pid, 'SIGKILL');
      await this.exited;
    }
  }
}
