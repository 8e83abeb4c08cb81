import * as fs from 'fs';
import * as path from 'path';
import { Caller, Reachability, RequestOptions, RequestTarget } from '../../lib';

const yaml = fs.readFileSync(path.join(__dirname, '..', '..', 'examples', 'api-gateway', 'expected', 'api-gateway.k8s.yaml'), 'utf8');
const reach = Reachability.ofYaml(yaml);
const client = Caller.serviceAccount('elsewhere', 'client');
const gateway = RequestTarget.pods({ namespace: 'istio-system', labels: { istio: 'ingressgateway' }, host: 'api.example.com' });
const token = (claims: Record<string, unknown> = {}) => ({ iss: 'https://login.example.com', sub: 'ann', aud: 'api.example.com', ...claims });
const atGateway = (request: Partial<RequestOptions>) => reach.request({ from: client, to: gateway, port: 8443, method: 'GET', path: '/users/7', ...request }).allowed;

describe('the gateway of the example', () => {
  test('asks requests to the API for a token, and pages for none', () => {
    expect([atGateway({}), atGateway({ claims: token() }), atGateway({ claims: token({ aud: 'bank' }) })]).toEqual([false, true, false]);
    expect(['/', '/web', '/web/cart', '/webhooks'].map(at => atGateway({ path: at }))).toEqual([true, true, true, false]);
  });

  test('lets the preflights of the shop pass, and no other requests that look like one', () => {
    const preflight = (origin: string, method = 'POST') => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': method } });
    expect(atGateway(preflight('https://shop.example.com'))).toBe(true);
    expect(atGateway(preflight('https://elsewhere.example.org'))).toBe(false);
    expect(atGateway(preflight('https://shop.example.com', 'DELETE'))).toBe(false);
    expect(atGateway({ ...preflight('https://shop.example.com'), path: '/orders' })).toBe(false);
    expect(atGateway({ ...preflight('https://shop.example.com'), method: 'GET' })).toBe(false);
  });

  test('is let in at premium with the tokens of those who pay alone', () => {
    const premium = RequestTarget.pods({ namespace: 'shop', labels: { 'serving.knative.dev/service': 'premium' }, port: 8012 });
    const request = (claims?: Record<string, unknown>) => reach.request({ from: Caller.serviceAccount('istio-system', 'istio-ingressgateway-service-account'), to: premium, method: 'GET', path: '/', claims }).allowed;
    expect([request(), request(token()), request(token({ plan: 'premium' }))]).toEqual([false, false, true]);
  });
});
