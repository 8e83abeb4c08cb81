const POLL_MILLISECONDS = 100;

export function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds).unref());
}

/**
 * Asks until the answer is not undefined. A failing question counts as no answer yet; its reason is told at the deadline.
 */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let reason = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      reason = `: ${(error as Error).message}`;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s${reason}`);
    await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** Waiting longer cannot help. */
export class Hopeless extends Error {}

/** As Promise.all over items, with at most `limit` at a time. */
export async function eachOf<T>(items: readonly T[], limit: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
