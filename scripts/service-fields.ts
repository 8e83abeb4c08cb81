/** Writes the table of docs/serverless.md afresh: `npx tsx scripts/service-fields.ts`. */
import * as fs from 'fs';
import * as path from 'path';
import { fieldTable } from '../test/serverless/service-fields';

const PAGE = path.join(__dirname, '..', 'docs', 'serverless.md');
const TABLE = /\| field of the Service \|[\s\S]*?(?=\n(?!\|))/;

fs.writeFileSync(PAGE, fs.readFileSync(PAGE, 'utf8').replace(TABLE, () => fieldTable()));
