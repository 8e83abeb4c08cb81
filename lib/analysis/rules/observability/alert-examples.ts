/** A PrometheusRule with one rule, for examples; fields of the rule are lines of YAML. */
export function ruleWith(fields: string, group = ''): string {
  const lines = (text: string, by: number) => text.split('\n').filter(line => line.trim() !== '').map(line => `${' '.repeat(by)}${line}\n`).join('');
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
${lines(group, 6)}      rules:
        -
${lines(fields, 10)}`;
}
