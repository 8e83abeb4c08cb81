import { Calls } from './calls';
import { CODES } from './codes';
import { callerMembership, isGateway } from './identity';
import { tokenWithoutHttp } from './jwt/token-without-http';
import { Edge, tokensOf } from '../core/edges';
import { isKnativeWorkload } from '../core/knative-workload';
import { MeshMembership } from '../core/mesh-mode';
import { pathPatternFlaw } from '../core/path-pattern';
import { ProblemReport } from '../core/problem';
import { IWorkload } from '../core/workload';

/** What is wrong with single grants on a workload. */
export function grantProblems({ target, edges }: Calls): ProblemReport[] {
  return edges.flatMap(edge => [...outsideMesh(target, edge), ...pathPatterns(edge), ...httpWithoutWaypoint(target, edge)]);
}

function outsideMesh(target: IWorkload, { caller }: Edge): ProblemReport[] {
  if (isGateway(target, caller) || callerMembership(target, caller) !== MeshMembership.OUTSIDE) return [];
  // a Knative service sees a gateway in its place, which has a problem and a fix of its own
  if (isKnativeWorkload(target)) return [];
  return [{
    code: CODES.outsideMesh,
    field: 'grantInvoke',
    value: caller.callerName,
    reason: `the pods of the caller in namespace ${caller.meshIdentity.namespace} are outside of the mesh: they speak plain text and have no identity that a policy could name, `
      + 'so every call of theirs would be denied',
    fix: `put the namespace ${caller.meshIdentity.namespace} into the mesh, or leave the grant out`,
  }];
}

function pathPatterns({ caller, options }: Edge): ProblemReport[] {
  return (options.paths ?? []).flatMap(path => {
    const flaw = pathPatternFlaw(path);
    return flaw === undefined ? [] : [{
      code: CODES.pathPattern,
      field: 'grantInvoke.paths',
      value: path,
      reason: `the path granted to ${caller.callerName} ${flaw}, so it would never match`,
      fix: "write an exact path ('/v1/orders'), a prefix ('/v1/*'), a suffix ('*.json') or a template of whole segments ('/v1/{*}/items')",
    }];
  });
}

function httpWithoutWaypoint(target: IWorkload, edge: Edge): ProblemReport[] {
  const { caller, options } = edge;
  const asked = (['methods', 'paths', 'hosts'] as const).filter(field => options[field]?.length);
  if (target.meshMembership !== MeshMembership.AMBIENT) return [];
  if (tokensOf(edge).length > 0) return [{ ...tokenWithoutHttp(target.callerName), field: 'grantInvoke.token', value: caller.callerName }];
  if (asked.length === 0) return [];
  return [{
    code: CODES.httpWithoutWaypoint,
    field: `grantInvoke.${asked[0]}`,
    value: options[asked[0]],
    reason: `in ambient mode ztunnel stands before the pods of ${target.workloadName}, which knows who calls which port but not ${asked.join(' nor ')}: `
      + `it leaves the rule out, so ${caller.callerName} would be denied`,
    fix: 'grant without methods and paths, or give the workload a sidecar (mesh: MeshMembership.SIDECAR)',
  }];
}
