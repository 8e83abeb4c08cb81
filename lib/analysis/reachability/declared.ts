import { IConstruct } from 'constructs';
import { named } from './answer';
import { Course, ReachabilityEngine } from './engine';
import { isOwn } from './own';
import { strangersLetIn } from './undeclared';
import { Outcome } from './verdict';
import { Caller } from '../../core/caller';
import { Edge, tokensOf } from '../../core/edges';
import { Intents } from '../../core/intents';
import { sampleClaims } from '../../core/jwt/token-requirement';
import { MeshMembership } from '../../core/mesh-mode';
import { pathPatternFlaw } from '../../core/path-pattern';
import { Problem, ProblemReport, toProblem } from '../../core/problem';
import { TEXTS } from '../../core/wrong-type';
import { modelOf, ModelObject } from '../model';
import { identityOf } from '../rule';
import { Kept } from '../workloads/kept';

/** Where what will be written and what was declared part: a caller that was granted something and is denied, and one that was granted nothing and gets in. */
export function declaredProblems(root: IConstruct): Problem[] {
  const model = modelOf(root);
  const engine = new ReachabilityEngine(model, root);
  const { edges } = Intents.of(root);
  const shutOut = distinct(edges.all).flatMap(edge => denials(engine, edge).map(report => toProblem(edge.target, report)));
  return [...shutOut, ...strangersLetIn(model)];
}

/** Edges of which nobody could tell one from another left out: every subscription has events delivered by the same. */
function distinct(edges: readonly Edge[]): Edge[] {
  const seen = new Kept(() => new Set<string>());
  return edges.filter(edge => {
    const { caller, target, options } = edge;
    if (!(caller instanceof Caller) || tokensOf(edge).length > 0) return true;
    const { callerName, meshIdentity: { namespace, serviceAccountName }, meshMembership } = caller;
    const { methods, paths, hosts, ports } = options;
    const key = [callerName, namespace, serviceAccountName, meshMembership, methods, paths, hosts, ports].map(String).join(' ');
    const known = seen.of(target);
    return !known.has(key) && known.add(key);
  });
}

function denials(engine: ReachabilityEngine, edge: Edge): ProblemReport[] {
  const found = new Map<ModelObject, ProblemReport>();
  const requests = requestsOf(edge);
  if (requests.length === 0) return [];
  const ends = { from: edge.caller, to: edge.target };
  const routes = engine.routes({ ...ends, port: requests[0].port });
  for (const request of requests) {
    for (const route of routes) {
      const course = engine.course(route, { ...ends, ...request }, true);
      const by = course.end.outcome === Outcome.DENIED ? culprit(course, edge) : undefined;
      if (by && !found.has(by)) found.set(by, denial(edge, request, course, by));
    }
  }
  return [...found.values()];
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly claims?: { [name: string]: unknown };
}

/** Requests that a grant covers: every method and every path once. */
function requestsOf(edge: Edge): Asked[] {
  // whoever brings a token may come from anywhere
  if (edge.caller.meshIdentity.isAnyone) return [];
  const { options } = edge;
  // what is no list of texts is a problem of the grant itself
  if (![options.methods, options.paths, options.hosts].every(given => given === undefined || TEXTS.holds(given))) return [];
  const methods: (string | undefined)[] = options.methods?.length ? options.methods : [undefined];
  const paths: (string | undefined)[] = options.paths?.length ? options.paths.map(sample) : [undefined];
  const tokens = tokensOf(edge);
  const rest = {
    host: options.hosts?.[0]?.replace('*', 'x'),
    port: options.ports?.[0],
    claims: tokens.length > 0 ? Object.assign({}, ...tokens.map(sampleClaims)) as { [name: string]: unknown } : undefined,
  };
  return [...methods.map(method => ({ method, path: paths[0], ...rest })), ...paths.slice(1).map(path => ({ method: methods[0], path, ...rest }))];
}

/** A path that a pattern matches. */
function sample(pattern: string): string {
  if (/\{\*\*?\}/.test(pattern)) return pattern.replace(/\{\*\*?\}/g, 'x');
  if (pattern === '*') return '/';
  return pattern.startsWith('*') ? `/x${pattern.slice(1)}` : pattern.replace(/\*$/, '');
}

/** The object to blame, unless a finding on the grant itself says it already. */
function culprit({ way, end, handshake }: Course, { options }: Edge): ModelObject | undefined {
  if (end.by === undefined || !isOwn(end.by)) return end.by;
  const [from, to] = [way.stops[0], way.stops[way.stops.length - 1]];
  if (way.stops.length > 2 || (options.paths ?? []).some(path => pathPatternFlaw(path) !== undefined)) return undefined;
  if (from.membership !== MeshMembership.SIDECAR || to.membership !== MeshMembership.SIDECAR) return undefined;
  if (handshake?.identified) return end.by;
  // that mutual TLS is off where callers are named is a finding of its own
  return handshake?.by && ['DestinationRule', 'Sidecar'].includes(handshake.by.manifest.kind) ? handshake.by : undefined;
}

function denial({ caller, target }: Edge, { method, path }: Asked, { way, end }: Course, by: ModelObject): ProblemReport {
  const what = [method, path].filter(part => part !== undefined).join(' ');
  const on = way.name ? ` on its way ${way.name}` : '';
  return {
    code: 'SM1360',
    field: 'grantInvoke',
    value: caller.callerName,
    reason: `${caller.callerName} may send ${what === '' ? 'requests' : what} to ${target.callerName}, and will be denied${on}: ${end.reason}`,
    fix: `let ${named(by)} (${by.path}) make an exception for it, or take the grant away`,
    object: identityOf(by),
  };
}
