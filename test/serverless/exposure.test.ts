import { Secret } from 'cdk8s-plus-28';
import { CertificateIssuer, ClusterProfile, ServerlessService, ServiceVisibility, Tls } from '../../lib';
import { manifest, manifests, problems, shopChart } from '../support';

const IMAGE = 'registry.example.com/shop/checkout:1.4.2';
const LETSENCRYPT = Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'));

function service(chart = shopChart(), visibility?: ServiceVisibility): ServerlessService {
  return new ServerlessService(chart, 'checkout', { image: IMAGE, visibility });
}

describe('a host for one service', () => {
  it('is mapped in the namespace of the service and claimed for it', () => {
    const checkout = service();
    const exposure = checkout.expose('shop.example.com', { tls: Tls.none() });
    expect(manifest(checkout, 'DomainMapping')).toEqual({
      apiVersion: 'serving.knative.dev/v1beta1',
      kind: 'DomainMapping',
      metadata: { name: 'shop.example.com', namespace: 'shop' },
      spec: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout', namespace: 'shop' } },
    });
    expect(manifest(checkout, 'ClusterDomainClaim')).toEqual({
      apiVersion: 'networking.internal.knative.dev/v1alpha1',
      kind: 'ClusterDomainClaim',
      metadata: { name: 'shop.example.com' },
      spec: { namespace: 'shop' },
    });
    expect(exposure.url).toBe('http://shop.example.com');
    expect(exposure.apiObject?.kind).toBe('DomainMapping');
    expect(problems(checkout)).toEqual([]);
  });

  it('is not claimed where Knative does so itself', () => {
    const chart = shopChart();
    new ClusterProfile({ autocreateDomainClaims: true }).applyTo(chart);
    service(chart).expose('shop.example.com', { tls: Tls.none() });
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('ClusterDomainClaim');
  });

  it('gets a certificate from cert-manager in the namespace of the mapping, and redirects plain text', () => {
    const checkout = service();
    const exposure = checkout.expose('shop.example.com', { tls: LETSENCRYPT });
    expect(manifest(checkout, 'Certificate')).toMatchObject({
      metadata: { name: 'shop-example-com-tls', namespace: 'shop' },
      spec: { secretName: 'shop-example-com-tls', dnsNames: ['shop.example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
    });
    const mapping = manifest(checkout, 'DomainMapping');
    expect(mapping.spec.tls).toEqual({ secretName: 'shop-example-com-tls' });
    expect(mapping.metadata.annotations).toEqual({ 'networking.knative.dev/http-protocol': 'redirected' });
    expect(exposure.url).toBe('https://shop.example.com');
    expect(problems(checkout)).toEqual([]);
  });

  it('takes a certificate that exists, and plain text beside it where that is said', () => {
    const chart = shopChart();
    const checkout = service(chart);
    checkout.expose('shop.example.com', { tls: Tls.secret(Secret.fromSecretName(chart, 'secret', 'shop-cert')), httpsRedirect: false });
    const mapping = manifest(checkout, 'DomainMapping');
    expect(mapping.spec.tls).toEqual({ secretName: 'shop-cert' });
    expect(mapping.metadata.annotations).toBeUndefined();
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('Certificate');
  });

  it('may be one of several hosts of the service', () => {
    const checkout = service();
    checkout.expose('shop.example.com', { tls: LETSENCRYPT });
    checkout.expose('shop.example.org', { tls: LETSENCRYPT });
    expect(manifests(checkout).filter(({ kind }) => kind === 'DomainMapping').map(({ metadata }) => metadata.name)).toEqual(['shop.example.com', 'shop.example.org']);
  });
});

describe('an exposure refuses', () => {
  it.each([
    ['https://shop.example.com', 'SM1200'],
    ['shop', 'SM1200'],
    ['*.example.com', 'SM1200'],
    ['checkout.shop.svc.cluster.local', 'SM1201'],
  ])('%s as a host', (host, code) => {
    const checkout = service();
    checkout.expose(host, { tls: Tls.none() });
    expect(problems(checkout, code)).toMatchObject([{ field: 'expose', path: expect.stringContaining('checkout/Exposure') }]);
  });

  it('a path with an asterisk', () => {
    const checkout = service();
    checkout.expose('shop.example.com', { path: '/users*', tls: Tls.none() });
    expect(problems(checkout, 'SM1202')).toMatchObject([{ field: 'expose.path', value: '"/users*"' }]);
  });

  it('a service that was said to be cluster-local', () => {
    const checkout = service(shopChart(), ServiceVisibility.CLUSTER_LOCAL);
    checkout.expose('shop.example.com', { tls: LETSENCRYPT });
    expect(problems(checkout, 'SM1203')).toHaveLength(1);
  });

  it('a path where there is no mesh to route it', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    const checkout = service(chart);
    checkout.expose('shop.example.com', { path: '/orders', tls: LETSENCRYPT });
    expect(problems(checkout, 'SM1204')).toMatchObject([{ field: 'expose.path' }]);
  });

  it('a host that nobody gave a certificate, and none by name', () => {
    const checkout = service();
    checkout.expose('shop.example.com');
    expect(problems(checkout, 'SM1205')[0].fix).toContain('Tls.none()');
  });

  it('one place for two services', () => {
    const chart = shopChart();
    const web = new ServerlessService(chart, 'web', { image: IMAGE });
    service(chart).expose('shop.example.com', { tls: LETSENCRYPT });
    web.expose('shop.example.com', { path: '/' });
    expect(problems(chart, 'SM1207')).toHaveLength(2);
  });

  it('two certificates for one host', () => {
    const chart = shopChart();
    const checkout = service(chart);
    checkout.expose('shop.example.com', { path: '/a', tls: LETSENCRYPT });
    checkout.expose('shop.example.com', { path: '/b', tls: Tls.none() });
    expect(problems(chart, 'SM1206')).toHaveLength(2);
  });

  it('what is no text, without a stack trace', () => {
    const checkout = service();
    checkout.expose(7 as unknown as string, { path: 8 as unknown as string, tls: 'letsencrypt' as unknown as Tls });
    checkout.expose('shop.example.com', { tls: 'letsencrypt' as unknown as Tls });
    expect(problems(checkout, 'SM0005').map(({ field }) => field)).toEqual(['expose', 'expose.path', 'expose.tls', 'expose.tls']);
  });
});

describe('a host shared by paths', () => {
  it('has no DomainMapping, which knows no paths', () => {
    const chart = shopChart();
    const checkout = service(chart);
    checkout.expose('shop.example.com', { tls: LETSENCRYPT });
    expect(manifests(chart).filter(({ kind }) => kind === 'DomainMapping')).toHaveLength(1);
    checkout.expose('shop.example.com', { path: '/v2', rewrite: '/' });
    expect(manifests(chart).map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['DomainMapping']));
  });
});
