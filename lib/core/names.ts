import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Whether a text is a DNS-1035 label of at most 63 characters. */
export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && DNS_1035.test(text);
}

/** The namespace that objects below a scope land in: the chart's, or `default` where the chart names none. */
export function namespaceOf(scope: IConstruct): string {
  return Chart.of(scope).namespace ?? 'default';
}
