import { CODES } from './codes';
import { arrivesAsGateway } from './identity';
import { CONDITIONS } from '../core/condition';
import { Edge } from '../core/edges';
import { isKnativeWorkload } from '../core/knative-workload';
import { ProblemReport, Severity } from '../core/problem';
import { IWorkload } from '../core/workload';
import { usable, wrongType } from '../core/wrong-type';

const SOURCE_ADDRESS = 'source.ip';
const SERVER_NAME = 'connection.sni';
/** What ztunnel knows of a connection (istio pilot/pkg/serviceregistry/ambient/authorization.go, l4WhenAttributes). */
const OF_CONNECTIONS = [SOURCE_ADDRESS, 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];

/** Attributes that a grant asks for and that only a proxy which reads HTTP knows. */
export function httpConditions(edge: Edge): string[] {
  return keysOf(edge).filter(key => !OF_CONNECTIONS.includes(key));
}

/** Why conditions of a grant would not mean what they say. */
export function conditionProblems(target: IWorkload, edge: Edge): ProblemReport[] {
  return [...wrongType('grantInvoke.conditions', edge.options.conditions, CONDITIONS), ...forwarderSeen(target, edge), ...nameOfMesh(edge)];
}

function forwarderSeen(target: IWorkload, edge: Edge): ProblemReport[] {
  if (!keysOf(edge).includes(SOURCE_ADDRESS) || !isKnativeWorkload(target)) return [];
  const gateway = arrivesAsGateway(target, edge.caller);
  if (!gateway && !target.activatorStrategy?.trustsActivator) return [];
  return [{
    code: CODES.forwarderSeen,
    field: 'grantInvoke.conditions',
    value: SOURCE_ADDRESS,
    reason: `requests of ${edge.caller.callerName} reach ${target.workloadName} through ${gateway ? 'the gateway of Knative' : 'the activator whenever it is in the path'}, `
      + 'whose address is the one that the pods see',
    fix: 'ask for a header that the gateway writes, or name the caller by its identity alone',
  }];
}

function nameOfMesh(edge: Edge): ProblemReport[] {
  if (!keysOf(edge).includes(SERVER_NAME) || edge.caller.meshIdentity.isAnyone) return [];
  return [{
    code: CODES.nameOfMesh,
    severity: Severity.WARNING,
    field: 'grantInvoke.conditions',
    value: SERVER_NAME,
    reason: `the mutual TLS of the mesh writes a name of its own there (outbound_.<port>_._.<host>), whatever ${edge.caller.callerName} calls the host`,
    fix: 'grant by hosts, which compares what the request says',
  }];
}

function keysOf({ options }: Edge): string[] {
  return (usable(options.conditions, CONDITIONS) ?? []).map(({ attribute }) => attribute.key);
}
