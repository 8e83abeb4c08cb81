import { WAYPOINT_CODES } from './ambient/codes';
import { passesWaypoint, waypointBefore } from './ambient/waypoint-path';
import { Calls } from './calls';
import { CODES } from './codes';
import { conditionProblems, httpConditions } from './condition-problems';
import { callerMembership, isGateway } from './identity';
import { tokenWithoutHttp } from './jwt/token-without-http';
import { Edge, tokensOf } from '../core/edges';
import { isKnativeWorkload } from '../core/knative-workload';
import { MeshMembership } from '../core/mesh-mode';
import { pathPatternFlaw } from '../core/path-pattern';
import { ProblemReport } from '../core/problem';
import { IWorkload } from '../core/workload';

/** Something of HTTP that a grant asks for. */
interface Asked {
  readonly field: string;
  readonly value: readonly string[];
}

/** What is wrong with single grants on a workload. */
export function grantProblems({ target, edges }: Calls): ProblemReport[] {
  return edges.flatMap(edge => [...outsideMesh(target, edge), ...pathPatterns(edge), ...conditionProblems(target, edge), ...httpWithoutWaypoint(target, edge)]);
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
  if (target.meshMembership !== MeshMembership.AMBIENT) return [];
  const waypoint = waypointBefore(target);
  if (waypoint !== undefined && passesWaypoint(target, edge)) return podPorts(waypoint.name, edge);
  const said = { methods: options.methods, paths: options.paths, hosts: options.hosts, conditions: httpConditions(edge) };
  const asked = Object.entries(said).flatMap(([field, value]): Asked[] => value?.length ? [{ field, value }] : []);
  if (waypoint === undefined && tokensOf(edge).length > 0) {
    return [{ ...tokenWithoutHttp(target), field: 'grantInvoke.token', value: caller.callerName }];
  }
  if (waypoint !== undefined && (asked.length > 0 || tokensOf(edge).length > 0)) return [aroundWaypoint(target, edge, waypoint.name, asked[0])];
  if (asked.length === 0) return [];
  const instead = isKnativeWorkload(target) ? 'decide about them at the gateway'
    : `put a waypoint before the workload (new Waypoint(chart, 'waypoint') in namespace ${target.workloadNamespace})`;
  return [{
    code: CODES.httpWithoutWaypoint,
    field: `grantInvoke.${asked[0].field}`,
    value: asked[0].value,
    reason: `in ambient mode ztunnel stands before the pods of ${target.workloadName}, which knows who calls which port but not ${asked.map(({ field }) => field).join(' nor ')}: `
      + `it leaves the rule out, so ${caller.callerName} would be denied`,
    fix: `${instead}, grant without methods and paths, or give the workload a sidecar (mesh: MeshMembership.SIDECAR)`,
  }];
}

function aroundWaypoint(target: IWorkload, { caller }: Edge, waypoint: string, asked?: Asked): ProblemReport {
  const gateway = isGateway(target, caller);
  return {
    code: WAYPOINT_CODES.aroundWaypoint,
    field: `grantInvoke.${asked?.field ?? 'token'}`,
    value: asked?.value ?? caller.callerName,
    reason: `${caller.callerName} does not go through the waypoint ${waypoint}: ${gateway ? 'gateways' : 'sidecars'} go around it, `
      + `and ztunnel before the pods of ${target.workloadName} knows neither methods nor paths`,
    fix: gateway ? 'leave fromGateways of the waypoint true, or decide at the gateway' : 'put the caller into ambient mode, or grant without methods and paths',
  };
}

function podPorts(waypoint: string, { options }: Edge): ProblemReport[] {
  return options.ports?.length ? [{
    code: WAYPOINT_CODES.podPortAtWaypoint,
    field: 'grantInvoke.ports',
    value: options.ports,
    reason: `requests are decided about at the waypoint ${waypoint}, which sees ports of the Service and none of the pods`,
    fix: 'grant without ports, or give each port a Service of its own',
  }] : [];
}
