import { Construct } from 'constructs';
import { JWT_CODES } from './codes';
import { TokenChecks } from './token-checks';
import { tokenWithoutHttp } from './token-without-http';
import { ClusterProfile } from '../../core/cluster-profile';
import { tokensOf } from '../../core/edges';
import { Intents } from '../../core/intents';
import { JwtIssuer } from '../../core/jwt/jwt-issuer';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport, Severity } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { passedBy } from '../ambient/passed-by';
import { callsTo } from '../calls';
import { CODES } from '../codes';
import { asWorkload, isGatewayTarget, nameInMessages, ownHosts, seesNoHttp } from '../policy-target';
import { preflightProblems } from '../preflights/preflight-problems';
import { Preflights } from '../preflights/preflights';
import { requestProblems, usableRequests } from '../said-requests';

interface Authentication extends Construct {
  readonly target: IRequestTarget;
  readonly required: boolean;
}

interface Said {
  readonly issuers: JwtIssuer[];
  readonly hosts?: string[];
  readonly exemptPaths?: string[];
  readonly exemptPreflights?: Preflights;
}

/** Why tokens could not be checked as it was said, or why that would shut out what was granted. */
export function jwtProblems(jwt: Authentication, props: Said): ProblemReport[] {
  const { hosts, exemptPreflights } = usableRequests(props);
  return [
    ...withoutProxy(jwt),
    ...requestProblems(props),
    ...jwt.required ? [...eventsWithoutToken(jwt), ...wildcardHosts(jwt, hosts), ...preflightProblems(jwt.target, hosts, exemptPreflights)] : [],
    ...tokenTaken(jwt, props),
  ];
}

function withoutProxy(jwt: Authentication): ProblemReport[] {
  const name = nameInMessages(jwt.target);
  if (!ClusterProfile.of(jwt).hasIstio) {
    return [{
      code: CODES.noMesh,
      field: 'target',
      reason: `the cluster profile has ${ClusterProfile.of(jwt)._inPlaceOfIstio}: there is no proxy that would check a token`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or check tokens in the app',
    }];
  }
  if (asWorkload(jwt.target)?.meshMembership === MeshMembership.OUTSIDE) {
    return [{
      code: CODES.outsideMesh,
      field: 'target',
      value: name,
      reason: 'its pods are outside of the mesh: there is no proxy before them that would check a token',
      fix: 'put it into the mesh, or check tokens at the gateway in front of it',
    }];
  }
  return seesNoHttp(jwt.target) ? [tokenWithoutHttp(jwt.target)] : passedBy(jwt.target);
}

function eventsWithoutToken(jwt: Authentication): ProblemReport[] {
  const workload = asWorkload(jwt.target);
  const deliveries = workload ? callsTo(workload).edges.filter(edge => edge.delivery && tokensOf(edge).length === 0) : [];
  const exempt = TokenChecks.find(jwt.target)?.duties.every(({ exemptPaths, exemptCallers }) => exemptPaths.length > 0 || exemptCallers.length > 0);
  if (deliveries.length === 0 || exempt) return [];
  return [{
    code: JWT_CODES.eventsWithoutToken,
    field: 'required',
    value: true,
    reason: `${nameInMessages(jwt.target)} receives events, which Knative delivers without a token of these issuers: every one of them would be turned away`,
    fix: 'exempt the path to which they are delivered (exemptPaths), or say required: false and grant other callers by token (Caller.jwt)',
  }];
}

function wildcardHosts(jwt: Authentication, hosts = ownHosts(jwt.target)): ProblemReport[] {
  const open = hosts.filter(host => host.startsWith('*.'));
  return open.map(host => ({
    code: JWT_CODES.wildcardHost,
    severity: Severity.WARNING,
    field: 'hosts',
    value: host,
    reason: 'no policy matches a wildcard followed by a port, but gateways route such requests: who writes a port into the Host header gets past without a token',
    fix: 'list the hosts one by one, or use a gateway with pods of its own and say hosts: []',
  }));
}

/** A gateway that takes the token away leaves nothing to check for the workload behind it. */
function tokenTaken(jwt: Authentication, { issuers }: Said): ProblemReport[] {
  if (!(isGatewayTarget(jwt.target))) return [];
  const taken = issuers.filter(issuer => !issuer._props.forwardOriginalToken).map(issuer => issuer.issuer);
  const behind = Intents.of(jwt).workloads.all
    .filter(workload => TokenChecks.find(workload)?.issuers.some(issuer => taken.includes(issuer.issuer)))
    .map(workload => workload.callerName);
  if (behind.length === 0) return [];
  return [{
    code: JWT_CODES.tokenTaken,
    severity: Severity.WARNING,
    field: 'issuers',
    reason: `the gateway takes the token out of the request once it is verified, so ${behind.join(', ')} would find none in requests that come through it`,
    fix: 'say forwardOriginalToken: true for the issuer at the gateway',
  }];
}
