import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { bundled, compiled, ROOT } from './library';
import { elapsed, inFolder, inTurns, Result } from './measure';
import { appOf, OBJECTS, shops, SHOPS } from './shop';

const WHAT = `process that makes ${(SHOPS * OBJECTS).toLocaleString('en')} resources, all checks on`;
const MOST = 256 * 2 ** 20;

/** A program from its start to its end beside `helm template` of a chart that gives the same documents. */
export function helm(): Result {
  if (spawnSync('helm', ['version']).status !== 0) return { what: WHAT, skipped: 'helm is not on the PATH' };
  const program = bundled('shops-process');
  return inFolder(folder => {
    const chart = chartIn(folder);
    const rendered = template(chart);
    const documents = rendered.match(/^kind:/gm)?.length;
    if (documents !== SHOPS * OBJECTS) throw new Error(`the chart gives ${documents} documents`);
    const ours = () => elapsed(() => execFileSync(process.execPath, [program, path.join(folder, 'out'), String(SHOPS)], { env: { ...process.env, BENCH_ROOT: ROOT } }));
    const [process_, reference] = inTurns(3, ours, () => elapsed(() => template(chart)));
    return { what: WHAT, unit: 'ms', ours: process_, reference, against: 'helm template of the same' };
  });
}

function template(chart: string): string {
  return execFileSync('helm', ['template', 'shops', chart], { encoding: 'utf8', maxBuffer: MOST, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The documents of one shop as the text of a template that repeats it. */
function chartIn(folder: string): string {
  const app = appOf(compiled());
  shops(compiled(), app, 1);
  const escaped = app.synthYaml().replace(/\{\{/g, '{{ "{{" }}').replace(/shop-0/g, 'shop-{{ $i }}');
  fs.mkdirSync(path.join(folder, 'templates'));
  fs.writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: shops\nversion: 1.0.0\n');
  fs.writeFileSync(path.join(folder, 'templates', 'shops.yaml'), `{{- range $i := until ${SHOPS} }}\n---\n${escaped}\n{{- end }}\n`);
  return folder;
}
