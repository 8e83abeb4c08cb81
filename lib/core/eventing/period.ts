import { Duration } from 'cdk8s';

/** One number of a period, as Knative keeps it: in tenths, what is finer is cut off. */
export interface PeriodField {
  readonly unit: string;
  readonly tenths: number;
  /** Whether the text says more than tenths hold. */
  readonly cut: boolean;
}

/** A duration of ISO 8601 as Knative's parser understands it. */
export interface Period {
  readonly negative: boolean;
  readonly fields: readonly PeriodField[];
}

const NUMBER = '([-+]?(?:\\d+(?:[.,]\\d*)?|[.,]\\d+))';
const UNITS = ['Y', 'M', 'W', 'D', 'TH', 'TM', 'TS'];
const PERIOD = new RegExp(`^[-+]?P(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?`
  + `(?:T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`);

/** A text as a period, or undefined where Knative's webhook refuses it. */
export function parsePeriod(text: string): Period | undefined {
  if (text === 'P0') return { negative: false, fields: [] };
  const match = PERIOD.exec(text);
  if (!match) return undefined;
  const fields = UNITS.flatMap((unit, index) => match[index + 1] === undefined ? [] : [periodField(unit, match[index + 1])]);
  if (fields.length === 0) return undefined;
  return { negative: text.startsWith('-') || fields.some(field => field.tenths < 0), fields };
}

/** Whether nothing is left of a period once it is cut to tenths. */
export function isZeroPeriod(period: Period): boolean {
  return period.fields.every(field => field.tenths === 0);
}

/**
 * Milliseconds as a period of hours, minutes and seconds. Not `Duration.toIsoString()`: that throws on milliseconds, and puts
 * days behind the `T`, where Knative refuses them.
 */
export function formatPeriod(millis: number): string {
  const hours = Math.floor(millis / 3_600_000);
  const minutes = Math.floor(millis % 3_600_000 / 60_000);
  const seconds = millis % 60_000 / 1_000;
  const text = [[hours, 'H'], [minutes, 'M'], [seconds, 'S']].filter(([amount]) => amount !== 0).map(([amount, unit]) => `${amount}${unit}`).join('');
  return `PT${text || '0S'}`;
}

/** Milliseconds of a duration, or undefined for what is no duration: plain JavaScript passes anything. */
export function millisOf(value: unknown): number | undefined {
  const toMilliseconds = (value as Partial<Duration> | null | undefined)?.toMilliseconds;
  if (typeof toMilliseconds !== 'function') return undefined;
  const millis = Number(toMilliseconds.call(value, { integral: false }));
  return Number.isFinite(millis) ? Math.round(millis) : undefined;
}

/** A duration as a period, or undefined for what is no duration. */
export function periodOf(value: unknown): string | undefined {
  const millis = millisOf(value);
  return millis === undefined ? undefined : formatPeriod(millis);
}

/** Whether a value is a number, or the text of one. */
export function unitMissing(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string' && /^\s*[-+]?\d+([.,]\d+)?\s*$/.test(value);
}

function periodField(unit: string, number: string): PeriodField {
  const [whole, decimals = ''] = number.split(/[.,]/);
  return {
    unit: unit.slice(-1),
    tenths: Number(`${whole === '' ? '0' : whole}${decimals.slice(0, 1) || '0'}`),
    cut: /[1-9]/.test(decimals.slice(1)),
  };
}
