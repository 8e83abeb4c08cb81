import { App, Chart, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  CertificateIssuer, ContainerService, ExternalService, ExternalServicePort, GatewayTls, HashKey, HealthCheck, HttpMethod, LoadBalancing, MeshGateway,
  MeshNamespace, MeshPolicy, MeshRoute, RetryOn, RouteAction, RouteMatch, SidecarScope, TextMatch, Tls, TrafficPolicy,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/books';
const RATINGS = 'ratings.example.com';

/** A page of a book shop, its reviews in two versions, and the ratings that somebody else keeps. */
export class ReviewsCanary extends Chart {
  constructor(app: App) {
    super(app, 'reviews-canary', { namespace: 'books' });

    new MeshNamespace(this, 'books');
    new MeshPolicy(this, 'policy');

    const page = new ContainerService(this, 'page', { image: `${REGISTRY}/page:3.1.0`, readiness: HealthCheck.http('/ready') });
    const reviews = new ContainerService(this, 'reviews', {
      version: 'v1',
      image: `${REGISTRY}/reviews:1.8.0`,
      readiness: HealthCheck.http('/ready'),
      // plain text up to the sidecar, which puts TLS around it
      env: { RATINGS_URL: EnvValue.fromValue(`http://${RATINGS}`) },
      autoscaling: { min: 3, max: 12 },
    });
    const stable = reviews.mainVersion;
    const canary = reviews.addVersion('v2', { image: `${REGISTRY}/reviews:2.0.0`, autoscaling: { min: 2, max: 6 } });

    const routes = new MeshRoute(this, 'reviews-routes', { workloads: [reviews] });
    const soon = { timeout: Duration.seconds(3) };
    const again = { attempts: 2, perTryTimeout: Duration.seconds(1), on: [RetryOn.CONNECT_FAILURE, RetryOn.REFUSED_STREAM, RetryOn.GATEWAY_ERROR] };
    routes.addRoute('testers', { match: [RouteMatch.header('x-tester', TextMatch.exact('true'))], action: RouteAction.forward(canary), ...soon });
    routes.addRoute('everybody', {
      match: [RouteMatch.methods(HttpMethod.GET)],
      action: RouteAction.split({ target: stable, weight: 75 }, { target: canary, weight: 25 }),
      retries: again,
      ...soon,
    });
    routes.addRoute('writing', {
      action: RouteAction.forward(stable),
      mirrors: [{ target: canary, percent: 10 }],
      retries: { attempts: 0 },
      ...soon,
    });

    const policy = new TrafficPolicy(this, 'reviews-traffic', {
      target: reviews,
      connectionPool: { connectTimeout: Duration.seconds(1), maxPendingRequests: 100, maxRequests: 500 },
      outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30), maxEjectionPercent: 50 },
      retryBudget: { percent: 20 },
    });
    policy.addVersion(canary, {
      connectionPool: { maxRequests: 100 },
      outlierDetection: { consecutive5xxErrors: 3 },
      loadBalancing: LoadBalancing.consistentHash(HashKey.header('x-user')),
    });

    const ratings = new ExternalService(this, 'ratings', { hosts: [RATINGS], ports: [ExternalServicePort.originatingTls()] });
    ratings.grantEgress(reviews);
    new MeshRoute(this, 'ratings-routes', { hosts: [RATINGS] }).addRoute('all', { action: RouteAction.forward(ratings), timeout: Duration.seconds(1), retries: { attempts: 1 } });
    new TrafficPolicy(this, 'ratings-traffic', { target: ratings, connectionPool: { maxConnections: 20 }, outlierDetection: { consecutiveGatewayErrors: 3 } });

    const gateway = new MeshGateway(this, 'public', {
      hosts: ['books.example.com'],
      tls: GatewayTls.terminate(Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'))),
    });
    gateway.route('page', { action: RouteAction.forward(page), timeout: Duration.seconds(5), retries: { attempts: 0 } });

    page.grantInvoke(gateway, { methods: [HttpMethod.GET, HttpMethod.POST] });
    reviews.grantInvoke(page);
    new SidecarScope(this, 'scope');
  }
}
