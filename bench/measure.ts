import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as v8 from 'v8';
import * as vm from 'vm';

/** One measured case beside what it is held against. All figures are medians. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'kB' | 'objects/s';
  readonly ours: number;
  readonly reference?: number;
  /** What the reference is. */
  readonly against?: string;
  /** The most that is promised of it, or of its ratio to the reference. */
  readonly bound?: { readonly most: number } | { readonly ratio: number };
}

/** A case that could not be measured here. */
export interface Skipped {
  readonly what: string;
  readonly skipped: string;
}

export type Result = Row | Skipped;

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

export function ratioOf({ ours, reference }: Row): number | undefined {
  return reference === undefined ? undefined : ours / reference;
}

/** Whether a promise is kept; undefined where there is none. */
export function isKept(row: Row): boolean | undefined {
  if (!row.bound) return undefined;
  return 'most' in row.bound ? row.ours <= row.bound.most : ratioOf(row)! <= row.bound.ratio;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds on the clock: for processes. */
export function elapsed(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The same within this process and for code that is warm: the collection of garbage also throws compiled code away, so the work is done once before. */
export function passedWarm(work: () => void): number {
  collectGarbage();
  work();
  return elapsed(work);
}

/** Milliseconds that this process computed, which other work on the machine hardly changes. */
export function computed(work: () => void): number {
  // what others left behind is not collected at the expense of this work
  collectGarbage();
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3;
}

/** Kilobytes of heap that what some work gives keeps alive. */
export function retained(work: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const result = work();
  collectGarbage();
  const after = process.memoryUsage().heapUsed;
  // alive until here
  return result === undefined ? 0 : (after - before) / 1e3;
}

/** Medians of several pieces of work that take turns, so that a noisy moment hits all of them alike. */
export function inTurns(runs: number, ...works: readonly (() => number)[]): number[] {
  const figures: number[][] = works.map(() => []);
  for (let run = 0; run < runs; run++) works.forEach((work, i) => figures[i].push(work()));
  return figures.map(median);
}

/** What some work gives in a folder that is made before and removed after it. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
