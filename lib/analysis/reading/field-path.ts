import type { Node, Pair } from 'yaml';
import { yaml } from './yaml-library';

const SEGMENT = /\[([^\]]*)\]|[^.[\]]+/g;

/** The steps of a path such as `spec.containers[0].ports` or `metadata.annotations[autoscaling.knative.dev/min-scale]`. */
export function stepsOf(field: string): string[] {
  return Array.from(field.matchAll(SEGMENT), match => (match[1] ?? match[0]).replace(/^(["'])(.*)\1$/, '$2'));
}

/** Where a field begins in a document, or the nearest thing above it that is there. */
export function offsetOf(root: Node | null | undefined, steps: readonly string[]): number {
  const { isMap, isSeq, isAlias } = yaml();
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (let at = 0; at < steps.length;) {
    if (isAlias(node) || node === null || node === undefined) break;
    if (isSeq(node)) {
      node = node.items[Number(steps[at])];
      offset = rangeOf(node) ?? offset;
      at += 1;
      continue;
    }
    if (!isMap(node)) break;
    const { pair, taken } = entryOf(node.items, steps, at);
    if (!pair) break;
    offset = rangeOf(pair.key) ?? offset;
    node = pair.value;
    at += taken;
  }
  return offset;
}

/** The entry for the next step; a key with dots in it may have been written without brackets, so the longest match counts. */
function entryOf(pairs: readonly Pair[], steps: readonly string[], at: number): { pair?: Pair; taken: number } {
  for (let taken = steps.length - at; taken > 0; taken--) {
    const key = steps.slice(at, at + taken).join('.');
    // of two entries with one key the last one counts
    const pair = pairs.filter(entry => keyOf(entry) === key).pop();
    if (pair) return { pair, taken };
  }
  return { taken: 1 };
}

function keyOf(pair: Pair): string | undefined {
  const { isScalar } = yaml();
  return isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : undefined;
}

function rangeOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}
