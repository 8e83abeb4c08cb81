import * as fs from 'fs';
import { analysis } from './analysis';
import { chartChain } from './chart-chain';
import { check } from './check';
import { coldRequire } from './cold-require';
import { firstApp } from './first-app';
import { helm } from './helm';
import { ENTRY } from './library';
import { pulumi } from './pulumi';
import { broken, json, table } from './report';
import { resources } from './resources';

// what the environment asks of synth would be measured along
delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;

if (fs.existsSync(ENTRY)) {
  const results = [...coldRequire(), firstApp(), ...chartChain(), ...resources(), ...analysis(), check(), pulumi(), helm()];
  process.stdout.write(`${process.argv.includes('--json') ? json(results) : table(results)}\n`);
  for (const { what } of broken(results)) process.stderr.write(`over budget: ${what}\n`);
  if (broken(results).length > 0) process.exitCode = 1;
} else {
  process.stderr.write('there is no build/lib to measure: run `npm run compile` first\n');
  process.exitCode = 2;
}
