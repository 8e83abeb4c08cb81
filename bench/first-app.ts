import { execFileSync } from 'child_process';
import { bundled, ROOT } from './library';
import { elapsed, inFolder, inTurns, Row } from './measure';
import { OBJECTS } from './shop';

/** What a user waits for who runs a small program: start, loading of library and rules, one app, nothing of it warm. */
export function firstApp(): Row {
  const program = bundled('shops-process');
  const env = { ...process.env, BENCH_ROOT: ROOT };
  return inFolder(folder => {
    const processes = [
      () => elapsed(() => execFileSync(process.execPath, [program, folder, '1'], { env })),
      () => elapsed(() => execFileSync(process.execPath, ['-e', 'require("cdk8s")'], { env, cwd: ROOT })),
    ];
    inTurns(1, ...processes);
    const [ours, reference] = inTurns(5, ...processes);
    return { what: `process that makes ${OBJECTS} resources, all checks on`, unit: 'ms', ours, reference, against: 'a process that loads cdk8s' };
  });
}
