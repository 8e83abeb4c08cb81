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
export class WithoutAnalysis {
  private modules: Modules = {};
  private library?: typeof Library;

  /** Works with it; rooms load what they need when it is needed, and that has to come from the same copy. */
  public use<T>(work: (library: typeof Library) => T): T {
    const others = exchange(this.modules);
    try {
      this.library ??= load(rooms().filter(room => room !== 'analysis').map(room => path.join(BUILT, room)));
      return work(this.library);
    } finally {
      this.modules = exchange(others);
    }
  }
}

type Modules = Record<string, NodeJS.Module>;

/** Has the loader know these modules of the library, and gives those that it knew. */
function exchange(modules: Modules): Modules {
  const known: Modules = {};
  for (const file of Object.keys(require.cache).filter(name => name.startsWith(BUILT + path.sep))) {
    known[file] = require.cache[file]!;
    delete require.cache[file];
  }
  Object.assign(require.cache, modules);
  return known;
}

function rooms(): string[] {
  return Array.from(fs.readFileSync(path.join(ROOT, 'lib', 'index.ts'), 'utf8').matchAll(/'\.\/([\w-]+)'/g), ([, room]) => room);
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
