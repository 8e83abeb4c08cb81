import { Duration } from 'cdk8s';
import { LinkerdRetries, LinkerdTimeouts } from './linkerd-route-props';
import { RetryCondition } from './retry-condition';
import { DURATION, instanceOf, NUMBER, usable } from '../../core/wrong-type';

export const CONDITION = instanceOf(RetryCondition, 'use a factory, as in RetryCondition.gatewayError()');

/** Retries and timeouts as annotations of a route. */
export function routeAnnotations(retries: LinkerdRetries | undefined, timeouts: LinkerdTimeouts | undefined): { [key: string]: string } {
  const conditions = Array.isArray(retries?.on) ? retries.on.filter(CONDITION.holds).map(({ value }) => value) : [];
  const limit = usable(retries?.limit, NUMBER);
  return Object.fromEntries(([
    ['retry.linkerd.io/http', conditions.length > 0 ? conditions.join(',') : undefined],
    ['retry.linkerd.io/limit', limit === undefined ? undefined : String(limit)],
    ['retry.linkerd.io/timeout', linkerdDuration(retries?.timeout)],
    ['timeout.linkerd.io/request', linkerdDuration(timeouts?.request)],
    ['timeout.linkerd.io/response', linkerdDuration(timeouts?.response)],
    ['timeout.linkerd.io/idle', linkerdDuration(timeouts?.idle)],
  ] as const).filter((entry): entry is readonly [(typeof entry)[0], string] => entry[1] !== undefined));
}

/** A duration as Linkerd reads it: one whole number with its unit. */
function linkerdDuration(duration: Duration | undefined): string | undefined {
  const milliseconds = usable(duration, DURATION)?.toMilliseconds({ integral: false });
  if (milliseconds === undefined) return undefined;
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
