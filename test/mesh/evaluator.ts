import { Json } from '../support';

/** A request as the proxy before a pod sees it; without a principal it came in plain text. */
export interface Request {
  readonly principal?: string;
  readonly method: string;
  readonly path: string;
  readonly port: number;
  readonly headers?: Record<string, string>;
}

/**
 * What Istio decides, after the reference of AuthorizationPolicy: a request is allowed where no ALLOW policy holds for the pod, else when a rule
 * of one of them matches: one of its sources, one of its operations and all of its conditions. Covers what this library writes.
 */
export function isAllowed(manifests: Json[], pod: { namespace: string; labels: Record<string, string> }, request: Request): boolean {
  const holding = manifests.filter(m => m.kind === 'AuthorizationPolicy'
    && m.metadata.namespace === pod.namespace
    && Object.entries(m.spec.selector?.matchLabels ?? {}).every(([key, value]) => pod.labels[key] === value));
  for (const policy of holding) {
    if ((policy.spec.action ?? 'ALLOW') !== 'ALLOW') throw new Error(`the evaluator knows no ${policy.spec.action} policies`);
  }
  return holding.length === 0 || holding.some(policy => (policy.spec.rules ?? []).some((rule: Json) => matchesRule(rule, request)));
}

function matchesRule(rule: Json, request: Request): boolean {
  onlyKnows(rule, ['from', 'to', 'when']);
  const from = (rule.from ?? []).map((entry: Json) => entry.source);
  const to = (rule.to ?? []).map((entry: Json) => entry.operation);
  return (from.length === 0 || from.some((source: Json) => matchesSource(source, request)))
    && (to.length === 0 || to.some((operation: Json) => matchesOperation(operation, request)))
    && (rule.when ?? []).every((condition: Json) => matchesCondition(condition, request));
}

function matchesSource(source: Json, { principal }: Request): boolean {
  onlyKnows(source, ['principals', 'namespaces']);
  const namespace = principal?.split('/')[2];
  return field(source.principals, principal) && field(source.namespaces, namespace);
}

function matchesOperation(operation: Json, { method, path, port }: Request): boolean {
  onlyKnows(operation, ['methods', 'paths', 'ports']);
  return field(operation.methods, method) && field(operation.paths, path.split('?')[0]) && field(operation.ports, String(port));
}

function matchesCondition(condition: Json, { headers = {} }: Request): boolean {
  onlyKnows(condition, ['key', 'values']);
  const name = /^request\.headers\[(.+)\]$/.exec(condition.key)?.[1].toLowerCase();
  if (name === undefined) throw new Error(`the evaluator knows no condition ${condition.key}`);
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return field(condition.values, value);
}

/** Fields of one source or operation must all match; of a field one value must, and a field that is not set always does. */
function field(patterns: string[] | undefined, value: string | undefined): boolean {
  return patterns === undefined || (value !== undefined && patterns.some(pattern => matches(pattern, value)));
}

function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return value !== '';
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  return pattern === value;
}

function onlyKnows(part: Json, known: string[]): void {
  const unknown = Object.keys(part).filter(key => !known.includes(key));
  if (unknown.length > 0) throw new Error(`the evaluator does not know ${unknown.join(', ')}`);
}
