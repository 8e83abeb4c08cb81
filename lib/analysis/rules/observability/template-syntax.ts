import { ruleWith } from './alert-examples';
import { actionsOf, templateFlaw } from './go-template';
import { rulesOf } from './prometheus-rules';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf, textMapOf } from '../../values';

export const templateSyntax: Rule = {
  code: 'SM0440',
  title: 'a template that Prometheus cannot read',
  explanation: 'Prometheus reads the templates of all labels and annotations when it loads a rule, and refuses the file if one of them is none '
    + '(prometheus model/rulefmt, template/template.go).',
  peers: ['rulefmt', 'prometheusrule-admission', 'alerts/template'],
  example: {
    refused: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nannotations:\n  summary: "{{ $value | humanise }} orders fail a second"'),
    accepted: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nannotations:\n  summary: "{{ $value | humanize }} orders fail a second"'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert)) continue;
      for (const section of ['labels', 'annotations']) {
        for (const [key, text] of Object.entries(textMapOf(rule.body[section]))) {
          const flaw = templateFlaw(text);
          if (flaw === undefined) continue;
          context.report(rule.object, {
            field: `${rule.field}.${section}.${key}`,
            value: text,
            reason: `Prometheus refuses the whole rule file: ${flaw}`,
            fix: 'correct the template (prometheus.io/docs/prometheus/latest/configuration/template_reference)',
          });
        }
      }
    }
  },
};

export const valueInLabel: Rule = {
  code: 'SM0441',
  title: 'an alert that is another one with every value',
  explanation: 'Alerts are told apart by their labels. With the value in a label every evaluation makes a new alert, and one with `for` never fires '
    + '(prometheus.io/docs/prometheus/latest/configuration/alerting_rules; cloudflare/pint docs/checks/alerts/template.md).',
  severity: Severity.WARNING,
  peers: ['alerts/template'],
  example: {
    refused: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nlabels:\n  rate: "{{ $value }}"'),
    accepted: ruleWith('alert: OrdersFail\nexpr: sum(rate(orders_failed_total[5m])) > 0.1\nannotations:\n  rate: "{{ $value }}"'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert)) continue;
      for (const [key, text] of Object.entries(textMapOf(rule.body.labels))) {
        // behind a comparison the value itself does not get into the label
        if (!actionsOf(text).actions.some(action => /(?:\$value\b|(?<![\w)])\.Value\b)/.test(action) && !/^(?:if|else if|with)\b/.test(action))) continue;
        context.report(rule.object, {
          field: `${rule.field}.labels.${key}`,
          value: text,
          reason: `the label changes with the value, so ${rule.name} is a new alert with every evaluation`,
          fix: 'put the value into an annotation',
        });
      }
    }
  },
};
