import { chartChain } from './chart-chain';
import { coldRequire } from './cold-require';
import { json, table } from './report';
import { resources } from './resources';

// what the environment asks of synth would be measured along
delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;

const required = coldRequire();
if (!required) process.stderr.write('build/lib/index.js is missing, so loading it is not measured: run `npm run compile` first\n');
const rows = [...required ? [required] : [], ...chartChain(), ...resources()];
process.stdout.write(`${process.argv.includes('--json') ? json(rows) : table(rows)}\n`);
