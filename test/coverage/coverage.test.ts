import * as fs from 'fs';
import * as path from 'path';
import { fieldsIn, fieldsOfKind } from '../../scripts/coverage/fields';
import { pages, tables } from '../../scripts/coverage/pages';
import { schemaErrors } from '../schema';

const TABLES = tables().map(table => [table.kind, table] as const);

describe.each(TABLES)('the table of %s', (_, { group, kind, fields, sample }) => {
  const known = fieldsOfKind(group, kind);

  it('has every field of the kind, and no other', () => {
    expect(Object.keys(fields).sort()).toEqual([...known].sort());
  });

  it('names fields that constructs write', () => {
    const objects = sample().filter(object => object.kind === kind && object.apiVersion.startsWith(`${group}/`));
    expect(objects.flatMap(schemaErrors)).toEqual([]);
    const written = new Set(objects.flatMap(object => [...fieldsIn(object, known)]));
    expect(Object.keys(fields).filter(field => typeof fields[field] === 'string' && !written.has(field))).toEqual([]);
  });

  it('gives a reason for what is not there', () => {
    for (const where of Object.values(fields)) expect(typeof where === 'string' ? where : where.without).not.toBe('');
  });
});

it.each([...pages()])('docs/%s.md is fresh', (page, text) => {
  expect(fs.readFileSync(path.join(__dirname, '..', '..', 'docs', `${page}.md`), 'utf8')).toBe(text);
});
