import * as fs from 'fs';
import * as path from 'path';
import type { IConstruct } from 'constructs';
import { buildSync } from 'esbuild';
import type * as Library from '../lib';
import type * as Rendering from '../lib/core/rendering';

export const ROOT = process.env.BENCH_ROOT ?? path.resolve(__dirname, '..');
const BUILT = path.join(ROOT, 'build', 'lib');

export const ENTRY = path.join(BUILT, 'index.js');
export const COMMAND = path.join(BUILT, 'cli', 'main.js');

/** The compiled library: what users run, and not the sources, which a loader would translate on the way. */
export function compiled(): typeof Library {
  return load([ENTRY]);
}

/** How its apps render: what objects derive from the whole tree is derived once. */
export function shared(app: IConstruct, work: () => void): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require(path.join(BUILT, 'core', 'rendering')) as typeof Rendering).whileRendered(app, work);
}

/** A second copy of it that has all rooms but the analysis, so that nothing is checked but what constructs say of themselves. */
export function withoutAnalysis(): typeof Library {
  const rooms = Array.from(fs.readFileSync(path.join(ROOT, 'lib', 'index.ts'), 'utf8').matchAll(/'\.\/([\w-]+)'/g), ([, room]) => room);
  const kept = Object.keys(require.cache).filter(file => file.startsWith(BUILT + path.sep)).map(file => [file, require.cache[file]] as const);
  kept.forEach(([file]) => delete require.cache[file]);
  try {
    return load(rooms.filter(room => room !== 'analysis').map(room => path.join(BUILT, room)));
  } finally {
    kept.forEach(([file, module]) => { require.cache[file] = module; });
  }
}

/** A program of this folder as JavaScript, so that no time goes into translating it. */
export function bundled(name: string): string {
  const outfile = path.join(ROOT, '.tmp', 'bench', `${name}.js`);
  buildSync({ entryPoints: [path.join(__dirname, `${name}.ts`)], outfile, bundle: true, packages: 'external', platform: 'node', logLevel: 'error' });
  return outfile;
}

function load(files: readonly string[]): typeof Library {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return Object.assign({}, ...files.map(file => require(file) as object)) as typeof Library;
}
