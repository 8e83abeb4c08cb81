import { Fields, fieldsOf, textOf, textsOf } from '../values';

/** Labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/** One condition of a label selector. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A label selector, whichever of the two spellings it had. */
export interface Selector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly Requirement[];
}

/** A map of labels. Numbers and booleans are taken as text: that the API server refuses them is said elsewhere. */
export function labelsOf(value: unknown): Labels {
  const map = fieldsOf(value);
  const labels: Record<string, string> = {};
  for (const key of Object.keys(map)) {
    const label = map[key];
    if (typeof label === 'string') labels[key] = label;
    else if (typeof label === 'number' || typeof label === 'boolean') labels[key] = String(label);
  }
  return labels;
}

/** A map that every label has to equal, as Services and Istio have it. */
export function mapSelector(value: unknown): Selector {
  return { matchLabels: labelsOf(value), matchExpressions: [] };
}

/** `matchLabels` and `matchExpressions`, as most kinds of Kubernetes have it. */
export function labelSelector(value: unknown): Selector {
  const { matchLabels, matchExpressions } = fieldsOf(value);
  return {
    matchLabels: labelsOf(matchLabels),
    matchExpressions: Array.isArray(matchExpressions) ? matchExpressions.map(entry => requirement(fieldsOf(entry))) : [],
  };
}

/** Whether a selector says nothing, and so selects everything. */
export function selectsAll(selector: Selector): boolean {
  return selector.matchExpressions.length === 0 && Object.keys(selector.matchLabels).length === 0;
}

/**
 * Whether labels satisfy a selector. Of labels whose values only the cluster knows, `open` says whether one may have a value;
 * those are given the benefit of the doubt.
 */
export function selects(selector: Selector, labels: Labels, open: (key: string, value?: string) => boolean = () => false): boolean {
  return Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value || open(key, value))
    && selector.matchExpressions.every(expression => satisfies(expression, labels, open));
}

/** A selector as `kubectl` spells it. */
export function selectorText(selector: Selector): string {
  const equalities = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...equalities, ...selector.matchExpressions.map(requirementText)].join(',');
}

function requirement(entry: Fields): Requirement {
  return { key: textOf(entry.key) ?? '', operator: textOf(entry.operator) ?? '', values: textsOf(entry.values) };
}

function satisfies({ key, operator, values }: Requirement, labels: Labels, open: (key: string, value?: string) => boolean): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In': return (value !== undefined && values.includes(value)) || values.some(wanted => open(key, wanted));
    case 'NotIn': return value === undefined || !values.includes(value) || open(key);
    case 'Exists': return value !== undefined || open(key);
    case 'DoesNotExist': return value === undefined;
    // what the API server refuses selects nothing, and is no reason for a second message
    default: return true;
  }
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'Exists': return key;
    case 'DoesNotExist': return `!${key}`;
    default: return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
  }
}
