import {
  AuthorizationPolicySpecRules, AuthorizationPolicySpecRulesFrom, AuthorizationPolicySpecRulesToOperation,
} from '../../imports/security.istio.io';
import { ICaller } from '../core/caller';
import { ClusterProfile } from '../core/cluster-profile';
import { Edge } from '../core/edges';
import { IWorkload } from '../core/workload';

/** One rule for every set of requests that somebody was granted, with all who were granted exactly these. */
export function grantRules(edges: readonly Edge[], profile: ClusterProfile): AuthorizationPolicySpecRules[] {
  const groups = new Map<string, { operation: AuthorizationPolicySpecRulesToOperation; callers: ICaller[] }>();
  for (const edge of edges) {
    const operation = operationOf(edge);
    const key = JSON.stringify(operation);
    const group = groups.get(key);
    if (group) group.callers.push(edge.caller);
    else groups.set(key, { operation, callers: [edge.caller] });
  }
  return [...groups.entries()]
    .sort(([a], [b]) => compare(a, b))
    .map(([, { operation, callers }]) => ({ from: sourcesOf(callers, profile), ...toOf([operation]) }));
}

/** The same requests whoever sends them: what is let through for one who forwards them. */
export function grantedOperations(edges: readonly Edge[]): AuthorizationPolicySpecRulesToOperation[] {
  const operations = new Map(edges.map(edge => [JSON.stringify(operationOf(edge)), operationOf(edge)]));
  return [...operations.entries()].sort(([a], [b]) => compare(a, b)).map(([, operation]) => operation);
}

/** `to` of a rule, which must be left out where every request is meant: an empty operation is refused. */
export function toOf(operations: AuthorizationPolicySpecRulesToOperation[]): Pick<AuthorizationPolicySpecRules, 'to'> {
  return operations.some(operation => Object.keys(operation).length === 0) ? {} : { to: operations.map(operation => ({ operation })) };
}

/** Ports of a workload's pods as policies spell them. */
export function policyPorts(target: IWorkload): { ports?: string[] } {
  const ports = [...new Set(target.policyPorts)].sort((a, b) => a - b).map(String);
  return ports.length === 0 ? {} : { ports };
}

function operationOf(edge: Edge): AuthorizationPolicySpecRulesToOperation {
  return {
    ...some('methods', edge.options.methods),
    ...some('paths', edge.options.paths),
    ...policyPorts(edge.target),
  };
}

function some(field: 'methods' | 'paths', values: readonly string[] = []): AuthorizationPolicySpecRulesToOperation {
  return values.length === 0 ? {} : { [field]: sorted(values) };
}

/** The fields of one source must all match, its values need not: so identities of two kinds are two sources. */
function sourcesOf(callers: readonly ICaller[], profile: ClusterProfile): AuthorizationPolicySpecRulesFrom[] {
  const named: string[] = [];
  const whole: string[] = [];
  for (const { namespace, serviceAccountName } of callers.map(caller => caller.meshIdentity)) {
    if (serviceAccountName === undefined) whole.push(namespace);
    else named.push(profile.principal(namespace, serviceAccountName));
  }
  const [principals, namespaces] = [sorted(named), sorted(whole)];
  return [
    ...principals.length > 0 ? [{ source: { principals } }] : [],
    ...namespaces.length > 0 ? [{ source: { namespaces } }] : [],
  ];
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compare);
}

/** By code units: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
