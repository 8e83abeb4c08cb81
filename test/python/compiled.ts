import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOW = 'compile first: npm run compile';

/** What keeps the compiled library from being that of the sources. */
export function notCompiled(root: string): string[] {
  const missing = ['.jsii', 'build/lib/index.js', 'build/imports'].filter(file => !existsSync(join(root, file)));
  if (missing.length > 0) return [`${missing.join(', ')} not there; ${HOW}`];
  const compiled = modified(join(root, '.jsii'));
  const newer = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && modified(join(root, 'lib', file)) > compiled);
  return newer.length > 0 ? [`lib/${newer[0]} is newer than what was compiled; ${HOW}`] : [];
}

function modified(file: string): number {
  return statSync(file).mtimeMs;
}
