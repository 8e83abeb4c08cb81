import * as fs from 'fs';
import * as path from 'path';
import { Output } from './output-files';

/** Writes an output; a file that is there is replaced at once, and only when every text has found its place on the disk. */
export function writeOutput(outdir: string, output: Output): void {
  fs.mkdirSync(outdir, { recursive: true });
  for (const folder of output.folders) fs.mkdirSync(path.join(outdir, folder), { recursive: true });
  const written: { partial: string; file: string }[] = [];
  try {
    for (const [name, text] of output.files) {
      const file = path.join(outdir, name);
      const partial = `${file}.partial`;
      written.push({ partial, file });
      fs.writeFileSync(partial, text, { encoding: 'utf8' });
    }
    for (const { partial, file } of written) fs.renameSync(partial, file);
  } catch (e) {
    for (const { partial } of written) fs.rmSync(partial, { force: true });
    throw e;
  }
}
