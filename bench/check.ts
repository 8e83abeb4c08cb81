import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { COMMAND, ROOT } from './library';
import { elapsed, inTurns, Result } from './measure';

const WHAT = 'serverless-mesh check of what projects ship';
/** The least that any check in JavaScript has to do. */
const READ = `
  const { readdirSync, readFileSync } = require('fs');
  const { parseAllDocuments } = require('yaml');
  for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true })) {
    if (/\\.ya?ml$/.test(entry.name)) parseAllDocuments(readFileSync(entry.path + '/' + entry.name, 'utf8')).map(document => document.toJS());
  }`;

/** The command as a process, on the manifests of real projects. */
export function check(): Result {
  const folder = path.join(process.env.CONFORMANCE_DIR ?? path.resolve(ROOT, '..', 'shared', 'conformance'), 'realworld');
  if (!fs.existsSync(folder)) return { what: WHAT, skipped: 'there is no folder realworld; CONFORMANCE_DIR names the folder that it is in' };
  const run = (...args: string[]) => elapsed(() => {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`node ${args[0]} ended with ${status}: ${stderr}`);
  });
  const [ours, reference] = inTurns(3, () => run(COMMAND, 'check', folder, '--fail-on', 'none'), () => run('-e', READ, folder));
  return { what: WHAT, unit: 'ms', ours, reference, against: 'reading the files alone' };
}
