/** An expression with what Prometheus says of it. */
export interface Sample {
  readonly text: string;
  readonly valid: boolean;
  /** Major release of Prometheus from which on that holds, where it has not always been so. */
  readonly since?: number;
}

const valid = (text: string): Sample => ({ text, valid: true });
const invalid = (text: string): Sample => ({ text, valid: false });

/** Both kinds, so that a parser that takes everything or refuses everything is found out. promtool confirms each of them. */
export const SAMPLES: readonly Sample[] = [
  ...[
    'up == 0', 'rate(x[5m])', 'rate(x[1h30m])', 'sum by (a) (rate(x[5m])) / sum by (a) (rate(y[5m]))', 'sum(x) by (a)', 'sum by(a,) (x)',
    'foo{by="x"}', 'sum by (on) (x)', 'start', 'end', '+Inf', 'x == nan', 'x offset 5m', 'x @ 3', 'x offset 5m @ 3', 'x @ start()',
    'rate(x[5m] offset 1h)', 'x[5m:1m]', 'x[5m:]', 'min_over_time(x[5m:1m] offset 5m)', 'requests offset -5m', '{a="b",}', '{a!="", b=~".+"}',
    'x{a="\\\\."}', 'x{a=`\\.`}', 'x{a=~"(?i)b"}', 'x{}', 'a:b', 'x # comment', 'x > bool y', '1 == bool 1', 'x and on() y', 'x or y unless z',
    'x + on(a) group_left(b) y', 'x / ignoring(a) y', '-x ^ 2', 'x atan2 y', '"a"', 'x[5m]', 'topk(3, x)', 'quantile(0.9, x)',
    'count_values("v", x)', 'round(x)', 'round(x, 5)', 'hour()', 'hour(x)', 'time()', 'vector(1)', 'scalar(x)', 'clamp(x, 1, 2)',
    'histogram_quantile(0.9, sum by (le) (rate(b[5m])))', 'label_replace(x, "a", "b", "c", "d")', 'label_join(x, "a", "b", "c")',
    'quantile_over_time(0.9, x[5m])', 'predict_linear(x[5m], 3600)', 'absent(up{job="x"})', 'absent_over_time(x[5m])', 'group(x)', '1 + 1',
  ].map(valid),
  ...[
    '', 'sum(', 'foo{', 'foo bar', 'x y', 'x,y', '()', 'bool', '9a', 'a.b', 'foo{a=b}', 'x{a="b" c="d"}', 'x{a="b"}{c="d"}', 'a{b="c}', 'a[5x]', 'a[5m',
    'a[1m5h]', 'x offset', 'sum()(x)', 'nosuchfunction(x)', 'x[0s]', 'x[5m][5m]', 'rate(x)', 'rate(x, y)', 'rate()', 'sum(x[5m])', 'sum(1)',
    'sum("a")', 'sum(3, x)', 'topk(x)', 'count_values(1, x)', '-x[5m]', '-"a"', 'x[5m] + 1', '"a" + 1', '1 == 1', '1 and 1', 'x and 1',
    'x and on(a) group_left y', 'x + bool y', 'x + on(a) 1', 'abs(1)', 'floor(time())', 'scalar(1)', 'vector(x)', 'time(x)', 'hour(x, x)',
    'round(x, 5, 6)', 'clamp_max(x)', 'histogram_quantile(x, y)', 'label_replace(x, "a", "b", "c")', 'label_join(x, "a")',
    'quantile_over_time(x[5m], 0.9)', 'sum_over_time(x)', 'x offset 5m offset 5m', 'sum(x) offset 5m', 'time()[5m:]', '{}', '{a=~".*"}',
    'x{__name__="y"}', 'x{a=~"("}', 'x{a=~"(?=b)"}', 'x{a="\\."}',
  ].map(invalid),
  { text: '{"http.requests", "a.b"="c"}', valid: true, since: 3 },
  { text: 'sum by ("a.b") (x)', valid: true, since: 3 },
  { text: 'x[300]', valid: true, since: 3 },
  { text: 'holt_winters(x[5m], 0.1, 0.1)', valid: false, since: 3 },
];
