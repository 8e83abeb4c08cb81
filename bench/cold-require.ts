import { execFileSync } from 'child_process';
import { ENTRY, ROOT } from './library';
import { inTurns, Row } from './measure';

const SCRIPT = 'const s = process.hrtime.bigint(); require(process.argv[1]); console.log(Number(process.hrtime.bigint() - s) / 1e6)';

/** How long a fresh process takes to load the library. */
export function coldRequire(): Row {
  const peer = require.resolve('cdk8s-plus-28', { paths: [ROOT] });
  inTurns(2, () => load(ENTRY), () => load(peer));
  const [ours, reference] = inTurns(9, () => load(ENTRY), () => load(peer));
  return { what: 'cold require of the library', unit: 'ms', ours, reference, against: 'cdk8s-plus-28', bound: { ratio: 1.25 } };
}

function load(file: string): number {
  return Number(execFileSync(process.execPath, ['-e', SCRIPT, file], { cwd: ROOT, encoding: 'utf8' }));
}
