import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Json } from '../support';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What Envoy says against a configuration; nothing where it takes it. */
export function objections(binary: string, folder: string, config: Json): string[] {
  const run = spawnSync(binary, ['--mode', 'validate', '--log-level', 'error', '-c', written(folder, config)], { encoding: 'utf8' });
  return run.status === 0 ? [] : [`${run.stdout}${run.stderr}`.trim()];
}

/** Runs a proxy on loopback while something is done with it. */
export async function whileRunning<T>(binary: string, folder: string, config: Json, port: number, work: () => Promise<T>): Promise<T> {
  const child = spawn(binary, ['--base-id', String(port), '--concurrency', '1', '--log-level', 'error', '-c', written(folder, config)], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await answering(child, port);
    return await work();
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}

export function ask(port: number, path = '/', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, response => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    call.on('error', reject);
    call.end();
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

// a connection, for a request would use up some of a limit
async function answering(child: ChildProcess, port: number): Promise<void> {
  for (let left = 200; left > 0; left--) {
    if (child.exitCode !== null) throw new Error(`Envoy ended with status ${child.exitCode}`);
    if (await connects(port)) return;
    await pause(50);
  }
  throw new Error('Envoy does not answer');
}

function connects(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

function written(folder: string, config: Json): string {
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}
