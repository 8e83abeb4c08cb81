import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { pathToFileURL } from 'url';

/**
 * Writes the compiled entry anew, so that a name is loaded when a program first asks for it: most programs need a part of the library.
 * What a room does in every app stands in its `attach`, which is loaded at once.
 */
const FOLDER = path.resolve(__dirname, '..', 'build', 'lib');
const ENTRY = path.join(FOLDER, 'index.js');

function run(): void {
  const rooms = Array.from(fs.readFileSync(path.resolve(__dirname, '..', 'lib', 'index.ts'), 'utf8').matchAll(/'\.\/([\w-]+)'/g), ([, room]) => room);
  const files = filesOf(load(ENTRY));
  fs.writeFileSync(ENTRY, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // what an ES module may import by name is found out without running anything
    `${[...files.values()].flat().sort().map(name => `exports.${name} = `).join('')}void 0;`,
    ...rooms.map(room => `./${room}/attach`).filter(file => fs.existsSync(path.join(FOLDER, `${file}.js`))).map(file => `require("${file}");`),
    'function lazy(load, ...names) {',
    '  for (const name of names) Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => {',
    '    const value = load()[name];',
    '    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
    '    return value;',
    '  } });',
    '}',
    ...Array.from(files, ([file, names]) => `lazy(() => require("${file}"), ${names.map(name => JSON.stringify(name)).join(', ')});`),
    '',
  ].join('\n'));
  prove([...files.values()].flat().sort());
}

/** A fresh process gets every name, from a module of either kind. */
function prove(names: readonly string[]): void {
  const programs = [
    `const all = require(${JSON.stringify(ENTRY)})`,
    `import * as all from ${JSON.stringify(pathToFileURL(ENTRY).href)}`,
  ];
  const list = "console.log(Object.keys(all).filter(name => !['default', 'module.exports', '__esModule'].includes(name) && all[name] !== undefined).sort().join())";
  programs.forEach((program, i) => {
    const given = execFileSync(process.execPath, [`--input-type=${i === 0 ? 'commonjs' : 'module'}`, '-e', `${program}; ${list}`], { encoding: 'utf8' }).trim();
    if (given !== names.join()) throw new Error(`the entry does not give what it should: ${program}\n${given}`);
  });
}

/** The exported names, by the file that defines them. */
function filesOf(entry: Record<string, unknown>): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [name, value] of Object.entries(entry)) {
    const file = Object.keys(require.cache).find(candidate => candidate.startsWith(FOLDER + path.sep) && path.basename(candidate) !== 'index.js'
      && Object.getOwnPropertyDescriptor(require.cache[candidate]!.exports as object, name)?.value === value);
    if (file === undefined) throw new Error(`no file of build/lib defines ${name}`);
    const key = `./${path.relative(FOLDER, file).split(path.sep).join('/').replace(/\.js$/, '')}`;
    files.set(key, [...files.get(key) ?? [], name]);
  }
  return new Map([...files.entries()].sort(([a], [b]) => a < b ? -1 : 1));
}

function load(file: string): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as Record<string, unknown>;
}

run();
