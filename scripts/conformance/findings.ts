import * as fs from 'fs';
import * as path from 'path';
import { Case, Expected } from './cases';
import { isAssumed, surroundings } from './surroundings';
import { checkFiles } from '../../lib/analysis/check-files';
import { Problem } from '../../lib/core/problem';

/** What we find in a case, as score.py reads it: each finding once for every code of a peer that its rule names. */
export function findingsOf(test: Case, folder: string): Expected[] {
  const inputs = test.inputs.map(name => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') }));
  return inPeersCodes(problemsOf(test, inputs, folder));
}

function problemsOf(test: Case, inputs: { name: string; text: string }[], folder: string): Problem[] {
  const nameless = test.needs?.includes('no-metadata-name') ?? false;
  return checkFiles([...inputs, ...surroundings(test, folder)], { now: new Date() })
    .filter(problem => !isAssumed(problem.source?.file))
    // that an object has no name is an accident of the peer's test
    .filter(problem => !nameless || !isAboutMissingName(problem));
}

/** Of Knative Serving's kinds the webhook looks at the name itself, as SM0136 says. */
function isAboutMissingName({ code, field, object }: Problem): boolean {
  return code !== 'SM0136' && object !== undefined && object.name === undefined && (field === 'metadata.name' || field === 'metadata');
}

function inPeersCodes(problems: readonly Problem[]): Expected[] {
  const found = new Map<string, Expected>();
  for (const { peers = [], object } of problems) {
    for (const code of peers) {
      const finding = { code, kind: object?.kind ?? null, name: object?.name ?? null };
      found.set(JSON.stringify(finding), finding);
    }
  }
  return [...found.values()];
}
