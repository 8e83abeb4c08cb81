/** The candidate that somebody most likely meant, by spelling or, with `orPart`, because one is part of the other; undefined where none is near. */
export function nearest(written: string, candidates: Iterable<string>, orPart = true): string | undefined {
  const allowed = written.length <= 3 ? 1 : written.length <= 8 ? 2 : 3;
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) >= least) continue;
    const steps = candidate.toLowerCase() === written.toLowerCase() ? 0 : distance(written, candidate);
    if (steps < least) {
      best = candidate;
      least = steps;
    }
  }
  return best ?? (orPart ? containing(written, candidates) : undefined);
}

/** `cpuLimit` for `cpu`, `env` for `envs`: one name within the other, if there is only one such. */
function containing(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length < 4) return undefined;
  const small = written.toLowerCase();
  const found = [...candidates].filter(candidate => {
    const other = candidate.toLowerCase();
    return other.length >= 4 && (other.includes(small) || small.includes(other));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) current[j] = Math.min(current[j], before[j - 2] + 1);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
