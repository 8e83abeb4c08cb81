import { ruleWith } from './alert-examples';
import { rulesOf } from './prometheus-rules';
import { childOf, descendants } from './promql/tree';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

const PATTERN = /[.*+?()|[\]{}\\^$]/;

export const regexpMatchers: Rule = {
  code: 'SM0442',
  title: 'a regular expression where none is needed',
  explanation: 'Prometheus anchors regular expressions at both ends, so one without any pattern is an equality, .* matches every series, and ^ and $ say nothing '
    + '(prometheus.io/docs/prometheus/latest/querying/basics; cloudflare/pint docs/checks/promql/regexp.md).',
  severity: Severity.INFO,
  peers: ['promql/regexp'],
  example: {
    refused: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total{region=~"north"}[5m])) > 0.1'),
    accepted: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total{region="north"}[5m])) > 0.1'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      const nodes = descendants(rule.tree);
      if (nodes.some(node => node.broken)) continue;
      for (const matcher of nodes.filter(node => node.kind === 'VectorSelector').flatMap(node => childOf(node, 'LabelMatchers')?.children ?? [])) {
        const [label, operator, value] = matcher.children;
        if (!value || !operator.text.includes('~')) continue;
        const flaw = flawOf(label.text, operator.text, value.text.slice(1, -1));
        if (flaw) context.report(rule.object, { field: `${rule.field}.expr`, value: matcher.text, ...flaw });
      }
    }
  },
};

function flawOf(label: string, operator: string, pattern: string): { reason: string; fix: string } | undefined {
  const negative = operator === '!~';
  if (!PATTERN.test(pattern)) {
    return { reason: 'the expression has no pattern in it, so it is an equality that takes longer', fix: `write ${label}${negative ? '!=' : '='}"${pattern}"` };
  }
  if (pattern === '.*' || (negative && pattern === '.+')) {
    return negative
      ? { reason: pattern === '.*' ? 'no series can match it' : 'it asks for series without this label', fix: `write ${label}=""` }
      : { reason: 'every series matches it', fix: `leave ${label} out` };
  }
  return /^\^|(?<!\\)\$$/.test(pattern)
    ? { reason: 'Prometheus anchors the expression at both ends itself', fix: `write ${label}${operator}"${pattern.replace(/^\^|(?<!\\)\$$/g, '')}"` } : undefined;
}
