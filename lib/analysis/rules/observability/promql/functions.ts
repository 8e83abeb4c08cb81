/** What a value of PromQL is. */
export enum ValueType {
  SCALAR = 'scalar',
  VECTOR = 'instant vector',
  MATRIX = 'range vector',
  TEXT = 'string',
}

/** What a function takes and gives. */
export interface Signature {
  readonly takes: readonly ValueType[];
  readonly least: number;
  readonly most: number;
  readonly gives: ValueType;
}

const LETTERS: Record<string, ValueType> = { s: ValueType.SCALAR, v: ValueType.VECTOR, m: ValueType.MATRIX, t: ValueType.TEXT };

/** Functions of Prometheus 3 by what they take: one letter an argument, `?` after a last one that may be left out, `*` after one that may come any number of times. */
const TAKES: Record<string, string> = {
  'v': 'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum histogram_stddev '
    + 'histogram_stdvar ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
  'm': 'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time '
    + 'max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time '
    + 'ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
  'v?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  'vss': 'clamp',
  'vs': 'clamp_max clamp_min',
  'vs?': 'round',
  'ssv': 'histogram_fraction',
  'sv': 'histogram_quantile',
  'vts*': 'histogram_quantiles',
  'mss': 'double_exponential_smoothing',
  'ms': 'predict_linear',
  'ms?': 'integral',
  'sm': 'quantile_over_time',
  'vv?': 'info',
  'vtttt': 'label_replace',
  'vttt*': 'label_join',
  'vt*': 'sort_by_label sort_by_label_desc',
  's': 'vector',
  '': 'end pi range start step time',
};

const GIVES_SCALAR = new Set(['scalar', 'end', 'pi', 'range', 'start', 'step', 'time']);

const SIGNATURES = new Map(Object.entries(TAKES).flatMap(([takes, names]) => names.split(' ').map(name => [name, signature(name, takes)])));

/** What a function takes and gives, or nothing where it is not known. */
export function signatureOf(name: string): Signature | undefined {
  return SIGNATURES.get(name);
}

function signature(name: string, takes: string): Signature {
  const letters = takes.replace(/[?*]/, '');
  const open = takes.endsWith('*');
  return {
    takes: [...letters].map(letter => LETTERS[letter]),
    least: takes === letters ? letters.length : letters.length - 1,
    most: open ? Infinity : letters.length,
    gives: GIVES_SCALAR.has(name) ? ValueType.SCALAR : ValueType.VECTOR,
  };
}
