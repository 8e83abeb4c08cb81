import { templateFlaw } from '../../lib/analysis/rules/observability/go-template';
import { found } from '../analysis/found';

describe('a template', () => {
  test.each([
    'plain text',
    '{{ $value }} of {{ $labels.pod }}',
    '{{- $value | humanizePercentage -}}',
    '{{ with query "up{job=\'x\'}" }}{{ . | first | value | printf "%.2f" }}{{ end }}',
    '{{ if gt $value 10.0 }}many{{ else if eq $value 0.0 }}none{{ else }}some{{ end }}',
    '{{ range $i, $sample := query "up" }}{{ $i }}: {{ $sample.Value }}{{ end }}',
    '{{ $externalURL }}/{{ reReplaceAll "(.*):.*" "$1" $labels.instance }}',
    '{{/* a note with }} in it */}}',
    '{{ "}}" }}',
    '{{ .Labels.instance | stripPort | toUpper }}',
  ])('may be %s', template => {
    expect(templateFlaw(template)).toBeUndefined();
  });

  test.each([
    ['{{ $value', 'does not end'],
    ['{{ $value | humanise }}', 'no function humanise'],
    ['{{ $lables.pod }}', 'no variable $lables'],
    ['{{ if $value }}', 'has no {{ end }}'],
    ['{{ end }}', 'ends nothing'],
    ['{{ else }}', 'belongs to no'],
  ])('is not %s', (template, why) => {
    expect(templateFlaw(template)).toContain(why);
  });
});

const rule = (fields: string) => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: a, namespace: shop, labels: { release: kube-prometheus-stack } }
spec: { groups: [{ name: a, rules: [{ ${fields} }] }] }
`;

describe('an alert', () => {
  test.each([
    ['labels: { severity: "{{ if gt $value 5.0 }}high{{ else }}low{{ end }}" }', 0],
    ['labels: { value: "{{ $value }}" }', 1],
    ['labels: { value: "{{ .Value | humanize }}" }', 1],
    ['annotations: { value: "{{ $value }}" }', 0],
  ])('with %s is another one with every value: %d', (fields, count) => {
    expect(found(rule(`alert: A, expr: up == 0, ${fields}`), 'SM0441')).toHaveLength(count);
  });

  test.each([
    ['topk(3, up) > 0', 1],
    ['sum(a) / sum(b) > 0.1', 1],
    ['sum(a) / sum(b)', 0],
    ['sum(a) > 0.1', 0],
    ['(sum(a) - on() sum(b)) > 0.1', 1],
    ['a / b > 0.1', 0],
  ])('on %s comes and goes: %d', (expr, count) => {
    expect(found(rule(`alert: A, expr: '${expr}'`), 'SM0443')).toHaveLength(count);
  });
});

describe('a matcher', () => {
  test.each([
    ['up{a=~"x"}', 1],
    ['up{a=~"x|y"}', 0],
    ['up{a=~".*"}', 1],
    ['up{a=~".+"}', 0],
    ['up{a!~".+"}', 1],
    ['up{a=~"^x.*"}', 1],
    ['up{a=~"x.*$"}', 1],
    ['up{a="x"}', 0],
  ])('%s needs no regular expression: %d', (expr, count) => {
    expect(found(rule(`record: "a:b", expr: '${expr}'`), 'SM0442')).toHaveLength(count);
  });
});
