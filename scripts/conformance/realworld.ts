import * as fs from 'fs';
import * as path from 'path';
import { checkFiles } from '../../lib/analysis/check-files';
import { Problem, Severity } from '../../lib/core/problem';

/** A file of a project, with what we find in it. */
export interface CheckedFile {
  readonly project: string;
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Manifests that projects ship, each file checked by itself. */
export function checkRealworld(folder: string): CheckedFile[] {
  const root = path.join(folder, 'realworld');
  const entries: { file: string }[] = JSON.parse(fs.readFileSync(path.join(root, 'manifest.json'), 'utf8'));
  return entries.map(({ file }) => ({
    project: file.split('/')[0],
    file,
    problems: checkFiles([{ name: file, text: fs.readFileSync(path.join(root, file), 'utf8') }]),
  }));
}

export function errorsOf({ problems }: CheckedFile): Problem[] {
  return problems.filter(problem => (problem.severity ?? Severity.ERROR) === Severity.ERROR);
}

/** One line a project: files, files with errors, errors. */
export function realworldTable(files: readonly CheckedFile[]): string[] {
  const projects = [...new Set(files.map(({ project }) => project))].sort();
  return projects.map(project => {
    const own = files.filter(file => file.project === project);
    const errors = own.flatMap(errorsOf);
    return `realworld/${project}: files ${own.length}, with errors ${own.filter(file => errorsOf(file).length > 0).length}, errors ${errors.length}`;
  });
}
