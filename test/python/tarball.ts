import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { Commands } from './commands';

interface Manifest {
  readonly main?: string;
  readonly types?: string;
  readonly exports?: unknown;
  readonly dependencies?: Record<string, string>;
  readonly bundledDependencies?: readonly string[];
}

/** The files of the npm package inside a generated Python package: all that there is when a program in Python runs. */
export function contentsOf(generated: string, commands: Commands): ReadonlySet<string> {
  const tarballs = readdirSync(generated, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.jsii.tgz'));
  if (tarballs.length !== 1) throw new Error(`expected one npm package in ${generated}, found ${tarballs.length}`);
  const listed = commands.run('tar', ['-tzf', join(generated, tarballs[0])]);
  return new Set(listed.split('\n').filter(line => line !== '').map(line => line.replace(/^package\//, '')));
}

/** What the checkout has, a program needs, and the package lacks. */
export function missingFrom(contents: ReadonlySet<string>, root: string): string[] {
  const manifest = manifestIn(root);
  const wanted = [
    'package.json',
    '.jsii',
    ...[manifest.main, manifest.types].flatMap(file => file ?? []),
    ...targetsOf(manifest.exports).flatMap(target => filesBehind(target, root)),
    ...filesBelow('build/lib', root).filter(file => file.endsWith('.js')),
    ...bundledIn(root).flatMap(folder => entryOf(folder, root)),
  ].map(file => posix.normalize(file));
  return [...new Set(wanted)].filter(file => !contents.has(file)).map(file => `${file} is not in it`);
}

/** What nobody who installs the package has a use for. */
export function strayIn(contents: ReadonlySet<string>): string[] {
  const own = [...contents].filter(file => !file.startsWith('node_modules/'));
  return own
    .filter(file => /^(lib|test|examples|scripts|bench|docs|dist|coverage)\/|^\.(?!jsii$)/.test(file) || file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map(file => `${file} is in it`);
}

function targetsOf(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported];
  return typeof exported === 'object' && exported !== null ? Object.values(exported).flatMap(targetsOf) : [];
}

function filesBehind(target: string, root: string): string[] {
  const [before, after] = target.split('*');
  if (after === undefined) return [target];
  const files = filesBelow(posix.dirname(`${before}x`), root).filter(file => file.endsWith(after));
  return files.length > 0 ? files : [target];
}

function filesBelow(folder: string, root: string): string[] {
  if (!existsSync(join(root, folder))) return [`${folder}/`];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.join(posix.relative(root, entry.parentPath), entry.name));
}

/** The folders of the bundled dependencies and of all that these depend on in turn. */
function bundledIn(root: string): string[] {
  const found = new Set<string>();
  const pending = (manifestIn(root).bundledDependencies ?? []).map(name => folderOf(name, root, root));
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    const dependant = folder;
    pending.push(...Object.keys(manifestIn(dependant).dependencies ?? {}).map(name => folderOf(name, dependant, root)));
  }
  return [...found];
}

/** The folder of a package, the way Node looks for it. */
function folderOf(name: string, dependant: string, root: string): string {
  for (let at = dependant; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === root) throw new Error(`${name}, which ${dependant} needs, is not installed: npm ci`);
  }
}

function entryOf(folder: string, root: string): string[] {
  return [join(folder, 'package.json'), require.resolve(folder, { paths: [root] })].map(file => relative(root, file));
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
