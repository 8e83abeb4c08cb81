import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { reportProblems, Severity } from './problem';

const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Whether a text is a DNS-1035 label of at most 63 characters. */
export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && DNS_1035.test(text);
}

const UNNAMED = new WeakSet<Chart>();

/** The namespace that objects below a scope land in: the chart's, or `default`, with a warning, where the chart names none. */
export function namespaceOf(scope: IConstruct): string {
  const chart = Chart.of(scope);
  if (chart.namespace !== undefined) return chart.namespace;
  if (!UNNAMED.has(chart)) {
    UNNAMED.add(chart);
    reportProblems(chart, () => [{
      code: 'SM0004',
      severity: Severity.WARNING,
      field: 'namespace',
      reason: 'the chart names no namespace, so its objects land wherever they are applied, while hosts, identities and policies are written for the namespace default',
      fix: "name it: new Chart(app, 'shop', { namespace: 'shop' })",
    }]);
  }
  return 'default';
}

/** The wanted id, with a number behind it where a child of the scope has it already. */
export function freeId(scope: IConstruct, wanted: string): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}${n}`;
    if (scope.node.tryFindChild(id) === undefined) return id;
  }
}
