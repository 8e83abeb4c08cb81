import { distance } from 'cdk8s-serverless-mesh/analysis';

/** Those of some words that somebody may have meant, the likeliest first. */
export function nearest(word: string, words: readonly string[], most = 3): string[] {
  const wanted = word.toLowerCase();
  const reach = Math.max(1, Math.floor(wanted.length / 3));
  return words
    .map(candidate => ({ candidate, steps: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ steps }) => steps <= reach)
    .sort((a, b) => a.steps - b.steps || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
