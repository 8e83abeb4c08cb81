import { PromqlNode, childOf, descendants } from './tree';

/** Names of the metrics that an expression reads. */
export function metricNames(root: PromqlNode): string[] {
  const names = descendants(root).filter(node => node.kind === 'VectorSelector').map(metricName);
  return [...new Set(names.filter((name): name is string => name !== undefined))];
}

/** Name of the metric that a selector reads, where it names one. */
export function metricName(selector: PromqlNode): string | undefined {
  const identifier = childOf(selector, 'Identifier');
  if (identifier) return identifier.text;
  for (const matcher of childOf(selector, 'LabelMatchers')?.children ?? []) {
    if (matcher.kind === 'QuotedLabelName') return matcher.text.slice(1, -1);
    const [label, operator, value] = matcher.children;
    if (value && label.text === '__name__' && operator.text === '=') return value.text.slice(1, -1);
  }
  return undefined;
}
