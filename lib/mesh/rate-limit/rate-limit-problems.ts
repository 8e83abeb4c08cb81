import { Construct } from 'constructs';
import { LIMIT_CODES } from './codes';
import { Limit } from './limits';
import { Rate } from './rate';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { Waypoint } from '../ambient/waypoint';
import { asWorkload, nameInMessages } from '../policy-target';

const LEAST_SECONDS = 0.05;

interface Limiting extends Construct {
  readonly target: IRequestTarget;
}

/** Why requests would not be limited as it was said. */
export function rateLimitProblems(limiting: Limiting, limits: readonly Limit[]): ProblemReport[] {
  return [...withoutProxy(limiting), ...empty(limits), ...names(limits), ...limits.flatMap(({ name, rate }) => rates(name, rate))];
}

function withoutProxy(limiting: Limiting): ProblemReport[] {
  const { target } = limiting;
  const noMesh = !ClusterProfile.of(limiting).hasIstio;
  const outside = asWorkload(target)?.meshMembership === MeshMembership.OUTSIDE;
  if (noMesh || outside) {
    return [{
      code: LIMIT_CODES.limitWithoutProxy,
      field: 'target',
      value: nameInMessages(target),
      reason: noMesh ? `the cluster profile has ${ClusterProfile.of(limiting)._inPlaceOfIstio}, so no proxy counts its requests` : 'its pods are outside of the mesh, so no proxy counts their requests',
      fix: 'limit requests in the app, or where they come into the mesh (target: a MeshGateway)',
    }];
  }
  if (!(target instanceof Waypoint) && asWorkload(target)?.meshMembership !== MeshMembership.AMBIENT) return [];
  return [{
    code: LIMIT_CODES.limitWithoutProxy,
    field: 'target',
    value: nameInMessages(target),
    reason: 'in ambient mode ztunnel, which sees no HTTP, stands before pods, and EnvoyFilters are not supported on waypoints',
    fix: 'limit requests at the gateway in front of it (target: a MeshGateway), or give the workload a sidecar (mesh: MeshMembership.SIDECAR)',
  }];
}

function empty(limits: readonly Limit[]): ProblemReport[] {
  return limits.length > 0 ? [] : [{
    code: LIMIT_CODES.noLimit,
    field: 'limit',
    reason: 'it names no limit, for all requests or for some',
    fix: 'say limit: Rate.perMinute(600), or rules',
  }];
}

function names(limits: readonly Limit[]): ProblemReport[] {
  const known = limits.map(({ name }) => name);
  return [...new Set(known.filter((name, index) => known.indexOf(name) !== index))].map(name => ({
    code: LIMIT_CODES.limitTwice,
    field: 'rules',
    value: name,
    reason: 'two limits have this name, and would use up one bucket (the limit for all requests is called all)',
    fix: 'give each rule a name of its own',
  }));
}

function rates(name: string, rate: Rate): ProblemReport[] {
  const whole = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;
  if (!whole(rate.requests) || !whole(rate.burst)) {
    return [{
      code: LIMIT_CODES.rate,
      field: `limit of ${name}`,
      value: whole(rate.requests) ? rate.burst : rate.requests,
      reason: 'requests are counted in whole numbers from 1',
      fix: 'write a whole number, with a longer time where it is less than one: Rate.perMinute(30) for one in two seconds',
    }];
  }
  return rate._bucket.seconds >= LEAST_SECONDS ? [] : [{
    code: LIMIT_CODES.rate,
    field: `limit of ${name}`,
    value: rate.burst,
    reason: `Envoy fills a bucket every ${LEAST_SECONDS * 1000} ms at most, and this burst would need it every ${Number((rate._bucket.seconds * 1000).toFixed(3))} ms`,
    fix: `allow a burst of at least ${Math.ceil(rate.burst * LEAST_SECONDS / rate._bucket.seconds)}`,
  }];
}
