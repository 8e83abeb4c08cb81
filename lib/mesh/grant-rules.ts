import { hostPatterns } from './policy-hosts';
import {
  AuthorizationPolicySpecRules, AuthorizationPolicySpecRulesFrom, AuthorizationPolicySpecRulesFromSource, AuthorizationPolicySpecRulesToOperation,
  AuthorizationPolicySpecRulesWhen,
} from '../../imports/security.istio.io';
import { ClusterProfile } from '../core/cluster-profile';
import { CONDITIONS } from '../core/condition';
import { Edge, tokensOf } from '../core/edges';
import { IWorkload } from '../core/workload';
import { usable } from '../core/wrong-type';
import { claimConditions, requestPrincipals } from './jwt/token-rules';

/** Requests of a kind, whoever sends them. */
interface Requests extends Pick<AuthorizationPolicySpecRules, 'when'> {
  readonly operation: AuthorizationPolicySpecRulesToOperation;
}

/** Who was granted what at which ports: an edge, or something like one. */
export interface Granted extends Pick<Edge, 'caller' | 'options'> {
  readonly target: Pick<IWorkload, 'policyPorts'>;
}

/** Where a policy holds: pods see their own ports, a waypoint those of the Service, of which the policy then says nothing. */
export type Enforcement = 'pods' | 'waypoint';

/** One rule for every set of requests that somebody was granted, with all who were granted exactly these. */
export function grantRules(edges: readonly Granted[], profile: ClusterProfile, at: Enforcement = 'pods'): AuthorizationPolicySpecRules[] {
  return rulesBy(edges, granted => some('from', sourcesOf(granted, profile)), at);
}

/** The same requests from somebody who forwards them, with the tokens that they have to bring. */
export function forwardedRules(edges: readonly Granted[], forwarder: string): AuthorizationPolicySpecRules[] {
  const tokens = (granted: readonly Granted[]) => [...new Map(granted.map(edge => [JSON.stringify(tokenSource(edge)), tokenSource(edge)])).values()];
  return merged(rulesBy(edges, granted => some('from', tokens(granted).map(source => ({ source: { principals: [forwarder], ...source } })))));
}

function rulesBy(
  edges: readonly Granted[], rule: (granted: readonly Granted[]) => Pick<AuthorizationPolicySpecRules, 'from'>, at: Enforcement = 'pods',
): AuthorizationPolicySpecRules[] {
  const groups = new Map<string, { requests: Requests; granted: Granted[] }>();
  for (const edge of edges) {
    const requests = { operation: operationOf(edge, at), ...some('when', [...claimConditions(tokensOf(edge)), ...conditionsOf(edge)]) };
    const key = JSON.stringify([requests.operation, requests.when]);
    const group = groups.get(key);
    if (group) group.granted.push(edge);
    else groups.set(key, { requests, granted: [edge] });
  }
  return [...groups.entries()]
    .sort(([a], [b]) => compare(a, b))
    .map(([, { requests: { operation, when }, granted }]) => ({ ...rule(granted), ...toOf([operation]), ...some('when', when) }));
}

/** Rules that differ in their requests alone are one. */
function merged(rules: readonly AuthorizationPolicySpecRules[]): AuthorizationPolicySpecRules[] {
  const groups = new Map<string, AuthorizationPolicySpecRules[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.from, rule.when]);
    groups.set(key, [...groups.get(key) ?? [], rule]);
  }
  return [...groups.values()].map(([first, ...others]) => {
    const all = [first, ...others];
    const { to: _, ...rest } = first;
    return all.every(rule => rule.to) ? { ...rest, to: all.flatMap(rule => rule.to!) } : rest;
  });
}

/** `to` of a rule, which must be left out where every request is meant: an empty operation is refused. */
export function toOf(operations: AuthorizationPolicySpecRulesToOperation[]): Pick<AuthorizationPolicySpecRules, 'to'> {
  return operations.some(operation => Object.keys(operation).length === 0) ? {} : { to: operations.map(operation => ({ operation })) };
}

/** Ports of a workload's pods as policies spell them. */
export function policyPorts(target: Pick<IWorkload, 'policyPorts'>): { ports?: string[] } {
  const ports = [...new Set(target.policyPorts)].sort((a, b) => a - b).map(String);
  return ports.length === 0 ? {} : { ports };
}

function operationOf({ options, target }: Granted, at: Enforcement): AuthorizationPolicySpecRulesToOperation {
  const hosts = (options.hosts ?? []).flatMap(hostPatterns);
  return {
    ...some('methods', sorted(options.methods ?? [])),
    ...some('paths', sorted(options.paths ?? [])),
    ...some('hosts', sorted(hosts)),
    ...at === 'waypoint' ? {} : options.ports?.length ? { ports: [...new Set(options.ports)].sort((a, b) => a - b).map(String) } : policyPorts(target),
  };
}

function conditionsOf({ options }: Granted): AuthorizationPolicySpecRulesWhen[] {
  const conditions = (usable(options.conditions, CONDITIONS) ?? []).map(condition => condition._rendered);
  return [...new Map(conditions.map(condition => [JSON.stringify(condition), condition])).values()];
}

function some<T extends string, V>(field: T, values: readonly V[] = []): { [key in T]?: V[] } {
  return values.length === 0 ? {} : { [field]: [...values] } as { [key in T]?: V[] };
}

/** The fields of one source must all match, its values need not: so identities of two kinds are two sources. */
function sourcesOf(edges: readonly Granted[], profile: ClusterProfile): AuthorizationPolicySpecRulesFrom[] {
  if (edges.some(edge => edge.caller.meshIdentity.isAnyone && tokensOf(edge).length === 0)) return [];
  const groups = new Map<string, { token: AuthorizationPolicySpecRulesFromSource; named: Set<string>; whole: Set<string>; anyone: boolean }>();
  for (const edge of edges) {
    const token = tokenSource(edge);
    const key = JSON.stringify(token);
    const group = groups.get(key) ?? { token, named: new Set<string>(), whole: new Set<string>(), anyone: false };
    groups.set(key, group);
    const { isAnyone, namespace, serviceAccountName } = edge.caller.meshIdentity;
    if (isAnyone) group.anyone = true;
    else if (serviceAccountName === undefined) group.whole.add(namespace);
    else group.named.add(profile.principal(namespace, serviceAccountName));
  }
  return [...groups.values()].sort((a, b) => compare(JSON.stringify(a.token), JSON.stringify(b.token))).flatMap(({ token, named, whole, anyone }) => {
    if (anyone) return [{ source: token }];
    return [
      ...named.size > 0 ? [{ source: { principals: sorted([...named]), ...token } }] : [],
      ...whole.size > 0 ? [{ source: { namespaces: sorted([...whole]), ...token } }] : [],
    ];
  });
}

function tokenSource(edge: Granted): AuthorizationPolicySpecRulesFromSource {
  return some('requestPrincipals', requestPrincipals(tokensOf(edge)));
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compare);
}

/** By code units: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
