/**
 * `npm run test:python`: builds the Python wheel of what is compiled, installs it into a fresh virtual environment, and checks that programs
 * in Python give and refuse what their TypeScript counterparts do. Everything happens in one temporary folder, which goes with all processes
 * in it however this run ends.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const staging = mkdtempSync(join(tmpdir(), 'cdk8s-serverless-mesh-python-'));
const checks = [process.execPath, '--import', 'tsx', join(__dirname, 'checks.ts'), staging];

// Detached, so that Ctrl-C ends this process alone: the supervisor sees that and then ends the rest in order.
const child = spawn('sh', [join(__dirname, '../cluster/supervisor.sh'), staging, ...checks], { stdio: ['pipe', 'inherit', 'inherit'], detached: true });
child.on('exit', code => {
  process.exitCode = code ?? 1;
  child.stdin.destroy();
});
