import { App, Chart, Cron, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  Caller, ContainerPort, ContainerService, HealthCheck, HttpMethod, InboundPolicy, LinkerdAccess, LinkerdProtocol, LinkerdRoute, LinkerdServiceProfile, MeshCronJob, MeshNamespace,
  ProfileCondition, RetryCondition, RouteAction,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/shop';

/** A shop in a cluster whose mesh is Linkerd. */
export class LinkerdShop extends Chart {
  constructor(app: App) {
    super(app, 'linkerd-shop', { namespace: 'shop' });

    new MeshNamespace(this, 'shop', { inboundPolicy: InboundPolicy.DENY });

    const cart = this.service('cart', '1.8.0');
    const prices = this.service('prices', '3.2.0');
    const web = this.service('web', '2.4.0', { CART_URL: `http://${cart.serviceHost}`, PRICES_URL: `http://${prices.serviceHost}` });

    web.grantInvoke(Caller.serviceAccount('ingress-nginx', 'ingress-nginx'));
    cart.grantInvoke(web, { methods: [HttpMethod.GET, HttpMethod.PUT], paths: ['/carts/*'] });
    prices.grantInvoke(web, { methods: [HttpMethod.GET], paths: ['/prices/*'] });

    // a tenth of the requests goes to the next version, and what a pod going down answers is tried again
    const next = cart.addVersion('v2', { image: `${REGISTRY}/cart:2.0.0` });
    new LinkerdRoute(this, 'cart-clients', {
      target: cart,
      retries: { on: [RetryCondition.gatewayError()], limit: 2, timeout: Duration.millis(400) },
      timeouts: { request: Duration.seconds(2) },
    }).addRule('canary', { action: RouteAction.split({ target: cart.mainVersion, weight: 90 }, { target: next, weight: 10 }) });

    new LinkerdServiceProfile(this, 'prices-profile', { target: prices, retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10) } })
      .addRoute('GET /prices/{id}', {
        condition: ProfileCondition.all(ProfileCondition.method(HttpMethod.GET), ProfileCondition.pathRegex('/prices/[^/]+')),
        retryable: true,
        timeout: Duration.millis(300),
      });

    const ledger = new ContainerService(this, 'ledger', { image: `${REGISTRY}/ledger:1.0.3`, ports: [ContainerPort.grpc(9090)] });
    new LinkerdAccess(this, 'ledger-access', { target: ledger, protocol: LinkerdProtocol.GRPC, callers: [cart] });

    const cleanup = new MeshCronJob(this, 'cleanup', {
      image: `${REGISTRY}/cleanup:1.1.0`,
      env: { CART_URL: EnvValue.fromValue(`http://${cart.serviceHost}`) },
      schedule: Cron.schedule({ minute: '40', hour: '3' }),
      timeZone: 'Etc/UTC',
      deadline: Duration.minutes(20),
    });
    cart.grantInvoke(cleanup, { methods: [HttpMethod.DELETE], paths: ['/carts/*'] });
  }

  private service(name: string, version: string, env: { [name: string]: string } = {}): ContainerService {
    return new ContainerService(this, name, {
      image: `${REGISTRY}/${name}:${version}`,
      readiness: HealthCheck.http('/ready'),
      env: Object.fromEntries(Object.entries(env).map(([variable, value]) => [variable, EnvValue.fromValue(value)])),
    });
  }
}
