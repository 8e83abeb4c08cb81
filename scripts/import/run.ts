import * as fs from 'fs';
import * as path from 'path';
import { CORE_SCHEMAS, CRD_DIR, ROOT } from './folders';
import { Generated, generate } from './generate';
import { ImportRefusal } from './refusal';

const IMPORTS = path.join(ROOT, 'imports');

async function main(): Promise<void> {
  const [crdDir = CRD_DIR, coreSchemas = CORE_SCHEMAS] = process.argv.slice(2);
  const generated = await generate(path.resolve(crdDir), path.resolve(coreSchemas));
  replace(generated);
  const bytes = [...generated.files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  process.stdout.write(`imports/: ${generated.files.size} files, ${(bytes / 1024 / 1024).toFixed(1)} MB\n`);
}

/** Writes elsewhere and swaps at the end, so that a run that fails leaves what was there. */
function replace({ files, notice }: Generated): void {
  const fresh = path.join(ROOT, '.tmp', 'imports-new');
  const old = path.join(ROOT, '.tmp', 'imports-old');
  for (const folder of [fresh, old]) fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of files) {
    const file = path.join(fresh, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  if (fs.existsSync(IMPORTS)) fs.renameSync(IMPORTS, old);
  fs.renameSync(fresh, IMPORTS);
  fs.rmSync(old, { recursive: true, force: true });
  fs.writeFileSync(path.join(ROOT, 'NOTICE'), notice);
}

main().catch(error => {
  process.stderr.write(`${error instanceof ImportRefusal ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
