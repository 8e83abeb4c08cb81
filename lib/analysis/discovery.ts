import * as fs from 'fs';
import * as path from 'path';
import { Rule } from './rule';

const FOLDER = path.join(__dirname, 'rules');

let found: readonly Rule[] | undefined;

/**
 * Every rule, in the order of the codes: what the files below `rules` export that is one. They are loaded when somebody first asks, since
 * that takes longer than loading all else, and an app that is only built never asks.
 */
export function rules(): readonly Rule[] {
  found ??= discover(FOLDER);
  return found;
}

/** The rules of a folder; fails where it has none, because an analysis without rules would find everything right. */
export function discover(folder: string): Rule[] {
  const distinct = new Set(sourcesIn(folder).flatMap(exportedRules));
  if (distinct.size === 0) throw new Error(`no rules in ${folder}: they are loaded from files at run time, so a bundler has to leave this package as it is`);
  return [...distinct].sort((a, b) => a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

function sourcesIn(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(entry => entry.isDirectory() ? sourcesIn(path.join(folder, entry.name))
      : /(?<!\.d)\.(?:js|ts)$/.test(entry.name) ? [path.join(folder, entry.name)] : []);
}

function exportedRules(file: string): Rule[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return Object.values(require(file) as Record<string, unknown>).filter(isRule);
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Rule>).code === 'string'
    && typeof (value as Partial<Rule>).check === 'function';
}
