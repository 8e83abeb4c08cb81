import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';
import { ROOT } from './library';
import { inTurns, Result } from './measure';
import { OBJECTS } from './shop';

const SHOPS = 10;
const WHAT = `${(SHOPS * OBJECTS).toLocaleString('en')} objects deployed by Pulumi, through mocks`;

/** `deploy` with all checks beside the same resources written with Pulumi's own classes; what is between them is the bridge and the checks. */
export function pulumi(): Result {
  if (!fs.existsSync(path.join(ROOT, 'build', 'lib', 'pulumi', 'index.js'))) return { what: WHAT, skipped: 'there is no build/lib/pulumi' };
  const program = path.join(ROOT, '.tmp', 'bench', 'pulumi-process.js');
  buildSync({ entryPoints: [path.join(__dirname, 'pulumi-process.ts')], outfile: program, bundle: true, packages: 'external', platform: 'node', logLevel: 'error' });
  const run = (way: string) => () => {
    const { registered, milliseconds } = JSON.parse(execFileSync(process.execPath, [program, way, String(SHOPS)], {
      encoding: 'utf8', env: { ...process.env, BENCH_ROOT: ROOT }, stdio: ['ignore', 'pipe', 'ignore'],
    })) as { registered: number; milliseconds: number };
    if (registered !== SHOPS * OBJECTS) throw new Error(`${registered} objects were registered ${way}`);
    return milliseconds;
  };
  const [ours, reference] = inTurns(3, run('deploy'), run('by hand'));
  return { what: WHAT, unit: 'ms', ours, reference, against: 'registered by hand, without a check', bound: { ratio: 2 } };
}
