/**
 * Makes vendor/cel-js.cjs of @marcbachmann/cel-js: one CommonJS file, because the package is ESM alone, which jest (and with it the
 * tests of those who use this library) cannot require. Without arguments it only checks that the file is what the package gives.
 */
import * as fs from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';

const ROOT = path.join(__dirname, '..');
const PACKAGE = path.join(ROOT, 'node_modules', '@marcbachmann', 'cel-js');
const TARGET = path.join(ROOT, 'vendor', 'cel-js.cjs');

export function bundle(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  const licence = fs.readFileSync(path.join(PACKAGE, 'LICENSE'), 'utf8').trim();
  const { outputFiles } = buildSync({
    entryPoints: [path.join(PACKAGE, 'lib', 'index.js')],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'utf8',
    write: false,
    banner: { js: `/*\n@marcbachmann/cel-js ${version}\nhttps://github.com/marcbachmann/cel-js\n\n${licence}\n*/` },
  });
  return outputFiles[0].text;
}

function main(): void {
  const wanted = bundle();
  if (process.argv.includes('--write')) {
    fs.mkdirSync(path.dirname(TARGET), { recursive: true });
    fs.writeFileSync(TARGET, wanted);
  } else if (!fs.existsSync(TARGET) || fs.readFileSync(TARGET, 'utf8') !== wanted) {
    console.error('vendor/cel-js.cjs is not what @marcbachmann/cel-js gives: run `npx tsx scripts/cel.ts --write` and commit it');
    process.exitCode = 1;
  }
}

if (require.main === module) main();
