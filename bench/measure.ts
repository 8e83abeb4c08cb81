import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** One measured case beside what it is held against. All times are medians, in milliseconds. */
export interface Row {
  readonly what: string;
  readonly ours: number;
  readonly reference?: number;
  /** What the reference is. */
  readonly against?: string;
  /** The most that is promised, as a time or as a ratio. */
  readonly bound?: { readonly time: number } | { readonly ratio: number };
}

export function ratioOf({ ours, reference }: Row): number | undefined {
  return reference === undefined ? undefined : ours / reference;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Medians of several pieces of work that take turns, so that a noisy moment hits all of them alike. */
export function inTurns(runs: number, ...works: readonly (() => number)[]): number[] {
  const times: number[][] = works.map(() => []);
  for (let run = 0; run < runs; run++) works.forEach((work, i) => times[i].push(work()));
  return times.map(median);
}

/** Time of some work in a folder that is made before and removed after it. */
export function timedInFolder(work: (folder: string) => void): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return milliseconds(() => work(folder));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
