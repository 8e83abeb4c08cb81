import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** Runs something in a folder of its own. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mesh-app-'));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Text of every file below a folder by its path; folders end in a slash and have none. */
export function writtenFiles(folder: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1)) {
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, { [`${name}/`]: '' }, writtenFiles(folder, `${name}/`));
    else found[name] = fs.readFileSync(path.join(folder, name), 'utf8');
  }
  return found;
}
