import { fieldNames } from './naming';
import { OPEN_MARKER } from './prepare';

const FIELD = /^ {4}'([^']+)': (.+),$/;
const MAPPED = /\(\((\S+)\) === undefined\) \? undefined : \(Object\.entries\(\1\)\.reduce\(\(r, i\) => \(i\[1\] === undefined\) \? r : \(\{ \.\.\.r, \[i\[0\]\]: i\[1\] \}\), \{\}\)\)/g;

/** The fields that an interface renders: by the name that cdk8s gave, the key in JSON and the name that the field shall have. */
type Renames = Map<string, { key: string; name: string }>;

/** Mends what cdk8s generated for one kind, and takes its comments and boiler-plate away. */
export function polish(generated: string, aliases: ReadonlyMap<string, string>): string {
  const blocks = withoutComments(generated).split(/^(?=export )/m).filter(block => block.startsWith('export '));
  const renames = new Map(blocks.filter(isRenderer).map(block => [rendererOf(block), readFields(block, aliases)]));
  return blocks.map(block => {
    if (isRenderer(block)) return renderer(block, renames.get(rendererOf(block))!);
    if (block.startsWith('export interface ')) return struct(block, renames);
    return union(block) ?? block;
  }).map(block => `${block.trimEnd()}\n`).join('');
}

function withoutComments(code: string): string {
  return code.split('\n').filter(line => line.trim() !== '' && !/^\s*(\/\*|\*|\/\/)/.test(line)).join('\n');
}

function isRenderer(block: string): boolean {
  return block.startsWith('export function toJson_');
}

function rendererOf(block: string): string {
  return /^export function toJson_(\w+)\(/.exec(block)![1];
}

function readFields(block: string, aliases: ReadonlyMap<string, string>): Renames {
  const found = block.split('\n').flatMap(line => {
    const [, key, expression] = FIELD.exec(line) ?? [];
    return key && key !== OPEN_MARKER ? [{ key: aliases.get(key) ?? key, given: /obj\.(\w+)/.exec(expression)![1] }] : [];
  });
  const names = fieldNames(found.map(({ key }) => key));
  return new Map(found.map(({ key, given }) => [given, { key, name: names.get(key)! }]));
}

/** What a schema does not name, such as the target of a patch, is kept by `render`; cdk8s's own function would drop it. */
function renderer(block: string, renames: Renames): string {
  const type = rendererOf(block);
  const fields = block.split('\n').flatMap(line => {
    const [, key, expression] = FIELD.exec(line) ?? [];
    if (!key || key === OPEN_MARKER) return [];
    const given = /obj\.(\w+)/.exec(expression)![1];
    const rename = renames.get(given)!;
    const renamed = expression.replace(new RegExp(`obj\\.${given}\\b`, 'g'), `obj.${rename.name}`);
    return [`    '${rename.key}': ${plainValue(renamed)},`];
  });
  const changed = [...renames.values()].filter(({ key, name }) => key !== name).map(({ key, name }) => `${name}: '${key}'`);
  return [
    `export function toJson_${type}(obj: ${type} | undefined): Record<string, any> | undefined {`,
    '  return obj ? render(obj, {',
    ...fields,
    changed.length > 0 ? `  }, { ${changed.join(', ')} }) : obj;` : '  }) : obj;',
    '}',
  ].join('\n');
}

/** Spares copies of lists and maps whose elements are rendered as they are. */
function plainValue(expression: string): string {
  return expression.replace(/\?\.value\b/g, '').replace(/\?\.map\(y => y\)/g, '').replace(MAPPED, '$1');
}

function struct(block: string, renames: ReadonlyMap<string, Renames>): string {
  const type = /^export interface (\w+)/.exec(block)![1];
  return block.split('\n').map(line => {
    const [, name, rest] = /^ {2}readonly (\w+)(\??: .+)$/.exec(line) ?? [];
    if (!name) return line;
    if (name === OPEN_MARKER) return '  readonly [key: string]: any;';
    return `  readonly ${renames.get(type)?.get(name)?.name ?? name}${rest}`;
  }).join('\n');
}

/** A class around a number or a text loses the values that JSON patches put in its place; a plain union takes both. */
function union(block: string): string | undefined {
  const [, type] = /^export class (\w+) \{$/m.exec(block) ?? [];
  const [, types] = /private constructor\(public readonly value: (.+)\)/.exec(block) ?? [];
  return type && types ? `export type ${type} = ${types};` : undefined;
}
