/** Gives the filters of rate limits, as constructs render them, to a real Envoy: it takes them, and turns requests away after the declared burst. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { envoyBinary } from './binary';
import { bootstrap } from './bootstrap';
import { cases, LimitCase } from './cases';
import { ask, freePort, objections, whileRunning } from './proxy';
import { Report } from '../cluster/report';

async function main(): Promise<number> {
  const report = new Report();
  const cache = resolve(__dirname, '../../node_modules/.cache/envoy-1.40.0');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'envoy-'));
  try {
    const binary = envoyBinary(cache);
    for (const one of cases()) await prove(one, binary, folder, report);
  } catch (error) {
    report.verdict('the suite runs to its end', [(error as Error).stack ?? String(error)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  report.close();
  return report.exitCode;
}

async function prove({ name, filters, virtualHost, clusters, requests }: LimitCase, binary: string, folder: string, report: Report): Promise<void> {
  const port = await freePort();
  const config = bootstrap(port, filters, clusters, virtualHost);
  const taken = await report.check(`${name}: Envoy takes the filter`, async () => objections(binary, folder, config));
  if (!taken || requests.length === 0) return;
  await report.check(`${name}: requests are counted as declared`, () => whileRunning(binary, folder, config, port, async () => {
    const wrong: string[] = [];
    for (const [index, { path, headers, status, shows }] of requests.entries()) {
      const answer = await ask(port, path, headers);
      if (answer.status !== status) wrong.push(`request ${index + 1} (${path ?? '/'} ${JSON.stringify(headers ?? {})}) was answered with ${answer.status}, not ${status}`);
      for (const [header, value] of Object.entries(shows ?? {})) {
        if (answer.headers[header] !== value) wrong.push(`request ${index + 1} was answered with ${header}: ${answer.headers[header] as string}, not ${value}`);
      }
    }
    return wrong;
  }));
}

void main().then(code => { process.exitCode = code; });
