import { ClusterProfile, ClusterSpiffeId } from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { spiffeIdTrustDomain } from '../../lib/analysis/rules/mesh/spiffe-id';
import { found } from '../analysis/found';
import { shopChart } from '../support';
import { findings, raw } from './findings';

const SHAPE = '/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}';
const MANAGED = '{ matchLabels: { spiffe.io/spire-managed-identity: "true" } }';

const identity = (template: string, podSelector = MANAGED) => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: { name: shop }
spec: { spiffeIDTemplate: "${template}", podSelector: ${podSelector} }
---
`;

const deployment = (templates: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders }, annotations: { inject.istio.io/templates: "${templates}" } }
    spec: { containers: [{ name: app, image: "registry.example.com/orders:1.0.0" }] }
---
`;

const policy = (...principals: string[]) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [${principals.map(principal => `"${principal}"`).join(', ')}] } }] }] }
---
`;

// istio pkg/spiffe/spiffe.go, ParseIdentity: five segments, the second ns, the fourth sa
describe('the shape of identities of SPIRE', () => {
  test.each([
    ['of SPIRE\'s own documents', 'spiffe://{{ .TrustDomain }}/{{ .PodMeta.UID }}'],
    ['with a segment more', `spiffe://{{ .TrustDomain }}/cluster${SHAPE}`],
    ['without the account', 'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/'],
    ['without the scheme', `{{ .TrustDomain }}${SHAPE}`],
  ])('is found %s', (_which, template) => {
    expect(found(identity(template), 'SM0283').map(({ field }) => field)).toEqual(['spec.spiffeIDTemplate']);
  });

  test.each([
    ['as Istio has it', identity(`spiffe://{{ .TrustDomain }}${SHAPE}`)],
    ['with trimmed and literal parts', identity('spiffe://shop.example/ns/{{- .PodMeta.Namespace -}}/sa/orders')],
    ['where the pods are none of the mesh', identity('spiffe://{{ .TrustDomain }}/{{ .PodMeta.UID }}', '{ matchLabels: { app: orders } }') + deployment('sidecar')],
    ['that only the template language knows', identity('spiffe://{{ .TrustDomain }}/ns/{{ or .PodMeta.Namespace \'a/b\' }}/sa/x')],
  ])('passes %s', (_which, text) => {
    expect(found(text, 'SM0283')).toEqual([]);
  });

  test('is also looked at where pods say by annotation that their certificates come from SPIRE', () => {
    const text = identity('spiffe://{{ .TrustDomain }}/{{ .PodMeta.UID }}', '{ matchLabels: { app: orders } }') + deployment('sidecar,spire');
    expect(found(text, 'SM0283')).toHaveLength(1);
  });
});

// istio pilot/pkg/security/trustdomain/bundle.go, ReplaceTrustDomainAliases
describe('the trust domain of identities of SPIRE', () => {
  const ids = identity(`spiffe://prod.example.com${SHAPE}`);
  const config = (mesh: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |-
    ${mesh}
---
`;
  const sail = (meshConfig: string) => `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec: { version: v1.30-latest, namespace: istio-system, values: { meshConfig: ${meshConfig} } }
---
`;
  const operator = (spec: string) => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: mesh, namespace: istio-system }\nspec: ${spec}\n---\n`;

  test.each([
    ['the ConfigMap of istiod', config('trustDomain: shop.example.com'), 'the mesh is in shop.example.com'],
    ['the sail operator\'s Istio', sail('{ trustDomain: shop.example.com }'), 'the mesh is in shop.example.com'],
    ['an IstioOperator', operator('{ meshConfig: { trustDomain: shop.example.com } }'), 'the mesh is in shop.example.com'],
    ['the values of an IstioOperator', operator('{ values: { meshConfig: { trustDomain: shop.example.com } } }'), 'the mesh is in shop.example.com'],
    ['the principals of policies', policy('shop.example.com/ns/shop/sa/orders', '*'), 'policies of the app name shop.example.com'],
  ])('is held against %s', (_what, world, reason) => {
    expect(found(world + ids, 'SM0284').map(problem => problem.reason.includes(reason))).toEqual([true]);
  });

  test.each([
    ['the same', config('trustDomain: prod.example.com')],
    ['an alias', sail('{ trustDomain: shop.example.com, trustDomainAliases: [prod.example.com] }')],
    ['cluster.local in policies, which stands for every one', policy('cluster.local/ns/shop/sa/orders')],
    ['several in policies, of a federation', policy('a.example/ns/shop/sa/orders', 'b.example/ns/shop/sa/orders')],
    ['nothing', ''],
  ])('passes %s', (_what, world) => {
    expect(found(world + ids, 'SM0284')).toEqual([]);
  });

  test('is held against the cluster profile, from which the construct takes it', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ trustDomain: 'shop.example.com' }).applyTo(chart);
    new ClusterSpiffeId(chart, 'shop');
    expect(findings(spiffeIdTrustDomain, chart)).toEqual([]);
    raw(chart, {
      apiVersion: 'spire.spiffe.io/v1alpha1',
      kind: 'ClusterSPIFFEID',
      metadata: { name: 'old' },
      spec: { spiffeIDTemplate: `spiffe://old.example.com${SHAPE}`, podSelector: { matchLabels: { 'spiffe.io/spire-managed-identity': 'true' } } },
    });
    expect(findings(spiffeIdTrustDomain, chart).map(({ reason }) => reason)).toEqual([
      'it is in the trust domain old.example.com, and the cluster profile says shop.example.com: no policy of the mesh matches these identities',
    ]);
  });
});

test('the rules of SPIRE take garbage', () => {
  const text = ['spec: 3', 'spec: { spiffeIDTemplate: 3, podSelector: 3 }', 'spec: { spiffeIDTemplate: "{{", podSelector: { matchLabels: [] } }']
    .map((spec, index) => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: { name: n${index} }\n${spec}\n---\n`).join('');
  expect(checkFiles([{ name: 'app.yaml', text }]).filter(({ code }) => code === 'SM0007')).toEqual([]);
});
