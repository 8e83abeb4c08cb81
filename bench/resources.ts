import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, ApiObjectProps, App, Chart } from 'cdk8s';
import { bundled, compiled, ROOT, WithoutAnalysis } from './library';
import { computed, inFolder, inTurns, retained, Row } from './measure';
import { appOf, manifestsOf, OBJECTS, shops, SHOPS } from './shop';

/**
 * Shops that make about 100, 1,000 and 10,000 resources, and how many such apps one sample is: as much work for each size. The collection of
 * garbage before a sample makes the engine forget what it compiled, and a sample of less work would pay for that alone.
 */
const SIZES = [{ count: 1, apps: SHOPS }, { count: 9, apps: Math.round(SHOPS / 9) }, { count: SHOPS, apps: 1 }];
const RUNS = 3;
const WARM_UP = 6;
const SHARE = { checked: 2, unchecked: 1.5 };
const FLAT = 1.3;

type Synth = (count: number, outdir: string) => App;

interface Cost {
  readonly checked: number;
  readonly unchecked: number;
  readonly raw: number;
  readonly json: number;
}

/** What a resource costs from construction to its file, in small and in large apps, beside plain objects that give the same YAML. */
export function resources(): Row[] {
  const constructs = [synthWith(compiled()), synthUnchecked()];
  const variants = [...constructs, synthRaw(manifest => manifest)];
  // also reads the schemas, so that they count as part of no app
  const texts = SIZES.slice(0, 2).map(({ count }) => variants.map(synth => textOf(synth, count)));
  if (texts.some(([first, ...others]) => others.some(other => other !== first))) throw new Error('what is compared does not give the same YAML');
  // code gets faster for a while after it is first run, whatever the size of an app
  for (let i = 0; i < WARM_UP; i++) variants.forEach(synth => time(synth, SIZES[1].count, 1));
  // all sizes take turns as well: how fast the machine is changes from one minute to the next
  const times = costsOf(inTurns(RUNS, ...SIZES.flatMap(({ count, apps }) =>
    [...variants.map(synth => () => time(synth, count, apps)), () => timeOfJson(count, apps)])));
  const heaps = costsOf(heapsOf(SIZES.map(({ count, apps }) => ({ count, apps }))));
  return [
    ...SIZES.flatMap(({ count }, i) => rowsOf(`time of one of ${about(count)} resources`, 'ms', times[i])),
    ...flat('time of a resource', 'ms', times),
    ...SIZES.flatMap(({ count }, i) => rowsOf(`heap of one of ${about(count)} resources`, 'kB', heaps[i])),
    ...flat('heap of a resource', 'kB', heaps),
  ];
}

function synthWith(library: ReturnType<typeof compiled>): Synth {
  return (count, outdir) => {
    const app = appOf(library, outdir);
    shops(library, app, count);
    app.synth();
    return app;
  };
}

function synthUnchecked(): Synth {
  const copy = new WithoutAnalysis();
  return (count, outdir) => copy.use(library => synthWith(library)(count, outdir));
}

/** Plain objects, made of manifests as they are or of copies. */
function synthRaw(copy: (manifest: ApiObjectProps) => ApiObjectProps): Synth {
  return (count, outdir) => {
    const app = new App({ outdir });
    manifestsOf(count).forEach((manifests, c) => {
      const chart = new Chart(app, `shop-${c}`);
      manifests.forEach((manifest, o) => new ApiObject(chart, `o${o}`, copy(manifest)));
    });
    app.synth();
    return app;
  };
}

function textOf(synth: Synth, count: number): string {
  return inFolder(outdir => {
    synth(count, outdir);
    return fs.readdirSync(outdir).sort().map(file => fs.readFileSync(path.join(outdir, file), 'utf8')).join('---\n');
  });
}

function time(synth: Synth, count: number, apps: number): number {
  manifestsOf(count);
  return inFolder(outdir => computed(() => {
    for (let app = 0; app < apps; app++) synth(count, outdir);
  }));
}

function timeOfJson(count: number, apps: number): number {
  return computed(() => {
    for (let app = 0; app < apps; app++) manifestsOf(count).flat().map(manifest => JSON.stringify(manifest)).join('\n');
  });
}

/** Who makes the apps whose heap is measured; in a program that writes them, plain objects have manifests of their own. */
export const OWNERS: Readonly<Record<string, () => Synth>> = {
  checked: () => synthWith(compiled()),
  unchecked: synthUnchecked,
  raw: () => synthRaw(manifest => structuredClone(manifest)),
};

/** Each in a process of its own, so that nothing lies about that others left behind. */
function heapsOf(sizes: readonly { readonly count: number; readonly apps: number }[]): number[] {
  const program = bundled('heap-process');
  return sizes.flatMap(({ count, apps }) => [...Object.keys(OWNERS).map(owner => Number(execFileSync(process.execPath,
    ['--expose-gc', program, owner, String(count), String(apps)], { encoding: 'utf8', env: { ...process.env, BENCH_ROOT: ROOT } }))), 0]);
}

/** Kilobytes that apps keep alive, once the code is warm and the schemas are read. */
export function heap(synth: Synth, count: number, apps: number): number {
  manifestsOf(count);
  inFolder(outdir => Array.from({ length: 20 }, () => synth(1, outdir)));
  return inFolder(outdir => retained(() => Array.from({ length: apps }, () => synth(count, outdir))));
}

function costsOf(figures: readonly number[]): Cost[] {
  return SIZES.map(({ count, apps }, i) => {
    const [checked, unchecked, raw, json] = figures.slice(4 * i, 4 * i + 4).map(figure => figure / (count * apps * OBJECTS));
    return { checked, unchecked, raw, json };
  });
}

function rowsOf(what: string, unit: Row['unit'], { checked, unchecked, raw, json }: Cost): Row[] {
  const reference = { unit, reference: raw, against: 'cdk8s ApiObjects' };
  return [
    { what: `${what}, all checks on`, ours: checked, ...reference, bound: { ratio: SHARE.checked } },
    { what: `${what}, without analysis`, ours: unchecked, ...reference, bound: { ratio: SHARE.unchecked } },
    ...json > 0 ? [{ what: `${what}, JSON.stringify alone`, ours: json, ...reference }] : [],
  ];
}

/** The largest beside the smallest. */
function flat(what: string, unit: Row['unit'], costs: readonly Cost[]): Row[] {
  const row = (how: string, figures: readonly number[]): Row =>
    ({ what: `${what}, ${how}, most`, unit, ours: Math.max(...figures), reference: Math.min(...figures), against: 'least of the sizes', bound: { ratio: FLAT } });
  return [row('all checks on', costs.map(({ checked }) => checked)), row('without analysis', costs.map(({ unchecked }) => unchecked))];
}

function about(count: number): string {
  return (count * OBJECTS).toLocaleString('en');
}
