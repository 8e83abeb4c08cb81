import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Case, Expected } from './cases';
import { findingsOf } from './findings';

/** Where the findings are written. */
export const FINDINGS = path.join(__dirname, '..', '..', 'dist', 'conformance', 'findings.json');

/** What we find in every case. */
export function findingsOfAll(cases: readonly Case[], folder: string): Record<string, Expected[]> {
  return Object.fromEntries(cases.map(test => [test.id, findingsOf(test, folder)]));
}

export function writeFindings(findings: Record<string, Expected[]>, file = FINDINGS): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(findings, undefined, 1)}\n`);
}

/** The table of the cases' own script. */
export function scoreTable(folder: string, options: readonly string[] = [], file = FINDINGS): string {
  const run = spawnSync('python3', [path.join(folder, 'score.py'), file, ...options], { encoding: 'utf8' });
  if (run.error) throw new Error(`python3 is needed for ${path.join(folder, 'score.py')}: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`score.py failed:\n${run.stderr}`);
  return run.stdout;
}

/** One line of that table. */
export interface Score {
  readonly suite: string;
  readonly cases: number;
  readonly found: number;
  readonly expected: number;
  readonly extra: number;
  readonly stayedClean: number;
  readonly clean: number;
}

const LINE = /^([\w-]+): cases (\d+), found (\d+)\/(\d+), extra findings (\d+), clean (\d+)\/(\d+)$/;

export function scoresOf(table: string): Score[] {
  return table.split('\n').flatMap(line => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [cases, found, expected, extra, stayedClean, clean] = match.slice(2).map(Number);
    return [{ suite: match[1], cases, found, expected, extra, stayedClean, clean }];
  });
}
