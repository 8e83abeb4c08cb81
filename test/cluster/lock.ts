import { rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { until } from './waiting';

const BEAT_MILLISECONDS = 5_000;
const DEAD_MILLISECONDS = 30_000;

/**
 * Does work that one process at a time should do, and gives its result; what others wait for is `found`, the result of whoever
 * did it. The lock file lives as long as its owner touches it, so that of a killed owner dies with no process number to be mistaken.
 */
export async function alone<T>(lock: string, seconds: number, found: () => T | undefined, work: () => Promise<T>): Promise<T> {
  const done = await until<{ result: T } | 'mine'>(`the work guarded by ${lock}`, seconds, async () => {
    const result = found();
    if (result !== undefined) return { result };
    return taken(lock) ? undefined : 'mine';
  });
  if (done !== 'mine') return done.result;

  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now, () => undefined);
  }, BEAT_MILLISECONDS);
  try {
    return found() ?? await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

/** Whether somebody else has the lock; if not, it is ours now. Two that bury a dead owner at once both get it: work twice, never wrong. */
function taken(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age > DEAD_MILLISECONDS) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
    throw error;
  }
}
