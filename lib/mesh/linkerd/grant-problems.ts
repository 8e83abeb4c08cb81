import { LINKERD_CODES } from './codes';
import { covers, EVERYTHING, GrantedPath, listed, pathOf } from './request-sets';
import { Edge, tokensOf } from '../../core/edges';
import { isKnativeWorkload } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { pathPatternFlaw } from '../../core/path-pattern';
import { ProblemReport } from '../../core/problem';
import { Calls } from '../calls';
import { CODES } from '../codes';
import { callerMembership } from '../identity';

/** Why policies of Linkerd could not do what was granted. */
export function linkerdGrantProblems(calls: Calls, open: (port: number) => string[], opens: (port: number) => boolean): ProblemReport[] {
  const { target, edges } = calls;
  const path = target.node.path;
  if (isKnativeWorkload(target)) {
    return [{
      code: LINKERD_CODES.knativeInLinkerd,
      path,
      field: 'grantInvoke',
      value: [...new Set(edges.map(({ caller }) => caller.callerName))].join(', ') || undefined,
      reason: 'requests for a Knative service come from its ingress or the activator, whose identity Linkerd sees in place of the caller\'s',
      fix: 'decide who may call at the ingress, or in the app by a token; leave the grants out, and the service out of a namespace that denies by default',
    }];
  }
  if (target.meshMembership === MeshMembership.OUTSIDE) {
    return edges.length === 0 ? [] : [{
      code: CODES.outsideMesh,
      path,
      field: 'grantInvoke',
      reason: `the pods of ${target.workloadName} in namespace ${target.workloadNamespace} are outside of the mesh: no proxy stands before them that could turn anyone away`,
      fix: 'leave inMesh out and the namespace in the mesh, or leave the grants out',
    }];
  }
  return [...edges.flatMap(edge => edgeProblems(edge, edges)), ...lateProbes(calls, open, opens)].map(problem => ({ path, ...problem }));
}

function edgeProblems(edge: Edge, all: readonly Edge[]): ProblemReport[] {
  const { caller, target, options } = edge;
  const unsaid = [...options.hosts?.length ? ['hosts'] : [], ...options.conditions?.length ? ['conditions'] : [], ...tokensOf(edge).length > 0 ? ['token'] : []];
  return [
    ...callerMembership(target, caller) === MeshMembership.OUTSIDE ? [{
      code: CODES.outsideMesh,
      field: 'grantInvoke',
      value: caller.callerName,
      reason: `the pods of the caller in namespace ${caller.meshIdentity.namespace} are outside of the mesh: they have no identity that a policy could name, so every call of theirs would be denied`,
      fix: `put the namespace ${caller.meshIdentity.namespace} into the mesh (linkerd.io/inject: enabled) and say so in the cluster profile, or leave the grant out`,
    }] : [],
    ...unsaid.map(field => ({
      code: LINKERD_CODES.unsaidInLinkerd,
      field: `grantInvoke.${field}`,
      value: caller.callerName,
      reason: field === 'token' ? 'proxies of Linkerd read no tokens: they know callers by their mutual TLS alone' : 'who may call is decided by port, method and path in Linkerd, and by nothing else',
      fix: field === 'token' ? 'check tokens in the app, and name the caller by its service account' : `grant without ${field}`,
    })),
    ...listed(options.paths).flatMap(path => unusablePath(edge, path)),
    ...tiedPaths(edge, all),
  ];
}

function unusablePath({ caller }: Edge, path: string): ProblemReport[] {
  if (pathPatternFlaw(path) === undefined && pathOf(path) !== undefined) return [];
  return [{
    code: LINKERD_CODES.pathInLinkerd,
    field: 'grantInvoke.paths',
    value: path,
    reason: `the path granted to ${caller.callerName} is none that routes of Linkerd can be ranked by: the proxy takes the route with the longest match, which for a pattern is always the whole path`,
    fix: "write an exact path ('/v1/orders'), or one with everything below it ('/v1/*')",
  }];
}

/** Of a path and the same with everything below it, both match that path in the same length, and the older route wins. */
function tiedPaths(edge: Edge, all: readonly Edge[]): ProblemReport[] {
  const { caller, options } = edge;
  const [paths, methods] = [listed(options.paths), listed(options.methods)];
  return paths.flatMap(text => {
    const exact = pathOf(text);
    if (exact === undefined || exact.below) return [];
    const below = { base: exact.base, below: true };
    const rival = all.find(other => pathsOf(other).some(path => path.below && path.base === exact.base));
    const alike = all.some(other => other.caller === caller && pathsOf(other).some(path => covers(path, below)) && includes(listed(other.options.methods), methods));
    return rival === undefined || alike ? [] : [{
      code: LINKERD_CODES.tiedPaths,
      field: 'grantInvoke.paths',
      value: text,
      reason: `${text} is granted to ${caller.callerName}, and everything below it to ${rival.caller.callerName}: both routes match that path in the same length, and the proxy takes whichever is older`,
      fix: `grant '${exact.base === '/' ? '' : exact.base}/*' to ${caller.callerName} as well, or give one of the two a path of its own`,
    }];
  });
}

function pathsOf({ options }: Edge): GrantedPath[] {
  const paths = listed(options.paths);
  return paths.length === 0 ? [EVERYTHING] : paths.map(pathOf).filter(path => path !== undefined);
}

function includes(outer: readonly string[], inner: readonly string[]): boolean {
  return outer.length === 0 || (inner.length > 0 && inner.every(method => outer.includes(method)));
}

/** Probes that were said after the last grant. */
function lateProbes({ target, edges, scrapes }: Calls, open: (port: number) => string[], opens: (port: number) => boolean): ProblemReport[] {
  const limited = edges.filter(({ options }) => listed(options.methods).length + listed(options.paths).length > 0);
  const granted = limited.flatMap(({ options }) => listed(options.ports).length > 0 ? listed(options.ports) : target.policyPorts);
  const ports = [...new Set([...granted, ...scrapes.map(scrape => scrape.target.metricsEndpoint.port)])];
  return ports.filter(port => open(port).length > 0 && !opens(port)).map(port => ({
    code: LINKERD_CODES.lateProbes,
    field: 'grantInvoke',
    value: open(port),
    reason: `the kubelet asks these paths of port ${port}, and they were said after the grants by method and path, whose routes leave no room for others: the pods would never get ready`,
    fix: 'declare containers and their probes before the grants',
  }));
}
