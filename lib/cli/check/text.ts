import { Colours } from '../colours';
import type { Problem, Severity } from 'cdk8s-serverless-mesh/analysis';

/** What is counted in the last line. */
export interface Counted {
  readonly files: number;
  /** The least severity that is shown. */
  readonly shown: Severity;
}

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['suggestion', 'suggestions'],
};

/** Findings as people read them: those of a file together, each with its place in front, so that editors and terminals can jump there. */
export function textOf(problems: readonly Problem[], counted: Counted, colours: Colours): string {
  const groups: string[][] = [];
  let file: string | undefined;
  for (const problem of problems) {
    if (groups.length === 0 || file !== fileOf(problem)) groups.push([]);
    file = fileOf(problem);
    groups[groups.length - 1].push(findingText(problem, colours));
  }
  return [...groups.map(group => `${group.join('\n')}\n`), `${summary(problems, counted, colours)}\n`].join('\n');
}

function findingText(problem: Problem, colours: Colours): string {
  const { object, source, field, value, reason, fix, code, peers } = problem;
  const severity = problem.severity;
  const place = source ? `${source.file}:${source.line}:${source.column}` : problem.path;
  const paint = severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.blue;
  const subject = [...object ? [`${object.kind}/${object.name ?? '(no name)'}`] : [], ...field ? [field] : []].join(' ');
  const message = value === undefined ? reason : `${value}: ${reason}`;
  const also = peers?.length ? colours.dim(` (also ${peers.join(', ')})`) : '';
  return `${colours.bold(place)} ${paint(severity)} ${code} ${subject ? `${subject}: ` : ''}${message}${also}\n    ${colours.dim('fix:')} ${fix}`;
}

function summary(problems: readonly Problem[], { files, shown }: Counted, colours: Colours): string {
  const looked = `${files} ${files === 1 ? 'file' : 'files'} checked`;
  const counts = ['error', 'warning', 'info'].flatMap(severity => {
    const count = problems.filter(problem => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${WORDS[severity][count === 1 ? 0 : 1]}`];
  });
  const hint = shown === 'info' ? '' : colours.dim(shown === 'warning' ? '; --severity info also shows suggestions' : '; --severity shows more');
  return `${colours.bold(counts.length === 0 ? 'nothing found' : counts.join(', '))}, ${looked}${hint}`;
}

function fileOf({ source, path }: Problem): string {
  return source?.file ?? path;
}
