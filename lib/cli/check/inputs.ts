import * as fs from 'fs';
import * as path from 'path';
import { readAll, Terminal, UsageError } from '../terminal';

/** Name under which findings speak of what came through a pipe. */
export const STDIN = '<stdin>';

/** A file that is there and cannot be read as text. */
export interface UnreadableFile {
  readonly name: string;
  readonly why: string;
}

/** What was asked to be checked. */
export interface Inputs {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly unreadable: readonly UnreadableFile[];
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Reads files, folders with all below them, and `-` for what comes through a pipe; each file once, in an order that is always the same. */
export async function readInputs(names: readonly string[], terminal: Terminal): Promise<Inputs> {
  const missing = names.filter(name => name !== '-' && !fs.existsSync(path.resolve(terminal.cwd, name)));
  if (missing.length > 0) {
    throw new UsageError(`${missing.map(name => JSON.stringify(name)).join(', ')} ${missing.length > 1 ? 'do' : 'does'} not exist.`);
  }
  const files = new Map<string, string>();
  const unreadable = new Map<string, UnreadableFile>();
  const take = (name: string, read: () => Buffer, wanted: (text: string) => boolean = () => true) => {
    if (files.has(name) || unreadable.has(name)) return;
    try {
      const text = textOf(read());
      if (wanted(text)) files.set(name, text);
    } catch (e) {
      unreadable.set(name, { name, why: reasonOf(e) });
    }
  };
  for (const name of names) {
    if (name === '-') {
      const piped = await readAll(terminal.stdin);
      take(STDIN, () => piped);
    } else if (isFolder(path.resolve(terminal.cwd, name))) {
      for (const found of walk(name, terminal.cwd, unreadable)) {
        take(found, () => fs.readFileSync(path.resolve(terminal.cwd, found)), mayHoldObjects(found));
      }
    } else {
      take(clean(name), () => fs.readFileSync(path.resolve(terminal.cwd, name)));
    }
  }
  return { files: [...files].map(([name, text]) => ({ name, text })), unreadable: [...unreadable.values()] };
}

function walk(folder: string, cwd: string, unreadable: Map<string, UnreadableFile>): string[] {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(path.resolve(cwd, folder), { withFileTypes: true });
  } catch (e) {
    unreadable.set(clean(folder), { name: clean(folder), why: reasonOf(e) });
    return [];
  }
  return entries.sort((a, b) => a.name < b.name ? -1 : 1).flatMap(entry => {
    const name = clean(path.join(folder, entry.name));
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    // a link to a folder may lead in a circle
    if (entry.isDirectory()) return walk(name, cwd, unreadable);
    return EXTENSIONS.includes(path.extname(entry.name)) && !isFolder(path.resolve(cwd, name)) ? [name] : [];
  });
}

/** Most JSON that lies in folders is no manifest, and some of it no JSON (tsconfig.json). */
function mayHoldObjects(name: string): (text: string) => boolean {
  return path.extname(name) === '.json' ? text => text.includes('"apiVersion"') : () => true;
}

function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is no text in UTF-8');
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES': case 'EPERM': return 'it may not be read (permission denied)';
    case 'ENOENT': return 'it is a link to nothing';
    default: return message;
  }
}

function clean(name: string): string {
  return path.normalize(name).split(path.sep).join('/');
}
