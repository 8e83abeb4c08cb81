import { nearest } from '../../schema/spelling';

/** Beyond so many names, comparing with all of them takes longer than it helps. */
const MOST = 100;

/** The name that somebody most likely meant. */
export function suggestion(written: string, candidates: readonly string[] | ReadonlySet<string>): string | undefined {
  const names = [...candidates];
  return names.length > MOST ? undefined : nearest(written, names);
}
