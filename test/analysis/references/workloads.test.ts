import { deployment, knative, modelOf, namespace, service, yaml } from './findings';
import { ClusterProfile, MeshMembership } from '../../../lib';
import {
  configurationsOf, labelSelector, mapSelector, membershipOf, mountsOf, portsOf, selectorText, selects, serviceAccountOf, servicesOf, Workload, workloadsOf,
} from '../../../lib/analysis/workloads';

function only(text: string): Workload {
  const { all } = workloadsOf(modelOf(text));
  expect(all).toHaveLength(1);
  return all[0];
}

function template(apiVersion: string, kind: string, path: string[], labels = 'app: orders'): string {
  const indent = (depth: number) => '  '.repeat(depth + 1);
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: orders, namespace: shop }
spec:
${path.map((key, depth) => `${indent(depth)}${key}:`).join('\n')}
${indent(path.length)}metadata: { labels: { ${labels} } }
${indent(path.length)}spec: { serviceAccountName: clerk, containers: [{ name: orders, image: example.com/orders:1.2.0, ports: [{ name: http, containerPort: 8080 }] }] }
`;
}

describe('pods of every kind', () => {
  test.each([
    ['apps/v1', 'Deployment', ['template'], 'spec.template.'],
    ['apps/v1', 'StatefulSet', ['template'], 'spec.template.'],
    ['apps/v1', 'DaemonSet', ['template'], 'spec.template.'],
    ['apps/v1', 'ReplicaSet', ['template'], 'spec.template.'],
    ['v1', 'ReplicationController', ['template'], 'spec.template.'],
    ['batch/v1', 'Job', ['template'], 'spec.template.'],
    ['batch/v1', 'CronJob', ['jobTemplate', 'spec', 'template'], 'spec.jobTemplate.spec.template.'],
    ['sinks.knative.dev/v1alpha1', 'JobSink', ['job', 'spec', 'template'], 'spec.job.spec.template.'],
    ['keda.sh/v1alpha1', 'ScaledJob', ['jobTargetRef', 'template'], 'spec.jobTargetRef.template.'],
    ['serving.knative.dev/v1', 'Service', ['template'], 'spec.template.'],
    ['serving.knative.dev/v1', 'Configuration', ['template'], 'spec.template.'],
    ['sources.knative.dev/v1', 'ContainerSource', ['template'], 'spec.template.'],
    ['argoproj.io/v1alpha1', 'Rollout', ['template'], 'spec.template.'],
    ['apps.openshift.io/v1', 'DeploymentConfig', ['template'], 'spec.template.'],
  ])('%s %s', (apiVersion, kind, path, field) => {
    const workload = only(template(apiVersion, kind, path));
    expect(workload).toMatchObject({ name: 'orders', namespace: 'shop', path: field, complete: true });
    expect(workload.labels).toMatchObject({ app: 'orders' });
    expect(serviceAccountOf(workload)).toBe('clerk');
    expect(portsOf(workload)).toContainEqual({ name: 'http', number: 8080 });
  });

  test('a bare Pod is its own template', () => {
    const workload = only(`apiVersion: v1
kind: Pod
metadata: { name: orders, labels: { app: orders } }
spec: { containers: [{ name: orders, image: example.com/orders:1.2.0 }] }
`);
    expect(workload).toMatchObject({ namespace: 'default', path: '', labels: { app: 'orders' } });
    expect(serviceAccountOf(workload)).toBe('default');
  });

  test('a SpinApp gives its pods the labels by which its Service finds them', () => {
    const workload = only(`apiVersion: core.spinkube.dev/v1alpha1
kind: SpinApp
metadata: { name: resize, namespace: shop }
spec: { image: example.com/resize:1, podLabels: { team: media } }
`);
    expect(workload.labels).toEqual({ 'team': 'media', 'core.spinkube.dev/app-name': 'resize', 'core.spinkube.dev/app.resize.status': 'ready' });
    expect(portsOf(workload)).toEqual([{ name: 'http-app', number: 80 }]);
    expect(workload.complete).toBe(false);
  });

  test('Istio runs pods for a Gateway of its class, and for no other', () => {
    const gateway = (className: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec: { gatewayClassName: ${className}, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;
    expect(only(gateway('istio')).labels).toMatchObject({ 'gateway.networking.k8s.io/gateway-name': 'public' });
    expect(workloadsOf(modelOf(gateway('nginx'))).all).toEqual([]);
  });

  test('a Rollout that refers to a Deployment has no pods of its own', () => {
    const model = modelOf(`apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: orders, namespace: shop }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: orders } }
`);
    expect(workloadsOf(model).all).toEqual([]);
  });

  test('what a template says wrongly is read as nothing', () => {
    const workload = only('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec: { template: [1, 2] }\n');
    expect(workload.labels).toEqual({});
    expect(portsOf(workload)).toEqual([]);
    expect(mountsOf(workload)).toEqual([]);
  });
});

describe('pods of Knative', () => {
  const selected = (text: string, labels: Record<string, string>) => workloadsOf(modelOf(text)).selectedBy(mapSelector(labels), 'shop').length;

  test('carry the names of service, configuration and revision', () => {
    expect(only(knative('orders', { metadata: '{ name: orders-blue }' })).labels).toMatchObject({
      'serving.knative.dev/service': 'orders',
      'serving.knative.dev/configuration': 'orders',
      'serving.knative.dev/revision': 'orders-blue',
      'app': 'orders-blue',
    });
  });

  test('have an app label that is the name of their revision, unless the template has one', () => {
    expect(selected(knative('orders'), { app: 'orders-00007' })).toBe(1);
    expect(selected(knative('orders'), { app: 'payment-00007' })).toBe(0);
    expect(selected(knative('orders', { metadata: '{ labels: { app: shop } }' }), { app: 'orders-00007' })).toBe(0);
    expect(selected(knative('orders', { metadata: '{ labels: { app: shop } }' }), { app: 'shop' })).toBe(1);
  });

  test('may be of any revision of their configuration', () => {
    expect(selected(knative('orders'), { 'serving.knative.dev/revision': 'orders-00042' })).toBe(1);
    expect(selected(knative('orders'), { 'serving.knative.dev/revision': 'payment-00042' })).toBe(0);
  });

  test('have the ports of queue-proxy', () => {
    expect(portsOf(only(knative('orders')))).toEqual(expect.arrayContaining([
      { name: 'queue-port', number: 8012 }, { name: 'http-usermetric', number: 9091 }, { name: 'user-port', number: 8080 },
    ]));
  });
});

describe('selectors', () => {
  const labels = { app: 'orders', version: 'v1' };

  test.each([
    [{ matchLabels: { app: 'orders' } }, true],
    [{ matchLabels: { app: 'orders', version: 'v2' } }, false],
    [{ matchExpressions: [{ key: 'version', operator: 'In', values: ['v1', 'v2'] }] }, true],
    [{ matchExpressions: [{ key: 'version', operator: 'NotIn', values: ['v1'] }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['backend'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, true],
    [{}, true],
  ])('%j', (selector, expected) => {
    expect(selects(labelSelector(selector), labels)).toBe(expected);
  });

  test('are spelt as kubectl spells them', () => {
    expect(selectorText(labelSelector({ matchLabels: { app: 'orders' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] }))).toBe('app=orders,tier in (a,b)');
  });

  test('find pods of one namespace, or of all', () => {
    const workloads = workloadsOf(modelOf(yaml(deployment('orders'), deployment('orders', { namespace: 'test' }), deployment('payment'))));
    expect(workloads.selectedBy(mapSelector({ app: 'orders' }), 'shop')).toHaveLength(1);
    expect(workloads.selectedBy(mapSelector({ app: 'orders' }))).toHaveLength(2);
    expect(workloads.selectedBy(mapSelector({}), 'shop')).toHaveLength(2);
  });

  test('that are equal give one list', () => {
    const workloads = workloadsOf(modelOf(deployment('orders')));
    expect(workloads.selectedBy(mapSelector({ app: 'orders' }), 'shop')).toBe(workloads.selectedBy(mapSelector({ app: 'orders' }), 'shop'));
  });
});

describe('services', () => {
  const text = yaml(deployment('orders'), service('orders'), service('orders-internal', { selector: 'app: orders' }), service('payment'));

  test('lead to the pods that they select', () => {
    const services = servicesOf(modelOf(text));
    expect(services.podsOf(services.find('shop', 'orders')!).map(({ name }) => name)).toEqual(['orders']);
    expect(services.podsOf(services.find('shop', 'payment')!)).toEqual([]);
  });

  test('are known by the pods that they lead to', () => {
    const model = modelOf(text);
    const [orders] = workloadsOf(model).all;
    expect(servicesOf(model).ofWorkload(orders).map(({ name }) => name)).toEqual(['orders', 'orders-internal']);
  });

  test('take their own port for the target where none is written', () => {
    expect(servicesOf(modelOf(service('orders', { ports: '{ port: 80 }' }))).all[0].ports[0]).toMatchObject({ number: 80, target: 80, protocol: 'TCP' });
  });

  test('of type ExternalName have no pods', () => {
    const model = modelOf(yaml(deployment('orders'), 'apiVersion: v1\nkind: Service\nmetadata: { name: orders, namespace: shop }\nspec: { type: ExternalName, externalName: a.example, selector: { app: orders } }'));
    expect(servicesOf(model).all[0].selector).toBeUndefined();
  });
});

describe('what pods mount', () => {
  test('variables, environments and volumes', () => {
    const workload = only(deployment('orders', {
      container: `env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: url } } }, { name: B, valueFrom: { configMapKeyRef: { name: conf, key: region, optional: true } } }],
        envFrom: [{ secretRef: { name: all } }]`,
      pod: `
      volumes:
        - { name: a, secret: { secretName: certs, items: [{ key: tls.crt, path: crt }] } }
        - { name: b, persistentVolumeClaim: { claimName: data } }
        - { name: c, projected: { sources: [{ configMap: { name: extra } }] } }`,
    }));
    expect(mountsOf(workload).map(({ kind, name, key, optional }) => [kind, name, key, optional])).toEqual([
      ['Secret', 'db', 'url', false],
      ['ConfigMap', 'conf', 'region', true],
      ['Secret', 'all', undefined, false],
      ['Secret', 'certs', 'tls.crt', false],
      ['PersistentVolumeClaim', 'data', undefined, false],
      ['ConfigMap', 'extra', undefined, false],
    ]);
  });

  test('Secrets also come from what makes them', () => {
    const configurations = configurationsOf(modelOf(yaml(
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: shop, namespace: shop }\nspec: { secretName: shop-tls }',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: db, namespace: shop }\nspec: { data: [{ secretKey: url }] }',
    )));
    expect(configurations.find('Secret', 'shop', 'shop-tls')).toMatchObject({ keys: undefined });
    expect(configurations.find('Secret', 'shop', 'db')?.keys).toEqual(new Set(['url']));
    expect(configurations.find('Secret', 'other', 'db')).toBeUndefined();
  });
});

describe('membership in the mesh', () => {
  const membership = (text: string, profile?: ClusterProfile) => {
    const model = modelOf(text, profile);
    return membershipOf(model, workloadsOf(model).all[0]);
  };

  test('follows the namespace, and what the pods say for themselves', () => {
    expect(membership(yaml(namespace('shop'), deployment('orders')))).toBe(MeshMembership.SIDECAR);
    expect(membership(yaml(namespace('shop', 'istio.io/dataplane-mode: ambient'), deployment('orders')))).toBe(MeshMembership.AMBIENT);
    expect(membership(yaml(namespace('shop', 'team: shop'), deployment('orders')))).toBe(MeshMembership.OUTSIDE);
    expect(membership(yaml(namespace('shop', 'team: shop'), deployment('orders', { labels: 'app: orders, sidecar.istio.io/inject: "true"' })))).toBe(MeshMembership.SIDECAR);
    expect(membership(yaml(namespace('shop'), deployment('orders', { labels: 'app: orders, sidecar.istio.io/inject: "false"' })))).toBe(MeshMembership.OUTSIDE);
    expect(membership(yaml(namespace('shop'), deployment('orders', { pod: '\n      hostNetwork: true' })))).toBe(MeshMembership.OUTSIDE);
  });

  test('is unknown where nobody declares the namespace', () => {
    expect(membership(deployment('orders'))).toBeUndefined();
    const profile = new ClusterProfile({ namespaces: [{ name: 'shop', mesh: MeshMembership.AMBIENT }] });
    expect(membership(deployment('orders'), profile)).toBe(MeshMembership.AMBIENT);
    expect(membership(deployment('orders'), ClusterProfile.withoutMesh())).toBe(MeshMembership.OUTSIDE);
  });
});
