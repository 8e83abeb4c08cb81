import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './documents';
import type { Environment } from './interpreter';

export interface Example {
  readonly name: string;
  /** Where its main.py is. */
  readonly program: string;
  /** What the TypeScript program of the same example gives. */
  readonly expected: string;
}

/** The examples that are written in Python as well. */
export function examplesInPython(root: string): Example[] {
  const folder = join(root, 'examples');
  const found = readdirSync(folder).sort()
    .map(name => ({ name, program: join(folder, name, 'python'), expected: join(folder, name, 'expected') }))
    .filter(({ program }) => existsSync(join(program, 'main.py')));
  if (found.length === 0) throw new Error(`${folder} has no example with python/main.py`);
  return found;
}

/** What is different from the expected documents, and what the program says although nothing is wrong. */
export function synthesizedLikeExpected(example: Example, outdir: string, venv: Environment): string[] {
  const { status, stderr } = venv.outcome(['main.py'], { cwd: example.program, environment: { CDK8S_OUTDIR: outdir } });
  if (status !== 0 || stderr !== '') return [`main.py ended with status ${status} and said:\n${stderr}`];
  return differences(outdir, example.expected);
}
