import * as fs from 'fs';
import * as path from 'path';
import { Table } from './table';

const TABLES = path.join(__dirname, 'tables');

const INTRODUCTIONS: Readonly<Record<string, string>> = {
  'mesh-coverage': `# Fields of the mesh

Every field of the mesh's kinds, and what says it here. A construct that does not have a field still takes it by its escape hatch:
\`construct.apiObject.addJsonPatch(JsonPatch.add('/spec/…', …))\`. This page is generated (\`npx tsx scripts/coverage.ts\`); a test checks that no field is missing and that each
that is said to be here is in an object that the constructs make.
`,
};

/** All tables, by the names of their files. */
export function tables(): Table[] {
  return fs.readdirSync(TABLES).filter(file => file.endsWith('.ts')).sort()
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .map(file => require(path.join(TABLES, file)).table as Table);
}

/** The pages that the tables make, by name. */
export function pages(all: readonly Table[] = tables()): Map<string, string> {
  const found = new Map<string, string>();
  for (const table of all) found.set(table.page, `${found.get(table.page) ?? INTRODUCTIONS[table.page] ?? ''}\n${section(table)}`);
  return found;
}

function section({ kind, group, fields }: Table): string {
  const rows = Object.entries(fields);
  const had = rows.filter(([, where]) => typeof where === 'string').length;
  return [
    `## ${kind}`,
    '',
    `\`${group}\`: ${had} of ${rows.length} fields.`,
    '',
    '| field | said by |',
    '| --- | --- |',
    ...rows.map(([field, where]) => `| \`${field}\` | ${typeof where === 'string' ? `\`${where.replace(/\|/g, '\\|')}\`` : `not: ${where.without}`} |`),
    '',
  ].join('\n');
}
