import { join } from 'node:path';
import type { CommandOptions, Commands, Outcome } from './commands';

/** What the generated package says of itself (python_requires). */
const OLDEST: readonly [number, number] = [3, 10];

/** The command of a Python that is new enough and has what a virtual environment needs. `PYTHON` names another one than `python3`. */
export function findPython(commands: Commands): string {
  const python = process.env.PYTHON || 'python3';
  const version = versionOf(python, commands);
  if (version[0] < OLDEST[0] || version[0] === OLDEST[0] && version[1] < OLDEST[1]) {
    throw new Error(`${python} is Python ${version.join('.')}, and ${OLDEST.join('.')} or newer is needed; name another one with PYTHON=...`);
  }
  if (commands.outcome(python, ['-c', 'import venv, ensurepip']).status !== 0) {
    throw new Error(`${python} (Python ${version.join('.')}) comes without venv; on Debian and Ubuntu: apt install python3-venv`);
  }
  return python;
}

function versionOf(python: string, commands: Commands): number[] {
  const found = /^(\d+)\.(\d+)\s*$/.exec(told(python, commands));
  if (!found) throw new Error(`${python} is not there or is no Python 3; install Python ${OLDEST.join('.')} or newer, or name one with PYTHON=...`);
  return [Number(found[1]), Number(found[2])];
}

function told(python: string, commands: Commands): string {
  try {
    return commands.outcome(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).stdout;
  } catch {
    return '';
  }
}

/** A virtual environment with nothing in it yet. */
export function makeEnvironment(python: string, folder: string, commands: Commands): Environment {
  commands.run(python, ['-m', 'venv', folder]);
  return new Environment(join(folder, 'bin', 'python'), commands);
}

/** The Python of a virtual environment. */
export class Environment {
  constructor(private readonly python: string, private readonly commands: Commands) {}

  /** Runs a program that has to succeed, and gives its output. */
  public run(...args: string[]): string {
    return this.commands.run(this.python, args);
  }

  public outcome(args: readonly string[], options: CommandOptions = {}): Outcome {
    return this.commands.outcome(this.python, args, options);
  }
}
