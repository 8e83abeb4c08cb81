import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { ManifestModel } from '../../lib/analysis/model';
import { modelOfFiles } from '../../lib/analysis/reading';
import { isClusterScoped, schemasFolder } from '../../lib/analysis/scopes';
import { membershipFromLabels, namespaceMembership } from '../../lib/core/membership';

const TEXT = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Secret
metadata: {name: a}
---
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: shop, labels: {second: "true"}}
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: a, namespace: shop}
---
apiVersion: example.com/v1
kind: Unknown
metadata: {name: 7, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: text
`;

function model(text = TEXT): ManifestModel {
  return ManifestModel.of(modelOfFiles([{ name: 'a.yaml', text }]));
}

describe('the model of files', () => {
  test('knows where each object is from', () => {
    expect(model().objects.map(({ path: place }) => place)).toEqual(['a.yaml:1', 'a.yaml:5', 'a.yaml:9', 'a.yaml:13', 'a.yaml:17', 'a.yaml:21', 'a.yaml:25']);
  });

  test('finds objects by kind whatever the version, by identity, by namespace', () => {
    const found = model();
    expect(found.ofKind('', 'Secret')).toHaveLength(3);
    expect(found.ofKind('serving.knative.dev', 'Service')).toHaveLength(1);
    expect(found.ofKind('', 'Service')).toEqual([]);
    expect(found.byName('', 'Secret', 'default', 'a')?.path).toBe('a.yaml:5');
    expect(found.byName('', 'Secret', 'shop', 'a')?.path).toBe('a.yaml:9');
    expect(found.byName('', 'Namespace', undefined, 'shop')?.path).toBe('a.yaml:1');
    expect(found.byName('', 'Secret', 'shop', 'b')).toBeUndefined();
    expect(found.inNamespace('default').map(({ manifest }) => manifest.kind)).toEqual(['Secret', 'Pod']);
    expect(found.inNamespace('shop')).toHaveLength(4);
    expect(found.inNamespace('other')).toEqual([]);
  });

  test('has no name where there is no text, and always metadata', () => {
    const [unknown, pod] = model().objects.slice(-2);
    expect([unknown.name, unknown.namespace]).toEqual([undefined, 'shop']);
    expect([pod.name, pod.namespace, pod.manifest.metadata]).toEqual([undefined, 'default', {}]);
  });

  test('computes an index once', () => {
    const found = model();
    let computed = 0;
    const index = () => ++computed;
    expect([found.derived(index), found.derived(index), model().derived(index)]).toEqual([1, 1, 2]);
  });

  test('lets what asks the app about namespaces see those of files', () => {
    const root = modelOfFiles([{ name: 'a.yaml', text: TEXT }]);
    expect(namespaceMembership(root, 'shop')).toBe(membershipFromLabels({ 'istio-injection': 'enabled' }));
  });
});

test('an object of an app is known by the construct that was written', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
  expect(ManifestModel.of(chart.node.root).byName('', 'Secret', 'shop', 'a')).toMatchObject({ path: 'chart/raw', namespace: 'shop', name: 'a', group: '' });
});

describe('the scope of a kind', () => {
  test.each([['', 'Namespace'], ['', 'PersistentVolume'], ['rbac.authorization.k8s.io', 'ClusterRole'], ['gateway.networking.k8s.io', 'GatewayClass']])('%s %s belongs to no namespace', (group, kind) => {
    expect(isClusterScoped(group, kind)).toBe(true);
  });

  test.each([['', 'Service'], ['serving.knative.dev', 'Service'], ['example.com', 'Namespace']])('%s %s belongs to one', (group, kind) => {
    expect(isClusterScoped(group, kind)).toBe(false);
  });

  test('is read from the imported schemas', () => {
    expect(path.relative(path.join(__dirname, '..', '..'), schemasFolder())).toBe(path.join('imports', 'schemas'));
    expect(fs.existsSync(path.join(schemasFolder(), 'kubernetes.json'))).toBe(true);
  });
});
