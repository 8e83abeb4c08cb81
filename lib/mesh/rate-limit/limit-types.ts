import { Rate } from './rate';
import type { RateLimitRule } from './rate-limit';
import { ProblemReport } from '../../core/problem';
import { Expected, instanceOf, listOf, usable, wrongType } from '../../core/wrong-type';

const RATE = instanceOf(Rate, 'use a factory, as in Rate.perSecond(10)');

const RULES = listOf<RateLimitRule>({
  what: 'an object with name, match and limit',
  fix: "pass [{ name: 'search', match: [RateLimitMatch.pathPrefix('/search')], limit: Rate.perSecond(1) }]",
  holds: (value): value is RateLimitRule => typeof value === 'object' && value !== null
    && Array.isArray((value as RateLimitRule).match) && RATE.holds((value as RateLimitRule).limit),
});

/** What a limit for all requests and limits for some can be worked with. */
export function usableLimits({ limit, rules }: { readonly limit?: Rate; readonly rules?: RateLimitRule[] }): { readonly limit?: Rate; readonly rules: RateLimitRule[] } {
  return { limit: usable(limit, RATE), rules: usable(rules, RULES) ?? [] };
}

export function limitTypeProblems({ limit, rules }: { readonly limit?: Rate; readonly rules?: RateLimitRule[] }): ProblemReport[] {
  return [...wrongType('limit', limit, RATE), ...wrongType('rules', rules, RULES)];
}

/** A route target, where nothing else will do. */
export const ROUTE_TARGET: Expected<{ readonly serviceHost: string }> = {
  what: 'a workload or RouteTarget.host(host, port)',
  fix: 'pass the construct itself and not its name',
  holds: (value): value is { serviceHost: string } => typeof value === 'object' && value !== null && 'serviceHost' in value,
};
