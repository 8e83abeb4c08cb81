import { readFileSync } from 'fs';
import { join } from 'path';

/** One line of Prometheus' text format. */
export interface Exposed {
  readonly name: string;
  readonly labels: { [label: string]: string };
  readonly value: number;
}

/** What queue-proxy really shows, as the fixture tells. */
export function queueProxyExposition(): Exposed[] {
  return readFileSync(join(__dirname, 'fixtures', 'queue-proxy-1.23.0.prom'), 'utf8').split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line)!;
      return { name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text])), value: Number(value) };
    });
}
