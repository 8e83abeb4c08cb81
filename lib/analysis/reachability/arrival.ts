import { matchesText } from './patterns';
import { Said, Truth } from './truth';
import { Fields } from '../values';

/** Who somebody is in the mesh: what the certificate of the connection says. */
export interface Identity {
  readonly trustDomain: string;
  readonly namespace: string;
  /** The service account; undefined where the question names a whole namespace. */
  readonly serviceAccount?: string;
}

/** A request as the proxy in front of some pods sees it. */
export interface Arrival {
  readonly http: boolean;
  /** Undefined where the connection has no certificate. */
  readonly identity?: Identity;
  readonly sourceIp: Said;
  readonly remoteIp: Said;
  readonly host: Said;
  readonly method: Said;
  readonly path: Said;
  readonly sni: Said;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Claims of a token that was verified here. */
  readonly claims?: Fields;
  /** Whether it may bring a token and headers that nobody mentioned. */
  readonly unsaid?: boolean;
  /** Port of the pods; undefined where nobody knows it. */
  readonly port?: number;
  /** Names what an answer would have needed to know. */
  readonly asked: Set<string>;
}

/** Notes down what was asked where an answer stayed open. */
export function noted(arrival: Arrival, what: string, truth: Truth): Truth {
  if (truth === undefined) arrival.asked.add(what);
  return truth;
}

/** Whether a pattern matches an identity as policies spell it. */
export function matchesPrincipal(pattern: string, identity: Identity | undefined): Truth {
  if (identity === undefined) return false;
  const prefix = `${identity.trustDomain}/ns/${identity.namespace}/sa/`;
  if (identity.serviceAccount !== undefined) return matchesText(pattern, prefix + identity.serviceAccount);
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return undefined;
  const literal = pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
  if (pattern.endsWith('*') && prefix.startsWith(literal)) return true;
  return literal.startsWith(prefix) && literal.length > prefix.length ? undefined : false;
}

/** Whether `<account>` or `<namespace>/<account>`, as a policy of some namespace has it, names an identity. */
export function matchesServiceAccount(written: string, policyNamespace: string, identity: Identity | undefined): Truth {
  if (identity === undefined) return false;
  const slash = written.indexOf('/');
  const namespace = slash < 0 ? policyNamespace : written.slice(0, slash);
  if (namespace !== identity.namespace) return false;
  return identity.serviceAccount === undefined ? undefined : identity.serviceAccount === written.slice(slash + 1);
}
