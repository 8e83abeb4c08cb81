import { filtersOf } from './filters';
import { Rule } from '../../rule';
import { isGiven } from '../../values';

export const cesqlSyntax: Rule = {
  code: 'SM0319',
  title: 'CloudEvents SQL with unbalanced quotes or parentheses',
  explanation: 'The webhook parses the expression of a cesql filter and refuses what is no CloudEvents SQL '
    + '(knative/eventing pkg/apis/eventing/v1/trigger_validation.go, ValidateCESQLExpression). Quotes and parentheses alone are checked here.',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - cesql: type = 'com.example.order.placed AND EXISTS region
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - cesql: type = 'com.example.order.placed' AND EXISTS region
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const { object, field, filter } of filtersOf(context.model)) {
      if (!isGiven(filter.cesql) || filter.cesql === '') continue;
      const flaw = typeof filter.cesql === 'string' ? flawOf(filter.cesql) : 'it is no text';
      if (!flaw) continue;
      context.report(object, {
        field: `${field}.cesql`,
        value: filter.cesql,
        reason: `the expression is no CloudEvents SQL: ${flaw}`,
        fix: 'write an expression such as type = \'com.example.order.placed\' AND EXISTS region',
      });
    }
  },
};

function flawOf(expression: string): string | undefined {
  if (expression.trim() === '') return 'it says nothing';
  const outside = expression.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, '\'\'');
  const quotes = outside.replace(/''/g, '').match(/['"]/);
  if (quotes) return `a text that begins with ${quotes[0]} does not end`;
  let open = 0;
  for (const character of outside) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open < 0) return 'a parenthesis is closed that was not opened';
  }
  return open === 0 ? undefined : 'a parenthesis is not closed';
}
