import { chunksOf } from './chunks';
import { READING_CODES as CODES } from './codes';
import { FileDocument } from './file-document';
import { isYttTemplate, readerOfFile, readerOfObject } from './foreign';
import { isRuleFile, prometheusRule } from './rule-file';
import { Position, YamlDocument } from './yaml-document';
import { ProblemReport, Severity } from '../../core/problem';
import { Manifest } from '../../core/rendering';

/** A text with the name under which findings speak of it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** What files hold: objects, and findings on what is none. */
export interface Reading {
  readonly documents: readonly FileDocument[];
  readonly problems: readonly ProblemReport[];
}

type Fields = Record<string, unknown>;
type Say = (at: Position, report: Omit<ProblemReport, 'path' | 'source'>) => void;

/** Reads YAML or JSON; whatever the texts hold, it does not throw. */
export function readFiles(files: readonly SourceFile[]): Reading {
  const documents: FileDocument[] = [];
  const problems: ProblemReport[] = [];
  for (const file of files) {
    const reading = readFile(file);
    documents.push(...reading.documents);
    problems.push(...reading.problems);
  }
  return { documents, problems };
}

function readFile({ name, text }: SourceFile): Reading {
  const documents: FileDocument[] = [];
  const problems: ProblemReport[] = [];
  const say: Say = ({ line, column }, report) => {
    problems.push({ ...report, path: `${name}:${line}`, source: { file: name, line, column } });
  };
  const reader = readerOfFile(name);
  if (reader) return { documents, problems: [skipped(name, { line: 1, column: 1 }, `${reader} reads files of this name, no API server does`)] };

  if (isYttTemplate(text)) return { documents, problems: [skipped(name, { line: 1, column: 1 }, 'it is a template of ytt')] };

  const foreign: { start: Position; value: unknown }[] = [];
  for (const chunk of chunksOf(text)) {
    const document = new YamlDocument(chunk);
    if (!document.readable) {
      if (document.isTemplate) return { documents: [], problems: [skipped(name, document.start, 'it is a template, not yet YAML')] };
      const { message, ...at } = document.problems.find(problem => problem.duplicateKey === undefined)!;
      say(at, { code: CODES.noYaml, reason: `the text is no YAML: ${firstLower(message)}`, fix: 'correct the syntax; nothing of this document was checked' });
      continue;
    }
    const { value } = document;
    if (value === null || value === undefined) continue;
    if (!isRuleFile(value) && !couldBeManifest(value)) {
      foreign.push({ start: document.start, value });
      continue;
    }
    for (const { duplicateKey, ...at } of document.problems) say(at, standsTwice(duplicateKey));
    if (isRuleFile(value)) documents.push(new FileDocument(name, prometheusRule(name, value), document, [], 'spec'));
    else documents.push(...objectsOf(name, document, say));
  }
  if (foreign.length > 0 && documents.length === 0 && problems.length === 0) {
    problems.push(skipped(name, foreign[0].start, 'nothing in it has an apiVersion and a kind'));
  } else {
    for (const { start, value } of foreign) say(start, notAnObject(value));
  }
  return { documents, problems };
}

function couldBeManifest(value: unknown): value is Fields {
  return isFields(value) && (value.apiVersion !== undefined && !isHelmChart(value) || value.kind !== undefined || isFields(value.metadata));
}

/** `Chart.yaml` under another name. */
function isHelmChart(value: Fields): boolean {
  return value.kind === undefined && (value.apiVersion === 'v1' || value.apiVersion === 'v2') && value.name !== undefined && value.version !== undefined;
}

function objectsOf(file: string, document: YamlDocument, say: Say): FileDocument[] {
  const found: FileDocument[] = [];
  const take = (value: unknown, below: readonly string[]) => {
    const start = below.length === 0 ? document.start : document.locate(undefined, below);
    if (!isFields(value)) return say(start, notAnObject(value));
    const missing = ['apiVersion', 'kind'].filter(field => typeof value[field] !== 'string' || value[field] === '');
    if (missing.length > 0) {
      return say(start, {
        code: CODES.noKind,
        field: missing[0],
        value: value[missing[0]],
        reason: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not given as text, so nobody can tell what this is`,
        fix: `write ${missing.join(' and ')}`,
      });
    }
    const manifest = value as unknown as Manifest;
    if (manifest.kind.endsWith('List') && Array.isArray(value.items)) return value.items.forEach((item, i) => take(itemOf(manifest, item), [...below, 'items', String(i)]));
    const reader = readerOfObject(manifest.apiVersion, manifest.kind);
    if (reader) return say(start, skipped(file, start, `a ${manifest.kind} of ${manifest.apiVersion} is read by ${reader}, not by the API server`));
    if (value.metadata !== undefined && !isFields(value.metadata)) {
      say(document.locate('metadata', below), {
        code: CODES.brokenMetadata,
        field: 'metadata',
        value: value.metadata,
        reason: 'the metadata of an object is a map',
        fix: 'write at least its name',
      });
    }
    found.push(new FileDocument(file, manifest, document, below));
  };
  take(document.value, []);
  return found;
}

/** Items of a `ServiceList` need not say that they are Services. */
function itemOf(list: Manifest, item: unknown): unknown {
  if (!isFields(item) || list.kind === 'List') return item;
  return { ...item, apiVersion: item.apiVersion ?? list.apiVersion, kind: item.kind ?? list.kind.replace(/List$/, '') };
}

function standsTwice(key: string | undefined): Omit<ProblemReport, 'path' | 'source'> {
  return {
    code: CODES.duplicateKey,
    field: key,
    reason: 'the key stands twice in one map, and readers differ in which one counts: kubectl takes the last, Kustomize refuses the file',
    fix: 'keep one of them',
  };
}

function skipped(file: string, { line, column }: Position, why: string): ProblemReport {
  return {
    code: CODES.notAManifest,
    severity: Severity.INFO,
    path: `${file}:${line}`,
    source: { file, line, column },
    reason: `skipped: ${why}`,
    fix: 'give what it renders to, if it is meant to be checked',
  };
}

function notAnObject(value: unknown): Omit<ProblemReport, 'path' | 'source'> {
  const what = Array.isArray(value) ? 'a list' : isFields(value) ? 'a map without apiVersion and kind' : 'a single value';
  return { code: CODES.noObject, reason: `the document is ${what}, where kubectl expects an object`, fix: 'take it out of the file, or write the object that it is meant to be' };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
