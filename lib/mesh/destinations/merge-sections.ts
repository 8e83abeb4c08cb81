import { Sections } from './render-settings';

type Fields = Readonly<Record<string, unknown>>;

/** Sections whose fields only make sense together. */
const WHOLE = ['tls', 'tunnel', 'consistentHash', 'localityLbSetting', 'warmup', 'tcpKeepalive'];
/** Of these ways of sharing requests there is one. */
const ALGORITHM = ['simple', 'consistentHash', 'warmup'];

/** What holds where something more special is said: its fields, and for the rest those of the more general. */
export function overlay(general: Sections, special: Sections): Sections {
  return overlayFields(general as Fields, special as Fields) as Sections;
}

function overlayFields(general: Fields, special: Fields): Fields {
  const replaced = ALGORITHM.some(name => name in special) ? ALGORITHM : [];
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(general).filter(([name]) => !replaced.includes(name)));
  for (const [name, value] of Object.entries(special)) {
    merged[name] = isFields(value) && isFields(merged[name]) && !WHOLE.includes(name) ? overlayFields(merged[name], value) : value;
  }
  return merged;
}

/** Fields of which two say different things. */
export function contradictions(one: Sections, other: Sections): string[] {
  return differences(one as Fields, other as Fields, '');
}

function differences(one: Fields, other: Fields, at: string): string[] {
  const both = ALGORITHM.filter(name => name in one && name in other);
  const algorithms = [one, other].every(fields => 'simple' in fields || 'consistentHash' in fields) && both.length === 0 ? [`${at}simple`] : [];
  const shared = Object.keys(one).filter(name => name in other);
  return [...algorithms, ...shared.flatMap(name => {
    const [a, b] = [one[name], other[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    return isFields(a) && isFields(b) && !WHOLE.includes(name) ? differences(a, b, `${at}${name}.`) : [`${at}${name}`];
  })];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
