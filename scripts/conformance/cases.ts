import * as fs from 'fs';
import * as path from 'path';

/** A finding as the peers' tests expect it. */
export interface Expected {
  readonly code: string;
  readonly kind?: string | null;
  readonly name?: string | null;
}

/** One case of the peers' test data, as cases.json has it. */
export interface Case {
  readonly id: string;
  readonly suite: string;
  /** Files of one app, relative to the folder of the cases. */
  readonly inputs: readonly string[];
  readonly meshConfig?: string | null;
  readonly needs?: readonly string[];
  readonly verdict: 'messages' | 'clean';
  readonly expected: readonly Expected[];
}

/** The folder with the cases. */
export function conformanceFolder(): string {
  return path.resolve(process.env.CONFORMANCE_DIR ?? path.join(__dirname, '..', '..', '..', 'shared', 'conformance'));
}

/** Whether the cases are there: they are no part of this repository. */
export function hasCases(folder = conformanceFolder()): boolean {
  return fs.existsSync(path.join(folder, 'cases.json'));
}

export function readCases(folder = conformanceFolder()): Case[] {
  return JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8')).cases;
}
