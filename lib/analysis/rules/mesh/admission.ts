import { Fields, fieldsOf, mapsOf, stringOf, textsOf } from '../../values';

/** A request as a policy sees it. */
export interface Request {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly trustDomain: string;
  readonly method: string;
  readonly path: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
}

const HEADER = /^request\.headers\[(.+)\]$/;
const HTTP_OPERATION = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];
const HTTP_SOURCE = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'];

/** Keys of conditions that need no HTTP. */
export const L4_KEYS = ['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];
/** Fields of sources and operations that only HTTP proxies know. */
export const HTTP_FIELDS = [...HTTP_OPERATION, ...HTTP_SOURCE];

/** Whether a rule of an ALLOW policy may admit a request. What manifests cannot tell (addresses, hosts) counts as met: only a sure no is a no. */
export function mayAdmit(rule: Fields, request: Request): boolean {
  const sources = mapsOf(rule.from);
  const operations = mapsOf(rule.to);
  return (sources.length === 0 || sources.some(from => admitsSource(fieldsOf(from.source), request)))
    && (operations.length === 0 || operations.some(to => admitsOperation(fieldsOf(to.operation), request)))
    && mapsOf(rule.when).every(condition => admitsCondition(condition, request));
}

/** Whether a rule asks for what only HTTP proxies know; ztunnel leaves such a rule out of an ALLOW policy. */
export function asksForHttp(rule: Fields): string | undefined {
  const set = (part: Fields, names: string[]) => names.find(name => textsOf(part[name]).length > 0);
  for (const from of mapsOf(rule.from)) {
    const found = set(fieldsOf(from.source), HTTP_SOURCE);
    if (found) return found;
  }
  for (const to of mapsOf(rule.to)) {
    const found = set(fieldsOf(to.operation), HTTP_OPERATION);
    if (found) return found;
  }
  return mapsOf(rule.when).map(condition => stringOf(condition.key)).find(key => key !== undefined && !L4_KEYS.includes(key));
}

function admitsSource(source: Fields, request: Request): boolean {
  const { namespace, serviceAccount } = request;
  // Istio takes cluster.local for an alias of the mesh's own trust domain
  const principals = [request.trustDomain, 'cluster.local'].map(domain => `${domain}/ns/${namespace}/sa/${serviceAccount}`);
  // Knative's own requests carry no token
  return listed(source.principals, principals)
    && !named(source.notPrincipals, principals)
    && listed(source.namespaces, [namespace])
    && !named(source.notNamespaces, [namespace])
    && listed(source.serviceAccounts, [`${namespace}/${serviceAccount}`])
    && !named(source.notServiceAccounts, [`${namespace}/${serviceAccount}`])
    && listed(source.requestPrincipals, ['']);
}

function admitsOperation(operation: Fields, request: Request): boolean {
  return listed(operation.methods, [request.method])
    && !named(operation.notMethods, [request.method])
    && listed(operation.paths, [request.path])
    && !named(operation.notPaths, [request.path])
    && listed(operation.ports, [String(request.port)])
    && !named(operation.notPorts, [String(request.port)]);
}

function admitsCondition(condition: Fields, request: Request): boolean {
  const key = stringOf(condition.key) ?? '';
  const header = HEADER.exec(key)?.[1].toLowerCase();
  const value = header !== undefined ? request.headers[header] ?? ''
    : key === 'source.namespace' ? request.namespace
      : key === 'destination.port' ? String(request.port)
        : key.startsWith('request.auth.') ? '' : undefined;
  return value === undefined || (listed(condition.values, [value]) && !named(condition.notValues, [value]));
}

/** Whether a list is not set, or one of the values is on it. */
function listed(list: unknown, values: readonly string[]): boolean {
  return textsOf(list).length === 0 || named(list, values);
}

function named(list: unknown, values: readonly string[]): boolean {
  return textsOf(list).some(pattern => values.some(value => matches(pattern, value)));
}

/** Exact, prefix, suffix and presence, which are all the patterns that Istio has beside templates of paths. */
function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return value !== '';
  if (/\{\*\*?\}/.test(pattern)) return template(pattern).test(value);
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  return pattern === value;
}

function template(pattern: string): RegExp {
  const source = pattern.split(/(\{\*\*?\})/).map(part => part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`);
}
