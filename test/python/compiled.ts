import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

interface AssemblyType {
  readonly fqn: string;
  readonly kind: string;
  readonly locationInModule: { readonly filename: string };
}

/** Classes that Python would not know again in what a call returns, because something was compiled over what jsii wrote. */
export function unknownToJsii(root: string): string[] {
  const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8')) as { types: Record<string, AssemblyType> };
  return Object.values(types).filter(({ kind }) => kind === 'class').flatMap(({ fqn, locationInModule }) => {
    const file = join('build', locationInModule.filename.replace(/\.ts$/, '.js'));
    return readFileSync(join(root, file), 'utf8').includes(JSON.stringify(fqn)) ? [] : [`${file} does not say that it is ${fqn}`];
  });
}

function modified(file: string): number {
  return statSync(file).mtimeMs;
}
