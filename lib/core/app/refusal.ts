import { IConstruct } from 'constructs';
import { formatProblem, Problem } from '../problem';
import { isError } from '../validation';

interface Line {
  readonly path: string;
  readonly text: string;
}

/** Problems in the order of their paths. */
export function byPath<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

/** Everything that stops an app, as one error: what the library found, and what other constructs say of themselves. */
export function refusalOf(root: IConstruct, findings: () => Problem[]): Error | undefined {
  // constructs of other libraries speak first: theirs may be the last word on what is rendered
  const foreign = root.node.findAll().slice(1).flatMap(linesOf);
  const found = findings().filter(isError).map(problem => ({ path: problem.path, text: formatProblem(problem) }));
  const known = new Set(found.map(line => line.text));
  const ofRoot = linesOf(root).filter(line => !known.has(line.message));
  const lines: Line[] = byPath([...found, ...foreign, ...ofRoot]);
  if (lines.length === 0) return undefined;
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  return new Error(`Validation failed with ${count}:\n  ${lines.map(line => onOneLine(line.text)).join('\n  ')}`);
}

function linesOf(construct: IConstruct): (Line & { readonly message: string })[] {
  const { path } = construct.node;
  return messagesOf(construct).map(message => ({ path, message, text: `[${path}] ${message}` }));
}

function messagesOf(construct: IConstruct): string[] {
  try {
    return construct.node.validate();
  } catch (e) {
    return [e instanceof Error ? e.message : String(e)];
  }
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
