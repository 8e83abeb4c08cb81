import { ratioOf, Row } from './measure';

/** The rows as a table of text. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['case', 'ours [ms]', 'reference [ms]', 'ratio', 'promised'],
    ...rows.map(row => [
      row.what, figure(row.ours), row.reference === undefined ? '' : `${figure(row.reference)} (${row.against})`, figure(ratioOf(row)), promise(row),
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)));
  return lines.map(line => line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

/** The rows as JSON, with their ratios. */
export function json(rows: readonly Row[]): string {
  return JSON.stringify({ node: process.version, rows: rows.map(row => ({ ...row, ratio: ratioOf(row), kept: kept(row) })) }, undefined, 2);
}

function promise(row: Row): string {
  if (!row.bound) return '';
  const most = 'time' in row.bound ? `${row.bound.time} ms` : `${row.bound.ratio} x`;
  return `at most ${most}: ${kept(row) ? 'kept' : 'NOT KEPT'}`;
}

function kept(row: Row): boolean | undefined {
  if (!row.bound) return undefined;
  return 'time' in row.bound ? row.ours <= row.bound.time : ratioOf(row)! <= row.bound.ratio;
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
