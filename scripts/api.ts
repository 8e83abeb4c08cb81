/**
 * Generates API.md from the compiled assembly. Without arguments it only checks that API.md is what the sources give;
 * `--write` writes it.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const TARGET = path.join(ROOT, 'API.md');

function generate(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-mesh-api-'));
  try {
    const file = path.join(folder, 'API.md');
    const run = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'jsii-docgen'), ['-o', file], { cwd: ROOT, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`jsii-docgen failed:\n${run.stdout}${run.stderr}`);
    return fs.readFileSync(file, 'utf8');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const wanted = generate();
if (process.argv.includes('--write')) {
  fs.writeFileSync(TARGET, wanted);
} else if (!fs.existsSync(TARGET) || fs.readFileSync(TARGET, 'utf8') !== wanted) {
  console.error('API.md is not what the sources give: run `npm run api -- --write` and commit it');
  process.exitCode = 1;
}
