import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { filterPatches, hostPatch, proxiesOf } from './filter-patch';
import { limitTypeProblems, ROUTE_TARGET, usableLimits } from './limit-types';
import { actionsOf, eachKeys, Json, Limit, LIMIT_KEY } from './limits';
import { RateLimitRule } from './rate-limit';
import { rateLimitProblems } from './rate-limit-problems';
import { EnvoyFilter, toJson_EnvoyFilterSpec } from '../../../imports/networking.istio.io';
import { Intents } from '../../core/intents';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRouteTarget } from '../../core/route-target';
import { IRequestTarget } from '../../core/workload';
import { wrongType } from '../../core/wrong-type';
import { targetName, usableTarget } from '../policy-target';

/** One limit over all proxies of a target, counted by a service. */
export interface GlobalRateLimitProps {
  /** What takes the requests: a workload, a `MeshGateway`, or pods that the app does not make (`RequestTarget.pods`). */
  readonly target: IRequestTarget;

  /** The rate limit service, which speaks Envoy's protocol (`envoy.service.ratelimit.v3`), such as envoyproxy/ratelimit. */
  readonly service: IRouteTarget;

  /** The limits. A burst is not counted by services of this kind. */
  readonly rules: RateLimitRule[];

  /**
   * The domain under which the service has the limits.
   * @default - name and namespace of the target
   */
  readonly domain?: string;

  /**
   * Whether requests are turned away while the service does not answer.
   * @default false
   */
  readonly denyOnFailure?: boolean;

  /**
   * Order among the EnvoyFilters of the same proxies: lower ones are applied first.
   * @default 10
   */
  readonly priority?: number;
}

/**
 * Has a service count the requests of all proxies of a target. It renders what the proxies ask, and the limits as a ConfigMap which
 * envoyproxy/ratelimit reads.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rate_limit_filter
 */
export class GlobalRateLimit extends Construct {
  /** What takes the requests. */
  public readonly target: IRequestTarget;
  /** The EnvoyFilter, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** The ConfigMap for the service, as an escape hatch. */
  public readonly configMapObject: ApiObject;
  /** The domain under which the service has the limits. */
  public readonly domain: string;

  constructor(scope: Construct, id: string, props: GlobalRateLimitProps) {
    super(scope, id);
    Intents.of(this);
    const said = props ?? {};
    const target = usableTarget(this, said.target);
    const name = `${targetName(target, this)}-global-rate-limit`;
    this.target = target;
    this.domain = said.domain ?? `${targetName(target, this)}.${target.workloadNamespace}`;
    this.apiObject = resource(this, 'Resource', {
      gvk: EnvoyFilter.GVK,
      metadata: { name, namespace: target.workloadNamespace },
      fields: {
        spec: () => toJson_EnvoyFilterSpec({
          ...proxiesOf(target),
          priority: said.priority ?? 10,
          configPatches: [...filterPatches(target, this.filter(said)), hostPatch(target, { rate_limits: limitsOf(said).map(limit => ({ actions: actionsOf(limit, target) })) })],
        }),
      },
    });
    this.configMapObject = resource(this, 'Limits', {
      gvk: { apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name },
      // JSON is YAML as well
      fields: { data: () => ({ 'config.yaml': JSON.stringify(this.limits(said), undefined, 2) }) },
    });
    reportProblems(this, () => {
      const types = [...limitTypeProblems({ rules: said.rules ?? ('nothing' as unknown as RateLimitRule[]) }), ...wrongType('service', said.service ?? 'nothing', ROUTE_TARGET)];
      return types.length > 0 ? types : rateLimitProblems(this, limitsOf(said));
    });
  }

  private filter({ service, denyOnFailure }: GlobalRateLimitProps): Json {
    return {
      name: 'envoy.filters.http.ratelimit',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
        'domain': this.domain,
        'failure_mode_deny': denyOnFailure ?? false,
        'enable_x_ratelimit_headers': 'DRAFT_VERSION_03',
        'rate_limit_service': {
          grpc_service: { envoy_grpc: { cluster_name: `outbound|${service?.servicePort}||${service?.serviceHost}`, authority: service?.serviceHost } },
          transport_api_version: 'V3',
        },
      },
    };
  }

  private limits(props: GlobalRateLimitProps): Json {
    return {
      domain: this.domain,
      descriptors: limitsOf(props).map(limit => {
        const rate_limit = { unit: limit.rate._unit, requests_per_unit: limit.rate.requests };
        const leaf = eachKeys(limit).reverse().reduce<Json>((below, key) => ({ descriptors: [{ key, ...below }] }), { rate_limit });
        return { key: LIMIT_KEY, value: limit.name, ...leaf };
      }),
    };
  }
}

function limitsOf(props: GlobalRateLimitProps): Limit[] {
  return usableLimits({ rules: props.rules }).rules.map(({ name, match, limit }) => ({ name, match, rate: limit }));
}
