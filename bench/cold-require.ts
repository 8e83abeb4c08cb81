import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { inTurns, Row } from './measure';

const ROOT = path.resolve(__dirname, '..');
const BUILT = path.join(ROOT, 'build', 'lib', 'index.js');
const SCRIPT = 'const s = process.hrtime.bigint(); require(process.argv[1]); console.log(Number(process.hrtime.bigint() - s) / 1e6)';

/** How long a fresh process takes to load the compiled library; undefined where there is none. */
export function coldRequire(): Row | undefined {
  if (!fs.existsSync(BUILT)) return undefined;
  const peer = require.resolve('cdk8s-plus-28', { paths: [ROOT] });
  inTurns(2, () => load(BUILT), () => load(peer));
  const [ours, reference] = inTurns(15, () => load(BUILT), () => load(peer));
  return { what: 'cold require of the library', ours, reference, against: 'cdk8s-plus-28', bound: { ratio: 1.25 } };
}

function load(file: string): number {
  return Number(execFileSync(process.execPath, ['-e', SCRIPT, file], { cwd: ROOT, encoding: 'utf8' }));
}
