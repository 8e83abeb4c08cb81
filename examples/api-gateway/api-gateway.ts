import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-28';
import {
  ActivatorStrategy, Autoscaling, AwsResource, BindAs, BindingSource, Caller, CertificateIssuer, Claim, ContainerService, GatewayTls, HashedConfigMap,
  HealthCheck, HttpMethod, JwtAuthentication, JwtIssuer, JwtKeys, LambdaCode, LambdaEndpoint, LambdaFunction, LambdaUrlAuth, MeshCronJob, MeshGateway,
  MeshNamespace, MeshPolicy, PathRewrite, Rate, RateLimit, RateLimitMatch, RetryOn, Revision, RouteAction, RouteMatch, ServerlessService,
  ServerlessServiceProps, TextMatch, Tls, Traffic,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/shop';
const HOST = 'api.example.com';

/** What the chart is not told by its own code. */
export interface ApiGatewayProps {
  /** The token of the payment provider. @default - the Secret payment-provider exists already */
  readonly paymentToken?: string;
}

/** One public host, and everything behind it. */
export class ApiGateway extends Chart {
  /** The gateway. */
  public readonly gateway: MeshGateway;
  /** The service for customers who pay. */
  public readonly premium: ServerlessService;

  constructor(app: App, props: ApiGatewayProps = {}) {
    super(app, 'api-gateway', { namespace: 'shop' });

    new MeshNamespace(this, 'shop');
    new MeshPolicy(this, 'policy');

    const users = this.service('users', {
      image: `${REGISTRY}/users:2.4.0`,
      revision: Revision.named('v2-4-0'),
      traffic: Traffic.blueGreen({ active: Revision.existing('users-v2-3-1'), preview: Revision.named('v2-4-0'), previewTag: 'next' }),
    });
    users.bind(BindingSource.secret(Secret.fromSecretName(this, 'users-db', 'users-db')), BindAs.variables({ DATABASE_URL: 'url' }));
    const premium = this.premium = this.service('premium', { autoscaling: Autoscaling.concurrency(20, { min: 1, max: 50 }) });
    premium.bind(BindingSource.secret(this.provider(props)), BindAs.variables({ PROVIDER_TOKEN: 'token' }));
    const standard = this.service('standard');
    const backup = this.service('backup');
    const web = new ContainerService(this, 'web', { image: `${REGISTRY}/web:5.2.0`, readiness: HealthCheck.http('/ready') });

    const gateway = this.gateway = new MeshGateway(this, 'public', {
      hosts: [HOST],
      tls: GatewayTls.terminate(Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'))),
    });

    const login = new JwtIssuer({
      issuer: 'https://login.example.com',
      audiences: [HOST],
      keys: JwtKeys.at('https://login.example.com/.well-known/jwks.json'),
      forwardOriginalToken: true,
    });
    new JwtAuthentication(this, 'login', { target: gateway, issuers: [login], exemptPaths: ['/', '/web', '/web/*'] });
    new RateLimit(this, 'limit', {
      target: gateway,
      limit: Rate.perSecond(500).withBurst(1000),
      rules: [{ name: 'users', match: [RateLimitMatch.pathPrefix('/users'), RateLimitMatch.eachAddress()], limit: Rate.perMinute(120).withBurst(30) }],
    });

    const usersPath = RouteMatch.pathPrefix('/users');
    const cors = {
      allowOrigins: [TextMatch.exact('https://shop.example.com')],
      allowMethods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS],
      allowHeaders: ['authorization', 'content-type'],
      maxAge: Duration.hours(24),
    };
    gateway.route('users-next', {
      match: [usersPath.and(RouteMatch.header('x-release', TextMatch.exact('next')))],
      action: RouteAction.forward(users.tagged('next')),
      rewrite: PathRewrite.prefix('/'),
      cors,
    });
    gateway.route('users', { match: [usersPath], action: RouteAction.forward(users), rewrite: PathRewrite.prefix('/'), cors });
    gateway.route('web', { match: [RouteMatch.pathPrefix('/web')], action: RouteAction.forward(web) });
    gateway.route('start', { match: [RouteMatch.path('/')], action: RouteAction.redirect({ path: '/web' }) });
    gateway.route('premium', { match: [RouteMatch.header('user-type', TextMatch.exact('premium'))], action: RouteAction.forward(premium) });
    gateway.route('rest', {
      action: RouteAction.split({ target: standard, weight: 90 }, { target: backup, weight: 10 }),
      timeout: Duration.seconds(10),
      retries: { attempts: 2, perTryTimeout: Duration.seconds(3), on: [RetryOn.CONNECT_FAILURE, RetryOn.REFUSED_STREAM, RetryOn.RESET_BEFORE_REQUEST] },
    });

    const status = this.service('status');
    status.expose('status.example.com', { tls: Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt')) });

    const thumbnail = new LambdaFunction(this, 'thumbnail', {
      code: LambdaCode.fromImage('123456789012.dkr.ecr.eu-central-1.amazonaws.com/thumbnail:1.4.2'),
      role: AwsResource.byIdentifier('arn:aws:iam::123456789012:role/thumbnail'),
      memory: Size.gibibytes(1),
      timeout: Duration.seconds(30),
      url: { auth: LambdaUrlAuth.AWS_IAM },
      endpoint: LambdaEndpoint.functionUrl('abc123', 'eu-central-1'),
    });
    premium.bind(BindingSource.configMap(new HashedConfigMap(this, 'premium-settings', { data: { THUMBNAILS: thumbnail.meshUrl! } })), BindAs.allVariables());

    const report = new MeshCronJob(this, 'report', {
      image: `${REGISTRY}/report:1.2.0`,
      schedule: Cron.schedule({ minute: '30', hour: '3' }),
      timeZone: 'Europe/Berlin',
      deadline: Duration.hours(1),
    });
    web.grantInvoke(report, { methods: [HttpMethod.GET], paths: ['/web/figures'] });

    for (const behind of [users, standard, backup, status]) behind.grantInvoke(Caller.ingressGateway(this));
    premium.grantInvoke(Caller.ingressGateway(this), { token: { issuer: login, claims: [Claim.of('plan').includes('premium')] } });
    web.grantInvoke(gateway, { methods: [HttpMethod.GET, HttpMethod.HEAD] });
  }

  private provider({ paymentToken }: ApiGatewayProps): ISecret {
    return paymentToken === undefined
      ? Secret.fromSecretName(this, 'provider', 'payment-provider')
      : new Secret(this, 'provider', { metadata: { name: 'payment-provider' }, stringData: { token: paymentToken } });
  }

  /** A service that only the gateway calls: it may scale to zero, and what the activator forwards came through the gateway. */
  private service(name: string, props: Partial<ServerlessServiceProps> = {}): ServerlessService {
    return new ServerlessService(this, name, {
      image: `${REGISTRY}/${name}:1.0.0`,
      readiness: HealthCheck.http('/ready'),
      timeout: Duration.seconds(10),
      containerConcurrency: 100,
      autoscaling: Autoscaling.concurrency(50, { max: 40 }),
      activatorStrategy: ActivatorStrategy.trusted(),
      ...props,
    });
  }
}
