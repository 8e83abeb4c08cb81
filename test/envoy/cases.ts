import { Chart } from 'cdk8s';
import { GatewayTls, GlobalRateLimit, HttpMethod, IRequestTarget, MeshGateway, Rate, RateLimit, RateLimitMatch, RateLimitProps, RouteTarget } from '../../lib';
import { TestDeployment, TestService } from '../mesh/workloads';
import { Json, manifest, shopChart } from '../support';

/** A request and what becomes of it. */
interface Sent {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly shows?: Record<string, string>;
}

/** What a construct renders for proxies, and requests that show whether it does what it says. */
export interface LimitCase {
  readonly name: string;
  readonly filters: Json[];
  readonly virtualHost?: Json;
  readonly clusters?: string[];
  readonly requests: readonly Sent[];
}

const times = (n: number, sent: Sent) => Array.from({ length: n }, () => sent);

export function cases(): LimitCase[] {
  return [
    limited('a limit for all requests', chart => new TestDeployment(chart, 'ledger'), { limit: Rate.perHour(3) }, [
      { status: 200, shows: { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' } }, ...times(2, { status: 200 }), ...times(2, { status: 429 }),
    ]),
    limited('a burst that is smaller than the rate', chart => new TestDeployment(chart, 'ledger'), { limit: Rate.perHour(60).withBurst(2) }, [
      ...times(2, { status: 200 }), { status: 429 },
    ]),
    limited('a status and headers of its own', chart => new TestDeployment(chart, 'ledger'), { limit: Rate.perHour(1), status: 503, responseHeaders: { 'x-limited': 'yes' }, showLimits: false }, [
      { status: 200 }, { status: 503, shows: { 'x-limited': 'yes' } },
    ]),
    limited('a limit that is not enforced', chart => new TestDeployment(chart, 'ledger'), { limit: Rate.perHour(1), enforced: false }, times(3, { status: 200 })),
    limited('a limit for a path beside one for all', chart => new TestDeployment(chart, 'ledger'), {
      limit: Rate.perHour(4),
      rules: [
        { name: 'search', match: [RateLimitMatch.pathPrefix('/search')], limit: Rate.perHour(1) },
        { name: 'report', match: [RateLimitMatch.path('/report'), RateLimitMatch.method(HttpMethod.GET), RateLimitMatch.header('X-Plan', 'free')], limit: Rate.perHour(1) },
      ],
    }, [
      { path: '/search?q=1', status: 200 }, { path: '/search?q=2', status: 429 },
      { path: '/report?of=may', headers: { 'x-plan': 'free' }, status: 200 }, { path: '/report', headers: { 'x-plan': 'free' }, status: 429 },
    ]),
    limited('a limit for each value of a header', chart => new TestDeployment(chart, 'ledger'), {
      rules: [{ name: 'user', match: [RateLimitMatch.eachValueOf('X-User')], limit: Rate.perHour(1) }],
    }, [
      { headers: { 'x-user': 'ann' }, status: 200 }, { headers: { 'x-user': 'ann' }, status: 429 },
      { headers: { 'x-user': 'bob' }, status: 200 }, { headers: { 'x-user': 'bob' }, status: 429 }, ...times(3, { status: 200 }),
    ]),
    limited('a limit for each address', chart => new TestDeployment(chart, 'ledger'), {
      rules: [{ name: 'client', match: [RateLimitMatch.eachAddress(), RateLimitMatch.pathPrefix('/login')], limit: Rate.perHour(1) }],
    }, [{ path: '/login', status: 200 }, { path: '/login', status: 429 }, { path: '/', status: 200 }]),
    limited('a Knative service, whose probes are not counted', chart => new TestService(chart, 'orders'), { limit: Rate.perHour(1) }, [
      ...times(3, { path: '/healthz', headers: { 'k-network-probe': 'queue' }, status: 200 }), { status: 200 }, { status: 429 }, { path: '/healthz', headers: { 'k-network-probe': 'queue' }, status: 200 },
    ]),
    limited('a gateway, whose other hosts are not counted', chart => new MeshGateway(chart, 'edge', { hosts: ['shop.example.com', '*.shop.example.org'], tls: GatewayTls.none() }), { limit: Rate.perHour(2) }, [
      { headers: { host: 'shop.example.com:8080' }, status: 200 }, { headers: { host: 'a.shop.example.org' }, status: 200 }, { headers: { host: 'shop.example.com' }, status: 429 }, { headers: { host: 'SHOP.example.com' }, status: 429 },
      { headers: { host: 'bank.example.com' }, status: 200 },
    ]),
    counted(),
  ];
}

function limited(name: string, make: (chart: Chart) => IRequestTarget, props: Omit<RateLimitProps, 'target'>, requests: Sent[]): LimitCase {
  const chart = shopChart();
  new RateLimit(chart, 'limit', { target: make(chart), ...props });
  return { name, filters: [filterOf(manifest(chart, 'EnvoyFilter'))], requests };
}

/** There is no service that would count: Envoy takes what it would be asked. */
function counted(): LimitCase {
  const chart = shopChart();
  new GlobalRateLimit(chart, 'limit', {
    target: new TestDeployment(chart, 'ledger'),
    service: RouteTarget.host('ratelimit.platform.svc.cluster.local', 8081),
    rules: [{ name: 'user', match: [RateLimitMatch.eachValueOf('x-user'), RateLimitMatch.pathPrefix('/v1')], limit: Rate.perMinute(60) }],
  });
  const filter = manifest(chart, 'EnvoyFilter');
  const { rate_limits } = filter.spec.configPatches.find((patch: Json) => patch.applyTo === 'VIRTUAL_HOST').patch.value;
  return {
    name: 'a limit that a service counts',
    filters: [filterOf(filter)],
    virtualHost: { rate_limits },
    clusters: ['outbound|8081||ratelimit.platform.svc.cluster.local'],
    // the service does not answer, and nobody is turned away for that
    requests: times(2, { path: '/v1', headers: { 'x-user': 'ann' }, status: 200 }),
  };
}

function filterOf(filter: Json): Json {
  return filter.spec.configPatches.find((patch: Json) => patch.applyTo === 'HTTP_FILTER').patch.value;
}
