import { AnsweredPreflights, answeredPreflights, hostsByRoutes, includes } from './answered';
import { Preflights } from './preflights';
import { AuthorizationPolicySpecRules, AuthorizationPolicySpecRulesToOperation, AuthorizationPolicySpecRulesWhen } from '../../../imports/security.istio.io';
import { HttpMethod } from '../../core/grants';
import { IRequestTarget } from '../../core/workload';
import { hostPatterns } from '../policy-hosts';

/** Requests that a policy is about: its conditions, with one operation at some hosts, or all. */
export interface Requests extends Pick<AuthorizationPolicySpecRules, 'from' | 'when'> {
  readonly hosts: readonly string[];
  readonly operation: AuthorizationPolicySpecRulesToOperation;
}

const ORIGIN = 'request.headers[Origin]';
const ASKED_METHOD = 'request.headers[Access-Control-Request-Method]';
const EVERY: AnsweredPreflights = { paths: [], exceptPaths: [], origins: ['*'], methods: ['*'] };

/** Rules for the same requests without those preflights: a rule cannot say `unless`, so it takes one for each way of being none of them. */
export function exceptPreflights(target: IRequestTarget, preflights: Preflights, requests: Requests): AuthorizationPolicySpecRules[] {
  if (preflights !== Preflights.ANSWERED) return without(preflights === Preflights.ALL ? [EVERY] : [], at(requests, requests.hosts));
  return hostsByRoutes(target, requests.hosts).flatMap(hosts => without(answeredPreflights(target, hosts), at(requests, hosts)));
}

function at(requests: Requests, hosts: readonly string[]): Requests {
  const patterns = hosts.length > 0 ? { hosts: hosts.flatMap(hostPatterns).sort() } : {};
  return { ...requests, operation: { ...patterns, ...requests.operation } };
}

function without(exempt: readonly AnsweredPreflights[], requests: Requests): AuthorizationPolicySpecRules[] {
  const { operation } = requests;
  const named = operation.methods && !operation.methods.includes(HttpMethod.OPTIONS);
  if (exempt.length === 0 || named) return [rule(requests, [operation])];
  const options = { ...operation, methods: [HttpMethod.OPTIONS] };
  const everywhere = exempt.some(({ paths }) => paths.length === 0);
  const unanswered = within(operation, unclaimed(exempt));
  return [
    rule(requests, [
      { ...operation, notMethods: [HttpMethod.OPTIONS] },
      ...everywhere ? [] : [{ ...options, ...notPaths(operation, exempt.flatMap(({ paths }) => paths)) }],
      ...unanswered.length === 0 ? [] : [{ ...options, paths: unanswered }],
    ]),
    ...exempt.flatMap(({ paths, exceptPaths, origins, methods }) => {
      const there = within(operation, paths);
      if (paths.length > 0 && there.length === 0) return [];
      const { notPaths: _, ...anywhere } = options;
      const asked = there.length > 0 ? { ...anywhere, paths: there, ...notPaths(operation, exceptPaths, there) } : { ...options, ...notPaths(operation, exceptPaths) };
      return [{ key: ORIGIN, notValues: [...origins] }, { key: ASKED_METHOD, notValues: [...methods] }].map(condition => rule(requests, [asked], condition));
    }),
  ];
}

/** Paths that some exempt ones include and that no answer is for. */
function unclaimed(exempt: readonly AnsweredPreflights[]): string[] {
  const claimed = exempt.flatMap(({ paths }) => paths);
  return [...new Set(exempt.flatMap(({ exceptPaths }) => exceptPaths))].filter(path => !claimed.includes(path)).sort();
}

/** Those paths that the policy is about at all; one that cannot be compared stays. */
function within({ paths: own = [] }: AuthorizationPolicySpecRulesToOperation, paths: readonly string[]): string[] {
  if (own.length === 0 || paths.length === 0) return [...paths];
  return union(own.filter(isIncomparable), [
    ...own.filter(one => paths.some(path => path === one || includes(path, one))),
    ...paths.filter(path => own.some(one => includes(one, path))),
  ]);
}

/** Exceptions that matter, which are all where the policy is about every path. */
function notPaths({ notPaths: own = [] }: AuthorizationPolicySpecRulesToOperation, paths: readonly string[], among?: readonly string[]): { notPaths?: string[] } {
  const all = union(own, paths).filter(path => !among || isIncomparable(path) || among.some(one => one === path || includes(one, path) || includes(path, one)));
  return all.length > 0 ? { notPaths: all } : {};
}

function isIncomparable(path: string): boolean {
  return path.startsWith('*') || path.includes('{');
}

function rule({ from, when = [] }: Requests, operations: readonly AuthorizationPolicySpecRulesToOperation[], condition?: AuthorizationPolicySpecRulesWhen): AuthorizationPolicySpecRules {
  const conditions = [...when, ...condition ? [condition] : []];
  return {
    ...from ? { from } : {},
    ...operations.some(operation => Object.keys(operation).length > 0) ? { to: operations.map(operation => ({ operation })) } : {},
    ...conditions.length > 0 ? { when: conditions } : {},
  };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}
