import { checkFiles } from '../../lib/analysis/check-files';
import { Problem } from '../../lib/core/problem';

/** What is found in YAML under some codes. */
export function found(text: string, ...codes: readonly string[]): Problem[] {
  return checkFiles([{ name: 'app.yaml', text }]).filter(({ code }) => codes.includes(code));
}

/** The codes of other tools under which something is found, each once. */
export function peersFound(text: string, ...peers: readonly string[]): string[] {
  const all = checkFiles([{ name: 'app.yaml', text }]).flatMap(problem => problem.peers ?? []);
  return peers.filter(peer => all.includes(peer));
}
