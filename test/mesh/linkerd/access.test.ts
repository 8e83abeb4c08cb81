import { ActivatorStrategy, Caller, ClusterProfile, LinkerdAccess, LinkerdProtocol } from '../../../lib';
import { manifest, problems, shopChart } from '../../support';
import { TestDeployment, TestService } from '../workloads';

function linkerdChart() {
  const chart = shopChart();
  ClusterProfile.linkerd().applyTo(chart);
  return chart;
}

test('a port of a workload takes the callers that are named', () => {
  const chart = linkerdChart();
  const access = new LinkerdAccess(chart, 'access', {
    target: new TestDeployment(chart, 'ledger'), protocol: LinkerdProtocol.HTTP1, callers: [Caller.serviceAccount('shop', 'web')],
  });
  access.addCaller(Caller.namespace('reports'));
  expect(manifest(chart, 'Server')).toMatchObject({
    apiVersion: 'policy.linkerd.io/v1beta3',
    metadata: { name: 'ledger-8080', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'ledger' } }, port: 8080, proxyProtocol: 'HTTP/1' },
  });
  expect(manifest(chart, 'MeshTLSAuthentication').spec).toEqual({
    identityRefs: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }, { kind: 'Namespace', name: 'reports' }],
  });
  expect(manifest(chart, 'AuthorizationPolicy')).toMatchObject({
    apiVersion: 'policy.linkerd.io/v1alpha1',
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'ledger-8080' },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'ledger-8080' }],
    },
  });
  expect(problems(chart)).toEqual([]);
});

test('is refused where the mesh is Istio, before Knative services, and without callers', () => {
  const istio = shopChart();
  new LinkerdAccess(istio, 'access', { target: new TestDeployment(istio, 'ledger'), callers: [Caller.namespace('web')] });
  expect(problems(istio, 'SM1341')).toHaveLength(1);
  const chart = linkerdChart();
  new LinkerdAccess(chart, 'knative', { target: new TestService(chart, 'orders', { activator: ActivatorStrategy.outOfPath() }), callers: [Caller.namespace('web')] });
  new LinkerdAccess(chart, 'nobody', { target: new TestDeployment(chart, 'ledger'), callers: [] });
  expect(problems(chart, 'SM1342')).toMatchObject([{ path: 'chart/knative' }]);
  expect(problems(chart, 'SM1343')).toMatchObject([{ path: 'chart/nobody' }]);
});

test('is refused where there is no mesh, and says what it was given instead of a workload and callers', () => {
  const chart = shopChart();
  ClusterProfile.withoutMesh().applyTo(chart);
  new LinkerdAccess(chart, 'access', { target: new TestDeployment(chart, 'ledger'), callers: [Caller.namespace('web')] });
  expect(problems(chart, 'SM1341')).toMatchObject([{ reason: expect.stringContaining('no mesh') }]);
  const wrong = linkerdChart();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const any = (value: unknown) => value as any;
  const access = new LinkerdAccess(wrong, 'bad', any({ target: 'ledger', port: '8080', protocol: 'http', callers: ['web'] }));
  access.addCaller(any('web'));
  new LinkerdAccess(wrong, 'nothing', any({}));
  new LinkerdAccess(wrong, 'undefined', any(undefined));
  expect(problems(wrong, 'SM0005').map(({ path, field }) => [path, field])).toEqual(expect.arrayContaining([
    ...['target', 'port', 'protocol', 'callers', 'addCaller'].map(field => ['chart/bad', field]), ['chart/nothing', 'target'], ['chart/undefined', 'target'],
  ]));
});
