/** Writes the pages under docs/ that say for each field of a kind what says it. */
import * as fs from 'fs';
import * as path from 'path';
import { pages } from './coverage/pages';

for (const [page, text] of pages()) fs.writeFileSync(path.join(__dirname, '..', 'docs', `${page}.md`), text);
