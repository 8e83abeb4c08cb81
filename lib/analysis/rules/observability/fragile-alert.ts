import { ruleWith } from './alert-examples';
import { promMilliseconds } from './prom-duration';
import { rulesOf } from './prometheus-rules';
import { childOf, descendants, PromqlNode } from './promql/tree';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf } from '../../values';

const SAMPLING = ['topk', 'bottomk', 'limitk', 'limit_ratio'];
const ARITHMETIC = ['Add', 'Sub', 'Mul', 'Div', 'Mod', 'Pow'];
const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte'];

export const fragileAlert: Rule = {
  code: 'SM0443',
  title: 'an alert that comes and goes',
  explanation: 'topk() and the like choose other series with every evaluation, and so make other alerts. Of two aggregations that are set against each other one may be '
    + 'complete and the other not, after a restart of Prometheus, unless the alert waits (cloudflare/pint docs/checks/promql/fragile.md).',
  severity: Severity.WARNING,
  peers: ['promql/fragile'],
  example: {
    refused: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) / sum(rate(orders_total[5m])) > 0.1'),
    accepted: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) / sum(rate(orders_total[5m])) > 0.1\nfor: 5m'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert) || descendants(rule.tree).some(node => node.broken)) continue;
      const sampling = outer(rule.tree).find(node => node.kind === 'AggregateExpr' && SAMPLING.includes(operationOf(node)));
      if (sampling) {
        context.report(rule.object, {
          field: `${rule.field}.expr`,
          value: sampling.text,
          reason: `${operationOf(sampling)}() chooses other series with every evaluation, so alerts come and go`,
          fix: 'compare all series with a threshold',
        });
      }
      if ((promMilliseconds(rule.body.for) ?? 0) > 0 || !comparedRatio(rule.tree)) continue;
      context.report(rule.object, {
        field: `${rule.field}.for`,
        reason: 'after a restart of Prometheus one of the two aggregations may be complete and the other not, and then it fires by mistake',
        fix: 'add for, with at least one scrape interval',
      });
    }
  },
};

/** The parts whose series are those of the result. */
function outer(node: PromqlNode): PromqlNode[] {
  if (node.kind === 'PromQL' || node.kind === 'ParenExpr') return node.children.flatMap(outer);
  if (node.kind === 'BinaryExpr') return [node.children[0], node.children[node.children.length - 1]].flatMap(outer);
  return [node];
}

function comparedRatio(node: PromqlNode): boolean {
  if (node.kind === 'PromQL' || node.kind === 'ParenExpr') return comparedRatio(node.children[0]);
  if (node.kind !== 'BinaryExpr' || !COMPARISONS.includes(node.children[1].kind)) return false;
  return [node.children[0], node.children[node.children.length - 1]].map(inside).some(side =>
    side.kind === 'BinaryExpr' && ARITHMETIC.includes(side.children[1].kind)
      && [side.children[0], side.children[side.children.length - 1]].map(inside).every(operand => operand.kind === 'AggregateExpr'));
}

function inside(node: PromqlNode): PromqlNode {
  return node.kind === 'ParenExpr' ? inside(node.children[0]) : node;
}

function operationOf(node: PromqlNode): string {
  return childOf(node, 'AggregateOp')?.text.toLowerCase() ?? '';
}
