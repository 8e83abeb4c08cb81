import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { filterPatches, proxiesOf } from './filter-patch';
import { limitTypeProblems, usableLimits } from './limit-types';
import { Limit } from './limits';
import { localFilter } from './local-filter';
import { Rate } from './rate';
import { RateLimitMatch } from './rate-limit-match';
import { rateLimitProblems } from './rate-limit-problems';
import { EnvoyFilter, EnvoyFilterSpec, toJson_EnvoyFilterSpec } from '../../../imports/networking.istio.io';
import { Intents } from '../../core/intents';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { targetName, usableTarget } from '../policy-target';

/** A limit for some requests. */
export interface RateLimitRule {
  /** What statistics call it; once in a rate limit. */
  readonly name: string;

  /** Which requests it is for: those that meet all of these. */
  readonly match: RateLimitMatch[];

  /** How many of them. */
  readonly limit: Rate;
}

/** How many requests a target takes. */
export interface RateLimitProps {
  /** What takes the requests: a workload, a `MeshGateway`, or pods that the app does not make (`RequestTarget.pods`). */
  readonly target: IRequestTarget;

  /**
   * How many requests in all, at each of the target's pods.
   * @default - as many as come
   */
  readonly limit?: Rate;

  /**
   * Limits for some requests, which hold beside the one for all.
   * @default - none
   */
  readonly rules?: RateLimitRule[];

  /**
   * Status of the answer to requests beyond the limit.
   * @default 429
   */
  readonly status?: number;

  /**
   * Headers of that answer.
   * @default - none
   */
  readonly responseHeaders?: { [name: string]: string };

  /**
   * Whether answers say what is left (`X-RateLimit-Limit`, `-Remaining`, `-Reset`).
   * @default true
   */
  readonly showLimits?: boolean;

  /**
   * Whether requests beyond the limit are turned away. If not, they are counted alone (`<target>.http_local_rate_limit.rate_limited`).
   * @default true
   */
  readonly enforced?: boolean;

  /**
   * For how many values at a time each proxy keeps a limit, where each value has one of its own (`RateLimitMatch.eachValueOf`).
   * @default - 20, Envoy's own
   */
  readonly distinctValues?: number;

  /**
   * Order among the EnvoyFilters of the same proxies: lower ones are applied first.
   * @default 10
   */
  readonly priority?: number;
}

/**
 * Limits the requests that each proxy before a target lets through. Proxies do not talk to each other: with three pods three times as many get through;
 * for one limit over all of them see `GlobalRateLimit`.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 */
export class RateLimit extends Construct {
  /** What takes the requests. */
  public readonly target: IRequestTarget;
  /** The EnvoyFilter, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: RateLimitProps) {
    super(scope, id);
    Intents.of(this);
    const said = props ?? {};
    this.target = usableTarget(this, said.target);
    this.apiObject = resource(this, 'Resource', {
      gvk: EnvoyFilter.GVK,
      metadata: { name: `${targetName(this.target, this)}-rate-limit`, namespace: this.target.workloadNamespace },
      fields: { spec: () => toJson_EnvoyFilterSpec(this.spec(said)) },
    });
    reportProblems(this, () => {
      const types = limitTypeProblems(said);
      return types.length > 0 ? types : rateLimitProblems(this, limitsOf(said));
    });
  }

  private spec(props: RateLimitProps): EnvoyFilterSpec {
    const filter = localFilter(limitsOf(props), this.target, {
      name: targetName(this.target, this),
      status: props.status,
      responseHeaders: props.responseHeaders,
      showLimits: props.showLimits ?? true,
      enforced: props.enforced ?? true,
      distinctValues: props.distinctValues,
    });
    return { ...proxiesOf(this.target), priority: props.priority ?? 10, configPatches: filterPatches(this.target, filter) };
  }
}

function limitsOf(props: RateLimitProps): Limit[] {
  const { limit, rules } = usableLimits(props);
  const all = limit === undefined ? [] : [{ name: 'all', rate: limit, match: [] }];
  return [...all, ...rules.map(rule => ({ name: rule.name, rate: rule.limit, match: rule.match }))];
}
