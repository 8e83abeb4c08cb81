import { IConstruct } from 'constructs';
import { Answers, Malformed, Origin, Suppression } from './suppression';
import { Problem } from '../../core/problem';
import { chunksOf } from '../reading/chunks';
import { SourceFile } from '../reading/read-files';
import { Position, YamlDocument } from '../reading/yaml-document';
import { isMap } from '../values';

/** The name under which a config file is looked for. */
export const CONFIG_FILE = '.serverless-mesh.yaml';

/** A suppression as a config file says it. What it names narrows it down; nothing named means everywhere. */
export interface ConfigSuppression {
  readonly code: string;
  readonly reason: string;
  /** A file, a folder or a construct with all below it; `*` stands for anything but a slash, `**` for anything. */
  readonly path?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** What a config file holds. */
export interface Config {
  readonly suppress?: readonly ConfigSuppression[];
}

/** A config with the places of its entries and what is wrong with its text. */
export interface ConfigFile {
  readonly config: Config;
  readonly file?: string;
  readonly locate?: (field: string) => Position;
  readonly mistakes?: readonly { readonly field: string; readonly value?: unknown; readonly reason: string; readonly fix: string }[];
}

const CONFIG = Symbol.for('cdk8s-serverless-mesh.config');
const FIELDS = ['code', 'reason', 'path', 'kind', 'namespace', 'name'];

/** Reads a config file. Whatever it holds, nothing is thrown: what is wrong with it is reported with the findings. */
export function readConfig({ name, text }: SourceFile): ConfigFile {
  const [chunk] = chunksOf(text);
  if (!chunk) return { config: {}, file: name };
  const document = new YamlDocument(chunk);
  const locate = (field: string) => document.locate(field);
  const [problem] = document.problems;
  if (problem) {
    return { config: {}, file: name, locate: () => problem, mistakes: [{ field: '', reason: `the text is no YAML: ${problem.message}`, fix: 'correct the syntax' }] };
  }
  const { value } = document;
  const fix = 'write `suppress:` with a list of maps that have at least a code and a reason';
  if (!isMap(value)) return { config: {}, file: name, locate, mistakes: [{ field: '', value, reason: 'the file is no map', fix }] };
  const mistakes = Object.keys(value).filter(key => key !== 'suppress').map(key => ({ field: key, reason: 'nothing of this name can be set', fix }));
  if (value.suppress !== undefined && value.suppress !== null && !Array.isArray(value.suppress)) mistakes.push({ field: 'suppress', reason: 'it is no list', fix });
  return { config: { suppress: Array.isArray(value.suppress) ? value.suppress : [] }, file: name, locate, mistakes };
}

/** Has a config hold for an app or for the files below a root. */
export function applyConfig(root: IConstruct, config: ConfigFile): void {
  Object.defineProperty(root, CONFIG, { value: config, configurable: true });
}

/** What the config of a root says. */
export function configuredSuppressions(root: IConstruct): Answers {
  const found = (root as unknown as { [CONFIG]?: ConfigFile })[CONFIG];
  if (!found) return { suppressions: [], malformed: [] };
  const origin = (field: string): Origin => {
    const at = found.file === undefined ? undefined : { file: found.file, ...found.locate?.(field) ?? { line: 1, column: 1 } };
    return { construct: root, path: at ? `${at.file}:${at.line}` : root.node.path, field, ...at ? { source: { file: at.file, line: at.line, column: at.column } } : {} };
  };
  const suppressions: Suppression[] = [];
  const malformed: Malformed[] = (found.mistakes ?? []).map(({ field, ...mistake }) => ({ ...mistake, origin: origin(field) }));
  (found.config.suppress ?? []).forEach((entry, i) => {
    const field = `suppress[${i}]`;
    const mistake = mistakeIn(entry);
    if (mistake) malformed.push({ ...mistake, origin: origin(field) });
    else suppressions.push({ code: entry.code, reason: entry.reason ?? '', covers: problem => covers(entry, problem), origin: origin(field) });
  });
  return { suppressions, malformed };
}

function mistakeIn(entry: unknown): Omit<Malformed, 'origin'> | undefined {
  const fix = 'write a map of texts with a code, a reason and, to narrow it down, path, kind, namespace, name';
  if (!isMap(entry)) return { value: entry, reason: 'the entry is no map', fix };
  const unknown = Object.keys(entry).find(key => !FIELDS.includes(key));
  // it would hold for more than is meant
  if (unknown !== undefined) return { value: unknown, reason: `an entry has no ${unknown}, so nothing is suppressed by it`, fix };
  if (entry.code === undefined) return { reason: 'the entry has no code', fix };
  const noText = Object.keys(entry).find(key => typeof entry[key] !== 'string' && !(key === 'reason' && entry[key] === null));
  return noText === undefined ? undefined : { value: entry[noText], reason: `the ${noText} is no text`, fix };
}

function covers({ path, kind, namespace, name }: ConfigSuppression, { object, source, path: place }: Problem): boolean {
  return (path === undefined || isBelow(path, source?.file ?? place))
    && (kind === undefined || kind === object?.kind)
    && (namespace === undefined || namespace === object?.namespace)
    && (name === undefined || name === object?.name);
}

function isBelow(pattern: string, place: string): boolean {
  const wanted = clean(pattern).split(/(\*\*|\*)/)
    .map(part => part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('');
  return new RegExp(`^${wanted}(?:/.*)?$`, 's').test(clean(place));
}

function clean(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
}
