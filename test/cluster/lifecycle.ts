import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Binaries } from './binaries';
import type { Idle } from './idle';
import { HOST, onFreePort } from './ports';
import type { Report } from './report';
import { startEtcd } from './servers';
import { until } from './waiting';

const START_SECONDS = 240;
const END_SECONDS = 15;

/** The servers themselves: that they come up beside others, and that nothing of them stays. */
export async function checkLifecycle(binaries: Binaries, report: Report): Promise<void> {
  await report.check('self-check: a port taken by another process is left for the next one', async () => {
    const occupier = createServer();
    let attempts = 0;
    const etcd = await onFreePort(async port => {
      if (++attempts === 1) await new Promise<void>(resolve => occupier.listen(port, HOST, resolve));
      return startEtcd(binaries.etcd, port);
    });
    await etcd.server.stop();
    occupier.close();
    return attempts === 2 ? [] : [`it took ${attempts} attempts`];
  });
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    await report.check(`self-check: the servers of a run ended by ${signal} end too, and their folders go`, () => endOfRun(signal));
  }
}

async function endOfRun(signal: NodeJS.Signals): Promise<string[]> {
  // Without a wrapper, so that the signal hits the very process that started the servers.
  const run = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'idle.ts')], { cwd: __dirname, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const { kubeconfig, folders } = JSON.parse(await firstLine(run.stdout, START_SECONDS)) as Idle;
    const { server } = JSON.parse(readFileSync(kubeconfig, 'utf8')).clusters[0].cluster;
    if (folders.length !== 2 || !folders.every(existsSync) || !await answers(server)) return ['the servers are not there in the first place'];

    run.kill(signal);
    await until('the API server is gone', END_SECONDS, async () => await answers(server) ? undefined : true);
    await until('both folders are gone', END_SECONDS, async () => {
      const rest = folders.filter(existsSync);
      if (rest.length > 0) throw new Error(`left: ${rest.join(', ')}`);
      return true;
    });
    return [];
  } finally {
    run.kill('SIGKILL');
  }
}

async function firstLine(stream: NodeJS.ReadableStream, seconds: number): Promise<string> {
  const lines = createInterface({ input: stream });
  const timer = setTimeout(() => lines.close(), seconds * 1000);
  try {
    for await (const line of lines) return line;
    throw new Error(`no cluster within ${seconds} s`);
  } finally {
    clearTimeout(timer);
    lines.close();
  }
}

/** Any TLS answer counts, a certificate that is not trusted included. */
async function answers(server: string): Promise<boolean> {
  try {
    await fetch(server, { signal: AbortSignal.timeout(2000) });
    return true;
  } catch (error) {
    return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'ECONNREFUSED';
  }
}
