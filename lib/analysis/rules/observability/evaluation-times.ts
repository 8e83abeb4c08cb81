import { ruleWith } from './alert-examples';
import { promMilliseconds } from './prom-duration';
import { ruleGroups, rulesOf } from './prometheus-rules';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, listOf, stringOf } from '../../values';

/** How far Prometheus looks back for a sample. */
const LOOKBACK = 5 * 60_000;

export const groupInterval: Rule = {
  code: 'SM0445',
  title: 'rules that are evaluated too seldom',
  explanation: 'Prometheus looks back 5 minutes for a sample, so what is recorded less often has gaps, and alerts end between two evaluations '
    + '(prometheus.io/docs/prometheus/latest/querying/basics, staleness; cloudflare/pint docs/checks/group/interval.md).',
  severity: Severity.WARNING,
  peers: ['group/interval'],
  example: {
    refused: ruleWith('record: "region:orders:rate5m"\nexpr: sum by (region) (rate(orders_total[5m]))', 'interval: 10m'),
    accepted: ruleWith('record: "region:orders:rate5m"\nexpr: sum by (region) (rate(orders_total[5m]))', 'interval: 1m'),
  },
  check(context) {
    for (const { object, field, body } of ruleGroups(context.model)) {
      const interval = promMilliseconds(body.interval);
      if (interval === undefined || interval <= LOOKBACK) continue;
      const kept = listOf(body.rules).map(fieldsOf)
        .every(rule => stringOf(rule.alert) !== undefined && (promMilliseconds(rule.keep_firing_for) ?? 0) >= interval);
      if (kept) continue;
      context.report(object, {
        field: `${field}.interval`,
        value: body.interval,
        reason: 'Prometheus looks back 5 minutes, so what these rules give is missing for a part of the time',
        fix: 'evaluate at least every 5 minutes, or keep alerts firing for as long as the interval (keep_firing_for)',
      });
    }
  },
};

export const zeroDuration: Rule = {
  code: 'SM0446',
  title: 'a duration of nothing',
  explanation: 'for and keep_firing_for are zero anyway (prometheus.io/docs/prometheus/latest/configuration/alerting_rules; cloudflare/pint docs/checks/alerts/for.md).',
  severity: Severity.INFO,
  peers: ['alerts/for'],
  example: {
    refused: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nfor: 0s'),
    accepted: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nfor: 5m'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert)) continue;
      for (const name of ['for', 'keep_firing_for']) {
        if (promMilliseconds(rule.body[name]) !== 0) continue;
        context.report(rule.object, { field: `${rule.field}.${name}`, value: rule.body[name], reason: 'it is zero anyway', fix: 'leave it out, or say how long' });
      }
    }
  },
};
