import { Secret } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import {
  ActivatorStrategy, CertificateIssuer, ClusterProfile, GatewayProtocol, GatewayTls, HttpMethod, MeshGateway, MeshGatewayProps, MeshPolicy, RouteAction, RouteMatch, RouteTarget, TextMatch,
  Tls, TlsVersion,
} from '../../../lib';
import { manifest, manifests, problems, shopChart } from '../../support';
import { TestDeployment, TestService } from '../workloads';

const LETSENCRYPT = Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'));
const HOST = 'shop.example.com';

function setup(props: Partial<MeshGatewayProps> = {}) {
  const chart = shopChart();
  const gateway = new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.terminate(LETSENCRYPT), ...props });
  return { chart, gateway, web: new TestDeployment(chart, 'web'), users: new TestService(chart, 'users'), billing: new TestService(chart, 'billing') };
}

/** What is found beside that the workloads of these tests have no Service. */
const found = (scope: IConstruct) => problems(scope).filter(({ code }) => code !== 'SM0801');

describe('a gateway', () => {
  it('shows a certificate at 443, not below TLS 1.2, and redirects what comes in plain text', () => {
    const { gateway } = setup();
    expect(manifest(gateway, 'Gateway')).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'shop' },
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [
          { port: { number: 80, name: 'http-80', protocol: 'HTTP' }, hosts: [HOST], tls: { httpsRedirect: true } },
          { port: { number: 443, name: 'https-443', protocol: 'HTTPS' }, hosts: [HOST], tls: { mode: 'SIMPLE', credentialName: 'shop-example-com-tls', minProtocolVersion: 'TLSV1_2' } },
        ],
      },
    });
  });

  it('has its certificate made where its pods are', () => {
    const { gateway } = setup();
    expect(manifest(gateway, 'Certificate')).toMatchObject({
      metadata: { name: 'shop-example-com-tls', namespace: 'istio-system' },
      spec: { secretName: 'shop-example-com-tls', dnsNames: [HOST], privateKey: { rotationPolicy: 'Always' } },
    });
  });

  it('leaves port 80 alone where nothing is to be redirected', () => {
    const { gateway } = setup({ httpsRedirect: false });
    expect(manifest(gateway, 'Gateway').spec.servers).toHaveLength(1);
  });

  it('takes plain text where that is said', () => {
    const { gateway } = setup({ tls: GatewayTls.none() });
    expect(manifest(gateway, 'Gateway').spec.servers).toEqual([{ port: { number: 80, name: 'http-80', protocol: 'HTTP' }, hosts: [HOST] }]);
  });

  it('asks clients for certificates', () => {
    const chart = shopChart();
    const secret = (name: string) => Secret.fromSecretName(chart, name, name);
    const gateway = new MeshGateway(chart, 'partners', {
      hosts: [HOST],
      tls: GatewayTls.mutual(Tls.secret(secret('partner-tls')), { authorities: secret('partner-ca'), subjectAltNames: ['partner.example.org'], minVersion: TlsVersion.V1_3 }),
    });
    expect(manifest(gateway, 'Gateway').spec.servers[1].tls).toEqual({
      mode: 'MUTUAL', credentialName: 'partner-tls', caCertCredentialName: 'partner-ca', subjectAltNames: ['partner.example.org'], minProtocolVersion: 'TLSV1_3',
    });
  });

  it.each([
    ['OPTIONAL_MUTUAL', GatewayTls.optionalMutual(LETSENCRYPT), 'HTTPS'],
    ['PASSTHROUGH', GatewayTls.passthrough(), 'TLS'],
    ['AUTO_PASSTHROUGH', GatewayTls.autoPassthrough(), 'TLS'],
    ['ISTIO_MUTUAL', GatewayTls.istioMutual(), 'HTTPS'],
  ])('knows mode %s', (mode, tls, protocol) => {
    const { gateway } = setup({ tls });
    const server = manifest(gateway, 'Gateway').spec.servers.at(-1);
    expect(server.tls.mode).toBe(mode);
    expect(server.port).toMatchObject({ number: 443, protocol });
  });

  it('shows several certificates of one name', () => {
    const { gateway } = setup({ tls: GatewayTls.terminateWith([LETSENCRYPT, LETSENCRYPT]) });
    expect(manifest(gateway, 'Gateway').spec.servers[1].tls.credentialNames).toEqual(['shop-example-com-tls-1', 'shop-example-com-tls-2']);
    expect(manifests(gateway).filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.secretName)).toEqual(['shop-example-com-tls-1', 'shop-example-com-tls-2']);
  });

  it('takes certificates from the files of its pods', () => {
    const { gateway } = setup({ tls: GatewayTls.files({ certificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key', authorities: '/etc/certs/ca.crt' }) });
    expect(manifest(gateway, 'Gateway').spec.servers[1].tls).toEqual({
      mode: 'MUTUAL', serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key', caCertificates: '/etc/certs/ca.crt', minProtocolVersion: 'TLSV1_2',
    });
  });

  it('listens at further ports, each with a name of its own', () => {
    const { gateway } = setup();
    gateway.addServer({ hosts: ['db.example.com'], port: 31400, protocol: GatewayProtocol.TCP });
    gateway.addServer({ hosts: ['files.example.com'], port: 443, protocol: GatewayProtocol.HTTPS, tls: GatewayTls.terminate(LETSENCRYPT) });
    const { servers } = manifest(gateway, 'Gateway').spec;
    expect(servers.map(({ port }: { port: { name: string } }) => port.name)).toEqual(['http-80', 'https-443', 'tcp-31400', 'https-443-2']);
    expect(gateway.hosts).toEqual([HOST, 'db.example.com', 'files.example.com']);
  });
});

describe('routes of a gateway', () => {
  it('go to a Deployment as they are', () => {
    const { gateway, web } = setup();
    gateway.route('web', { match: [RouteMatch.pathPrefix('/web')], action: RouteAction.forward(web) });
    expect(manifest(gateway, 'VirtualService')).toMatchObject({
      metadata: { name: 'public', namespace: 'shop' },
      spec: {
        hosts: [HOST],
        gateways: ['public'],
        http: [{
          name: 'web',
          match: [{ uri: { exact: '/web' } }, { uri: { prefix: '/web/' } }],
          route: [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } } }],
        }],
      },
    });
    expect(found(gateway)).toEqual([]);
  });

  it('go to one serverless service through the cluster-local gateway, which gets its host', () => {
    const { gateway, users } = setup();
    gateway.route('users', { action: RouteAction.forward(users) });
    expect(manifest(gateway, 'VirtualService').spec.http).toEqual([{
      name: 'users',
      rewrite: { authority: 'users.shop.svc.cluster.local' },
      route: [{ destination: { host: 'knative-local-gateway.istio-system.svc.cluster.local', port: { number: 80 } } }],
    }]);
    expect(found(gateway)).toEqual([]);
  });

  it('go to several serverless services with the host of each, and not with one for all', () => {
    const { gateway, users, billing, web } = setup();
    gateway.route('split', { action: RouteAction.split({ target: users, weight: 70 }, { target: billing, weight: 20 }, { target: web, weight: 10 }) });
    const [route] = manifest(gateway, 'VirtualService').spec.http;
    const local = { host: 'knative-local-gateway.istio-system.svc.cluster.local', port: { number: 80 } };
    expect(route.rewrite).toBeUndefined();
    expect(route.route).toEqual([
      { destination: local, weight: 70, headers: { request: { set: { Host: 'users.shop.svc.cluster.local' } } } },
      { destination: local, weight: 20, headers: { request: { set: { Host: 'billing.shop.svc.cluster.local' } } } },
      { destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } }, weight: 10 },
    ]);
    expect(found(gateway)).toEqual([]);
  });

  it('go to a tag of a serverless service by the host of the tag', () => {
    const { gateway, users } = setup();
    gateway.route('testers', { match: [RouteMatch.header('X-Canary', TextMatch.exact('yes'))], action: RouteAction.forward(RouteTarget.tag(users, 'canary')) });
    const [route] = manifest(gateway, 'VirtualService').spec.http;
    expect(route.match).toEqual([{ headers: { 'x-canary': { exact: 'yes' } } }]);
    expect(route.rewrite).toEqual({ authority: 'canary-users.shop.svc.cluster.local' });
  });

  it('go to a version by its subset', () => {
    const { gateway, web } = setup();
    const v2 = { serviceHost: web.serviceHost, servicePort: 80, workload: web, subset: 'v2' };
    gateway.route('v2', { action: RouteAction.forward(v2) });
    expect(manifest(gateway, 'VirtualService').spec.http[0].route[0].destination).toEqual({ host: 'web.shop.svc.cluster.local', port: { number: 80 }, subset: 'v2' });
  });

  it('are of one object per host', () => {
    const { gateway, web, users } = setup({ hosts: [HOST, '*.shop.example.com'] });
    gateway.route('web', { host: HOST, action: RouteAction.forward(web) });
    gateway.route('users', { host: HOST, match: [RouteMatch.pathPrefix('/users')], action: RouteAction.forward(users) });
    gateway.route('tenants', { host: 'a.shop.example.com', action: RouteAction.forward(web) });
    expect(manifests(gateway).filter(({ kind }) => kind === 'VirtualService').map(({ metadata, spec }) => [metadata.name, spec.hosts, spec.http.length])).toEqual([
      ['public-shop-example-com', [HOST], 2], ['public-a-shop-example-com', ['a.shop.example.com'], 1],
    ]);
    expect(found(gateway)).toEqual([]);
  });
});

describe('a gateway refuses', () => {
  it('every host at the pods of the one of Knative', () => {
    const { gateway } = setup({ hosts: ['*'], tls: GatewayTls.none() });
    expect(problems(gateway, 'SM1231')).toMatchObject([{ field: 'hosts', value: '"*"' }]);
  });

  it('and takes every host at pods of its own', () => {
    const { gateway } = setup({ hosts: ['*'], tls: GatewayTls.none(), pods: { labels: { istio: 'partners' }, namespace: 'partners', serviceAccountName: 'partners' } });
    expect(problems(gateway, 'SM1231')).toEqual([]);
  });

  it('hosts that are none', () => {
    const { gateway } = setup({ hosts: ['shop', 'https://shop.example.com', 'web.shop.svc.cluster.local'] });
    expect(problems(gateway).map(({ code }) => code).filter(code => code.startsWith('SM120'))).toEqual(['SM1200', 'SM1200', 'SM1201']);
  });

  it('routes for hosts that it does not serve', () => {
    const { gateway, web } = setup();
    gateway.route('blog', { host: 'blog.example.com', action: RouteAction.forward(web) });
    expect(problems(gateway, 'SM1232')).toMatchObject([{ value: '"blog.example.com"' }]);
  });

  it('a cluster without a mesh', () => {
    const { chart, gateway } = setup();
    ClusterProfile.withoutMesh().applyTo(chart);
    expect(problems(gateway, 'SM1230')).toHaveLength(1);
  });

  it('a route to a workload that denies what comes through it, until it is granted access', () => {
    const { chart, gateway, web } = setup();
    new MeshPolicy(chart, 'policy');
    gateway.route('web', { action: RouteAction.forward(web) });
    expect(problems(gateway, 'SM1233')).toMatchObject([{ value: '"web"', fix: expect.stringContaining('grantInvoke(gateway)') }]);
    web.grantInvoke(gateway, { methods: [HttpMethod.GET] });
    expect(problems(gateway, 'SM1233')).toEqual([]);
    expect(manifest(web, 'AuthorizationPolicy').spec.rules[0].from[0].source.principals).toEqual(['cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account']);
  });

  it('a route by pods of its own to a serverless service that does not know the gateway in between', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const gateway = new MeshGateway(chart, 'own', { hosts: [HOST], tls: GatewayTls.none(), pods: { labels: { istio: 'own' }, namespace: 'own', serviceAccountName: 'own' } });
    const users = new TestService(chart, 'users', { activator: ActivatorStrategy.trusted() });
    gateway.route('users', { action: RouteAction.forward(users) });
    users.grantInvoke(gateway);
    expect(problems(gateway, 'SM1233')).toMatchObject([{ fix: expect.stringContaining('Caller.localGateway') }]);
  });

  it('what is neither hosts nor TLS, without a stack trace', () => {
    const gateway = new MeshGateway(shopChart(), 'public', { hosts: HOST, tls: undefined } as unknown as MeshGatewayProps);
    expect(problems(gateway, 'SM0005').map(({ field }) => field)).toEqual(['hosts', 'tls']);
  });
});
