/** What a field of a schedule may hold. */
interface Bounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Bounds[] = [
  { name: 'seconds', min: 0, max: 59 },
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** Whether a schedule may begin with a field for seconds. */
export interface CronOptions {
  readonly seconds: boolean;
}

/**
 * What is wrong with a schedule as robfig/cron reads it, which Knative and Kubernetes both use. The parsers of npm take more than that
 * (day 7 of the week, L, W, #) and would let pass what the webhook refuses.
 */
export function cronFlaw(schedule: string, options: CronOptions): string | undefined {
  const text = schedule.trim();
  if (text === '') return 'it is empty';
  if (text.startsWith('@')) {
    if (text.startsWith('@every ')) return undefined;
    return DESCRIPTORS.includes(text) ? undefined : `${text} is none of ${DESCRIPTORS.join(', ')}`;
  }
  const words = text.split(/\s+/);
  const least = FIELDS.length - 1;
  const most = options.seconds ? FIELDS.length : least;
  if (words.length < least || words.length > most) return `it has ${words.length} fields, not ${least}${most > least ? ` or ${most}` : ''}`;
  const bounds = FIELDS.slice(FIELDS.length - words.length);
  for (const [index, word] of words.entries()) {
    for (const range of word.split(',').filter(part => part !== '')) {
      const flaw = rangeFlaw(range, bounds[index]);
      if (flaw) return `${bounds[index].name} ${range}: ${flaw}`;
    }
  }
  return undefined;
}

function rangeFlaw(range: string, bounds: Bounds): string | undefined {
  const [span, step, ...more] = range.split('/');
  if (more.length > 0) return 'there is more than one step';
  if (step !== undefined && !/^\+?\d+$/.test(step)) return `${step} is no number`;
  if (step !== undefined && Number(step) === 0) return 'a step is at least 1';
  const [low, high, ...rest] = span.split('-');
  if (low === '*' || low === '?') return undefined;
  if (rest.length > 0) return 'there is more than one hyphen';
  const start = numberOf(low, bounds);
  const end = high === undefined ? start : numberOf(high, bounds);
  if (start === undefined) return `${low || 'nothing'} is no number`;
  if (end === undefined) return `${high || 'nothing'} is no number`;
  if (start < bounds.min || end > bounds.max) return `it runs from ${bounds.min} to ${bounds.max}`;
  return start > end ? 'it ends before it begins' : undefined;
}

function numberOf(word: string, { names, min }: Bounds): number | undefined {
  const named = names?.indexOf(word.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  return /^\+?\d+$/.test(word) ? Number(word) : undefined;
}

/** Whether the time zones of this machine's ICU, which are those of the IANA database, have one of this name. */
export function isTimeZone(name: string): boolean {
  if (name === 'UTC' || name === 'Local') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Intl also takes offsets, Go's database of zones does not
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
