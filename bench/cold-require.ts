import { execFileSync } from 'child_process';
import { ENTRY, ROOT } from './library';
import { inTurns, Row } from './measure';

const SCRIPT = `const s = process.hrtime.bigint(); const all = require(process.argv[1]); if (process.argv[2]) Object.values(all);
  console.log(Number(process.hrtime.bigint() - s) / 1e6)`;

/** How long a fresh process takes to load the library, and all of it: a name is loaded when a program first asks for it. */
export function coldRequire(): Row[] {
  const peer = require.resolve('cdk8s-plus-28', { paths: [ROOT] });
  const processes = [() => load(ENTRY), () => load(ENTRY, 'all'), () => load(peer)];
  inTurns(2, ...processes);
  const [ours, all, reference] = inTurns(9, ...processes);
  const row = (what: string, figure: number): Row => ({ what, unit: 'ms', ours: figure, reference, against: 'cdk8s-plus-28' });
  return [{ ...row('cold require of the library', ours), bound: { ratio: 1.25 } }, row('cold require, and every name of it asked for', all)];
}

function load(...args: string[]): number {
  return Number(execFileSync(process.execPath, ['-e', SCRIPT, ...args], { cwd: ROOT, encoding: 'utf8' }));
}
