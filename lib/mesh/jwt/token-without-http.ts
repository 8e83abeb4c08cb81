import { JWT_CODES } from './codes';
import { ProblemReport } from '../../core/problem';

/** Tokens are in HTTP, which ztunnel does not look at. */
export function tokenWithoutHttp(name: string): ProblemReport {
  return {
    code: JWT_CODES.tokenWithoutHttp,
    field: 'target',
    value: name,
    reason: 'in ambient mode ztunnel stands before its pods, which sees no HTTP and so no token',
    fix: 'check tokens at the gateway in front of it (target: a MeshGateway), or give the workload a sidecar (mesh: MeshMembership.SIDECAR)',
  };
}
