import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Commands } from './commands';
import type { Environment } from './interpreter';

/** Generates the Python package of the compiled library, and gives its folder. */
export function generatePackage(root: string, staging: string, commands: Commands): string {
  const outdir = join(staging, 'generated');
  commands.run(process.execPath, [
    require.resolve('jsii-pacmak/bin/jsii-pacmak'),
    '--target', 'python',
    '--code-only',
    '--outdir', outdir,
    '--no-npmignore',
    '--no-fingerprint',
    '--rosetta-unknown-snippets', 'verbatim',
  ], { cwd: root });
  return join(outdir, 'python');
}

/** Builds the wheel of a generated package the way pip does for everybody, from its pyproject.toml. */
export function wheelOf(generated: string, folder: string, venv: Environment): string {
  venv.run('-m', 'pip', 'wheel', '--no-deps', '--wheel-dir', folder, generated);
  const wheels = readdirSync(folder).filter(file => file.endsWith('.whl'));
  if (wheels.length !== 1) throw new Error(`expected one wheel, found ${wheels.join(', ') || 'none'}`);
  return join(folder, wheels[0]);
}

/** What pip has to install so that Python works with the very versions that the TypeScript programs were synthesized with. */
export function peerRequirements(root: string): string[] {
  const { peerDependencies } = readJson(join(root, 'package.json')) as { peerDependencies: Record<string, string> };
  return Object.keys(peerDependencies).map(name => {
    const { version } = readJson(join(root, 'node_modules', name, 'package.json')) as { version: string };
    return `${name}==${version}`;
  });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
