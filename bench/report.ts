import * as os from 'os';
import { isKept, ratioOf, Result, Row } from './measure';

/** The results as a table of text. */
export function table(results: readonly Result[]): string {
  const lines = [
    ['case', 'ours', 'reference', 'ratio', 'promised'],
    ...results.map(result => 'skipped' in result ? [result.what, '', '', '', `skipped: ${result.skipped}`] : cells(result)),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)));
  return lines.map(line => line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

/** The results as JSON, with their ratios. */
export function json(results: readonly Result[]): string {
  const [cpu] = os.cpus();
  const machine = { node: process.version, platform: `${process.platform} ${process.arch}`, cpu: cpu?.model.trim(), cpus: os.cpus().length };
  const rows = results.map(result => 'skipped' in result ? result : { ...result, ratio: ratioOf(result), kept: isKept(result) });
  return JSON.stringify({ ...machine, rows }, undefined, 2);
}

/** Those that break their promise. */
export function broken(results: readonly Result[]): Result[] {
  return results.filter(result => !('skipped' in result) && isKept(result) === false);
}

function cells(row: Row): string[] {
  const { what, unit, ours, reference, against } = row;
  return [what, `${figure(ours)} ${unit}`, reference === undefined ? '' : `${figure(reference)} ${unit} (${against})`, figure(ratioOf(row)), promise(row)];
}

function promise(row: Row): string {
  if (!row.bound) return '';
  const most = 'most' in row.bound ? `${row.bound.most} ${row.unit}` : `${row.bound.ratio} x`;
  return `at most ${most}: ${isKept(row) ? 'kept' : 'NOT KEPT'}`;
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
