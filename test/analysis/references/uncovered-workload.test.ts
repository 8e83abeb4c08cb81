import { found } from '../found';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n---\n';

const app = (name: string, { labels = '', annotations = '', service = true } = {}) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}${labels} }, annotations: { ${annotations} } }
    spec: { containers: [{ name: app, image: "registry.example.com/${name}:1.0.0" }] }
---
${service ? `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }\n---\n` : ''}`;

const policy = (spec: string, namespace = 'shop') => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p${spec.length}, namespace: ${namespace} }
spec: { ${spec}, rules: [{ from: [{ source: { namespaces: [shop] } }] }] }
---
`;

const forOrders = policy('selector: { matchLabels: { app: orders } }');
const names = (text: string) => found(NAMESPACE + app('orders') + text, 'SM0289').map(({ object }) => object?.name);

describe('workloads that the policies of their namespace leave open', () => {
  test('are named where others have one', () => {
    expect(names(app('ledger') + forOrders)).toEqual(['ledger']);
    expect(names(app('ledger') + policy('targetRefs: [{ group: "", kind: Service, name: orders }]'))).toEqual(['ledger']);
    expect(names(app('ledger') + forOrders + policy('action: AUDIT, selector: { matchLabels: { app: ledger } }'))).toEqual(['ledger']);
  });

  test.each([
    ['there is no policy at all', app('ledger')],
    ['one is for the namespace', app('ledger') + forOrders + policy('action: ALLOW')],
    ['one is for the mesh', app('ledger') + forOrders + policy('action: ALLOW', 'istio-system')],
    ['one is for a gateway or a waypoint', app('ledger') + policy('targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]')],
    ['policies are for pods of nobody', app('ledger') + policy('selector: { matchLabels: { app: gone } }')],
    ['no Service sends requests to them', app('ledger', { service: false }) + forOrders],
    ['they are outside of the mesh', app('ledger', { labels: ', sidecar.istio.io/inject: "false"' }) + forOrders],
    ['they are a gateway', app('edge', { labels: ', sidecar.istio.io/inject: "true"', annotations: 'inject.istio.io/templates: gateway' }) + forOrders],
    ['they have one that denies', app('ledger') + forOrders + policy('action: DENY, selector: { matchLabels: { app: ledger } }')],
  ])('are not where %s', (_what, text) => expect(names(text)).toEqual([]));
});
