import { Duration } from 'cdk8s';

const UNITS: readonly [string, number][] = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]];

/** A duration as Prometheus writes it: `5m`, `1h30m`, `500ms`. */
export function promDuration(duration: Duration): string {
  let rest = Math.round(duration.toMilliseconds({ integral: false }));
  if (rest === 0) return '0s';
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
