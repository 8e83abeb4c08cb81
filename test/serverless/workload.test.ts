import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Caller, ClusterProfile, MeshMembership, Workload, WorkloadKind } from '../../lib';
import { Intents } from '../../lib/core/intents';
import { Json, manifests, problems, shopChart } from '../support';

interface Web {
  readonly labels?: Record<string, string>;
  readonly namespaceLabels?: Record<string, string>;
  readonly mesh?: MeshMembership;
  readonly profile?: ClusterProfile;
  readonly serviceAccount?: boolean;
}

function web({ labels, namespaceLabels, mesh, profile, serviceAccount }: Web = {}) {
  const chart = shopChart();
  profile?.applyTo(chart);
  if (namespaceLabels) new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop', labels: namespaceLabels } });
  const deployment = new kplus.Deployment(chart, 'deployment', {
    metadata: { name: 'web' },
    podMetadata: { labels: { app: 'web', ...labels } },
    containers: [{ image: 'nginx:1.27', ports: [{ number: 8080, name: 'http' }, { number: 9100, name: 'metrics' }] }],
    serviceAccount: serviceAccount ? kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'web-account') : undefined,
  });
  const service = deployment.exposeViaService({ name: 'web-service', ports: [{ port: 80, targetPort: 8080 }] });
  return { chart, deployment, service, workload: Workload.fromDeployment(chart, 'web', { deployment, service, mesh }) };
}

describe('a Deployment as a workload', () => {
  test('is read off the objects of cdk8s-plus', () => {
    const { workload, deployment } = web({ serviceAccount: true });
    expect(workload.workloadName).toBe('web');
    expect(workload.workloadNamespace).toBe('shop');
    expect(workload.workloadKind).toBe(WorkloadKind.DEPLOYMENT);
    expect(workload.serviceHost).toBe('web-service.shop.svc.cluster.local');
    expect(workload.servicePort).toBe(80);
    expect(workload.policyPorts).toEqual([8080]);
    expect(workload.podSelector).toEqual(deployment.matchLabels);
    expect(workload.serviceAccountName).toBe('web-account');
    expect(workload.meshIdentity).toMatchObject({ namespace: 'shop', serviceAccountName: 'web-account' });
    expect(workload.callerName).toBe('workload shop/web');
    expect(problems(workload)).toEqual([]);
  });

  test('writes nothing of its own and registers itself', () => {
    const { workload } = web();
    expect(manifests(workload)).toEqual([]);
    expect(Intents.of(workload).workloads.all).toEqual([workload]);
  });

  test('runs under the service account default where it names none', () => {
    expect(web().workload.serviceAccountName).toBe('default');
  });

  test('follows patches and later changes', () => {
    // cdk8s-plus writes a port from an object around its value
    const { workload, deployment, service } = web();
    ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/ports/0/targetPort', { value: 'metrics' }), JsonPatch.replace('/spec/ports/0/port', 9000));
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/serviceAccountName', 'patched'));
    expect(workload.policyPorts).toEqual([9100]);
    expect(workload.servicePort).toBe(9000);
    expect(workload.serviceAccountName).toBe('patched');
  });

  const { SIDECAR, AMBIENT, OUTSIDE } = MeshMembership;
  test.each<[MeshMembership, Web]>([
    [OUTSIDE, {}],
    [SIDECAR, { labels: { 'sidecar.istio.io/inject': 'true' } }],
    [SIDECAR, { labels: { 'istio.io/rev': 'canary' } }],
    [SIDECAR, { namespaceLabels: { 'istio-injection': 'enabled' } }],
    [SIDECAR, { namespaceLabels: { 'istio.io/rev': 'canary' } }],
    [SIDECAR, { namespaceLabels: { 'istio-injection': 'enabled' }, labels: { 'istio.io/dataplane-mode': 'none' } }],
    [OUTSIDE, { namespaceLabels: { 'istio-injection': 'enabled' }, labels: { 'sidecar.istio.io/inject': 'false' } }],
    [OUTSIDE, { namespaceLabels: { 'istio-injection': 'disabled' }, labels: { 'sidecar.istio.io/inject': 'true' } }],
    [OUTSIDE, { namespaceLabels: { team: 'shop' } }],
    [AMBIENT, { namespaceLabels: { 'istio.io/dataplane-mode': 'ambient' } }],
    [AMBIENT, { labels: { 'istio.io/dataplane-mode': 'ambient' } }],
    [OUTSIDE, { namespaceLabels: { 'istio.io/dataplane-mode': 'ambient' }, labels: { 'istio.io/dataplane-mode': 'none' } }],
    [SIDECAR, { profile: ClusterProfile.sidecar({ namespaces: [{ name: 'shop', mesh: SIDECAR }] }) }],
    [OUTSIDE, { profile: ClusterProfile.withoutMesh(), labels: { 'sidecar.istio.io/inject': 'true' } }],
    [AMBIENT, { mesh: AMBIENT }],
  ])('is in the mesh as %s with %j', (membership, given) => {
    expect(web(given).workload.meshMembership).toBe(membership);
  });

  test('is outside of the mesh on the network of its host', () => {
    const { workload, deployment } = web({ labels: { 'sidecar.istio.io/inject': 'true' } });
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/hostNetwork', true));
    expect(workload.meshMembership).toBe(MeshMembership.OUTSIDE);
  });

  test('refuses a Service that selects other pods, or none', () => {
    const { chart, deployment } = web();
    const other = new kplus.Service(chart, 'other', { metadata: { name: 'other' }, ports: [{ port: 80 }] });
    other.selectLabel('app', 'api');
    Workload.fromDeployment(chart, 'mismatch', { deployment, service: other });
    const none = new kplus.Service(chart, 'none', { type: kplus.ServiceType.EXTERNAL_NAME, externalName: 'example.com' });
    Workload.fromDeployment(chart, 'nothing', { deployment, service: none });
    expect(problems(chart, 'SM0184')).toMatchObject([
      { path: 'chart/mismatch', field: 'service', reason: expect.stringContaining('no label app=api'), fix: expect.stringContaining('exposeViaService') },
      { path: 'chart/nothing', reason: 'the Service selects no pods' },
    ]);
  });

  test('refuses a port name that no container declares', () => {
    const { chart, service } = web();
    ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/ports/0/targetPort', { value: 'grpc' }));
    expect(problems(chart, 'SM0185')).toMatchObject([{ path: 'chart/web', value: '"grpc"' }]);
  });

  test('refuses a Service of another namespace', () => {
    const app = new App();
    const deployment = new kplus.Deployment(new Chart(app, 'a', { namespace: 'a' }), 'web', { containers: [{ image: 'nginx:1.27', portNumber: 80 }] });
    const chart = new Chart(app, 'b', { namespace: 'b' });
    const service = new kplus.Service(chart, 'service', { selector: deployment, ports: [{ port: 80 }] });
    Workload.fromDeployment(chart, 'web', { deployment, service });
    expect(problems(chart, 'SM0186')).toMatchObject([{ path: 'b/web', reason: expect.stringContaining('the Deployment is in a') }]);
  });

  test('survives a patch that leaves nothing sensible', () => {
    const { chart, deployment, service } = web();
    for (const path of ['/spec/template/spec/containers', '/spec/template/metadata', '/spec/selector']) {
      ApiObject.of(deployment).addJsonPatch(JsonPatch.replace(path, 'nothing'));
    }
    ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/ports', 'nothing'));
    expect(() => problems(chart)).not.toThrow();
  });
});

describe('a workload from its attributes', () => {
  function attributes(given: Json, profile?: ClusterProfile): Workload {
    const chart = shopChart();
    profile?.applyTo(chart);
    return Workload.fromAttributes(chart, 'ledger', { name: 'ledger', podSelector: { app: 'ledger' }, ...given });
  }

  test('assumes what is usual', () => {
    const workload = attributes({});
    expect(workload).toMatchObject({
      workloadName: 'ledger',
      workloadNamespace: 'shop',
      workloadKind: WorkloadKind.OTHER,
      serviceHost: 'ledger.shop.svc.cluster.local',
      servicePort: 80,
      policyPorts: [80],
      podSelector: { app: 'ledger' },
      serviceAccountName: 'default',
      meshMembership: MeshMembership.OUTSIDE,
    });
    expect(problems(workload)).toEqual([]);
  });

  test('says otherwise where it is told', () => {
    expect(attributes({
      namespace: 'bank', serviceName: 'ledger-api', servicePort: 8443, podPorts: [9443], serviceAccountName: 'ledger', mesh: MeshMembership.SIDECAR,
    }, new ClusterProfile({ clusterDomain: 'corp.internal' }))).toMatchObject({
      workloadNamespace: 'bank',
      serviceHost: 'ledger-api.bank.svc.corp.internal',
      servicePort: 8443,
      policyPorts: [9443],
      serviceAccountName: 'ledger',
      meshMembership: MeshMembership.SIDECAR,
    });
  });

  test('takes its membership from what is known of its namespace', () => {
    const profile = ClusterProfile.sidecar({ namespaces: [{ name: 'bank', mesh: MeshMembership.AMBIENT }] });
    expect(attributes({ namespace: 'bank' }, profile).meshMembership).toBe(MeshMembership.AMBIENT);
    expect(attributes({}, profile).meshMembership).toBe(MeshMembership.OUTSIDE);
  });

  test('refuses a selector that means every pod', () => {
    expect(problems(attributes({ podSelector: {} }), 'SM0183')).toMatchObject([{ path: 'chart/ledger', field: 'podSelector' }]);
  });

  test('can be granted to callers', () => {
    const workload = attributes({});
    const caller = Caller.namespace('shop');
    workload.grantInvoke(caller);
    expect(Intents.of(workload).edges.all).toEqual([{ caller, target: workload, options: {} }]);
  });
});
