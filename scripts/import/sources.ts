import * as fs from 'fs';
import * as path from 'path';
import { ImportRefusal } from './refusal';

/** Where CRD files come from, as the SOURCE file beside them says. */
export interface Source {
  readonly project: string;
  readonly repository: string;
  readonly version: string;
  readonly commit: string;
  readonly licence: string;
}

/** The source of each CRD file of a folder; one folder can draw on several repositories. */
export function readSources(folder: string, project: string): Map<string, Source> {
  const file = path.join(folder, 'SOURCE');
  if (!fs.existsSync(file)) {
    throw new ImportRefusal('source-missing', `${file} does not exist`, 'Say there where the CRDs come from: repo, tag, commit, licence, paths');
  }
  const byFile = new Map<string, Source>();
  for (const block of fs.readFileSync(file, 'utf8').split(/^(?=repo: )/m).filter(part => part.startsWith('repo: '))) {
    const source = {
      project,
      repository: field(block, 'repo', file),
      version: versionOf(block, file),
      commit: field(block, 'commit', file),
      licence: field(block, 'licence', file).replace(/ \(.*$/, ''),
    };
    for (const [, name] of block.matchAll(/^ {2}(\S+\.ya?ml): /gm)) byFile.set(name, source);
  }
  return byFile;
}

/** The release when the CRDs are those of a release, else the distance from the last one. */
function versionOf(block: string, file: string): string {
  const tag = /^tag: (.+)$/m.exec(block);
  if (tag) return tag[1];
  const release = /^newest release tag in the snapshot: (\S+).*CRD files changed since that tag: 0\b/m.exec(block);
  return release ? release[1] : field(block, 'git describe', file);
}

function field(block: string, name: string, file: string): string {
  const match = new RegExp(`^${name}: (.+)$`, 'm').exec(block);
  if (!match) throw new ImportRefusal('source-incomplete', `${file} has a repository without "${name}:"`, 'Add the line');
  return match[1].trim();
}
