import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AccessPolicy, Caller, ClusterProfile, MeshMembership, OpenFaasFunction, OpenFaasFunctionProps, OpenFaasScaleType, WorkloadKind } from '../../../lib';
import { Intents } from '../../../lib/core/intents';
import { Json, problems, shopChart } from '../../support';

const IMAGE = 'ghcr.io/openfaas/figlet:0.1.0';

function figlet(props: Partial<OpenFaasFunctionProps> = {}, profile?: ClusterProfile): OpenFaasFunction {
  const chart = shopChart();
  profile?.applyTo(chart);
  return new OpenFaasFunction(chart, 'figlet', { image: IMAGE, ...props });
}

function spec(props: Partial<OpenFaasFunctionProps>): Json {
  const subject = figlet(props);
  expect(problems(subject)).toEqual([]);
  return (subject.apiObject.toJson() as Json).spec;
}

describe('a function of OpenFaaS', () => {
  test('is safe where nothing is said', () => {
    expect(figlet().apiObject.toJson()).toEqual({
      apiVersion: 'openfaas.com/v1',
      kind: 'Function',
      metadata: { name: 'figlet', namespace: 'openfaas-fn' },
      spec: {
        name: 'figlet',
        image: IMAGE,
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '512Mi' },
        readOnlyRootFilesystem: true,
      },
    });
  });

  test.each<[string, Partial<OpenFaasFunctionProps>, Json]>([
    ['has a name', { name: 'banner' }, { name: 'banner' }],
    ['has a handler', { handler: './figlet' }, { handler: './figlet' }],
    ['has variables', { env: { write_debug: 'true' } }, { environment: { write_debug: 'true' } }],
    ['has resources', { resources: { cpu: { limit: kplus.Cpu.millis(200) }, memory: { request: Size.mebibytes(64) } } }, { limits: { cpu: '200m' }, requests: { memory: '64Mi' } }],
    ['may write everywhere', { allowWritableRootFilesystem: true }, { readOnlyRootFilesystem: false }],
    ['runs on some nodes', { nodeLabels: { 'kubernetes.io/arch': 'arm64' } }, { constraints: ['kubernetes.io/arch=arm64'] }],
    ['has labels and annotations', { labels: { team: 'shop' }, annotations: { topic: 'orders' } }, { labels: { team: 'shop' }, annotations: { topic: 'orders' } }],
    ['scales', { scaling: { min: 2, max: 10, type: OpenFaasScaleType.CAPACITY, target: 5, targetProportion: 0.7 } }, {
      labels: {
        'com.openfaas.scale.min': '2',
        'com.openfaas.scale.max': '10',
        'com.openfaas.scale.type': 'capacity',
        'com.openfaas.scale.target': '5',
        'com.openfaas.scale.target-proportion': '0.7',
      },
    }],
    ['goes to zero', { scaling: { zeroAfter: Duration.minutes(5) } }, { labels: { 'com.openfaas.scale.zero': 'true', 'com.openfaas.scale.zero-duration': '300s' } }],
    ['scales by a rule of its own', { scaling: { type: OpenFaasScaleType.custom('latency') } }, { labels: { 'com.openfaas.scale.type': 'latency' } }],
  ])('%s', (_, props, expected) => {
    expect(spec(props)).toMatchObject(expected);
  });

  test('mounts secrets and runs under an account of its own', () => {
    const chart = shopChart();
    const subject = new OpenFaasFunction(chart, 'figlet', {
      image: IMAGE,
      secrets: [kplus.Secret.fromSecretName(chart, 'key', 'api-key')],
      serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'figlet'),
    });
    expect((subject.apiObject.toJson() as Json).spec).toMatchObject({ secrets: ['api-key'], annotations: { 'com.openfaas.serviceaccount': 'figlet' } });
    expect(subject.meshIdentity).toMatchObject({ namespace: 'openfaas-fn', serviceAccountName: 'figlet' });
  });

  test('is called at the gateway', () => {
    expect(figlet().url).toBe('http://gateway.openfaas.svc.cluster.local:8080/function/figlet');
    expect(figlet().asyncUrl).toBe('http://gateway.openfaas.svc.cluster.local:8080/async-function/figlet');
    expect(figlet({ namespace: 'team-fn', gatewayNamespace: 'faas' }).url).toBe('http://gateway.faas.svc.cluster.local:8080/function/figlet.team-fn');
  });

  test('is a workload with pods of its own', () => {
    const subject = figlet();
    expect(subject).toMatchObject({
      workloadKind: WorkloadKind.OTHER,
      serviceHost: 'figlet.openfaas-fn.svc.cluster.local',
      servicePort: 8080,
      policyPorts: [8080],
      podSelector: { faas_function: 'figlet' },
      serviceAccountName: 'default',
      callerName: 'function openfaas-fn/figlet',
    });
    expect(Intents.of(subject).workloads.all).toEqual([subject]);
  });

  test('is in the mesh as its namespace is', () => {
    expect(figlet().meshMembership).toBe(MeshMembership.OUTSIDE);
    expect(figlet({ labels: { 'sidecar.istio.io/inject': 'true' } }).meshMembership).toBe(MeshMembership.SIDECAR);
    expect(figlet({}, ClusterProfile.sidecar({ namespaces: [{ name: 'openfaas-fn', mesh: MeshMembership.SIDECAR }] })).meshMembership).toBe(MeshMembership.SIDECAR);
  });

  test('lets the gateway in together with the first caller', () => {
    const subject = figlet({}, ClusterProfile.sidecar({ namespaces: [{ name: 'openfaas-fn', mesh: MeshMembership.SIDECAR }] }));
    subject.grantInvoke(Caller.serviceAccount('shop', 'checkout'));
    subject.grantInvoke(Caller.serviceAccount('shop', 'gallery'));
    const policy = AccessPolicy.of(subject)!.apiObject.toJson() as Json;
    expect(policy.metadata).toMatchObject({ name: 'figlet', namespace: 'openfaas-fn' });
    expect(policy.spec.selector).toEqual({ matchLabels: { faas_function: 'figlet' } });
    expect(JSON.stringify(policy.spec.rules).match(/cluster\.local\/ns\/[^"]*/g)!.sort())
      .toEqual(['cluster.local/ns/openfaas/sa/openfaas-operator', 'cluster.local/ns/shop/sa/checkout', 'cluster.local/ns/shop/sa/gallery']);
    expect(problems(subject)).toEqual([]);
  });

  test.each<[string, Partial<OpenFaasFunctionProps>, string]>([
    ['a name with capitals', { name: 'Figlet' }, 'SM0171 spec.name'],
    ['fewer pods at most than at least', { scaling: { min: 5, max: 2 } }, 'SM0172 spec.labels[com.openfaas.scale.min]'],
    ['no pod at least', { scaling: { min: 0 } }, 'SM0172 spec.labels[com.openfaas.scale.min]'],
    ['more than the whole target', { scaling: { targetProportion: 90 } }, 'SM0172 spec.labels[com.openfaas.scale.target-proportion]'],
    ['a password in a variable', { env: { DB: 'postgres://a:b@c/d' } }, 'SM0173 spec.environment[DB]'],
  ])('refuses %s', (_, props, expected) => {
    expect(problems(figlet(props)).filter(({ code }) => code.startsWith('SM017')).map(({ code, field }) => `${code} ${field}`)).toEqual([expected]);
  });

  test('reports what plain JavaScript lets pass instead of breaking', () => {
    const wrong = { image: 7, env: { A: 1 }, secrets: 'x', scaling: { min: 'one', type: 'rps', zeroAfter: '5m' }, nodeLabels: 'arm' } as unknown as OpenFaasFunctionProps;
    const subject = new OpenFaasFunction(shopChart(), 'figlet', wrong);
    expect(problems(subject, 'SM0005').map(({ field }) => field)).toEqual(['image', 'env', 'secrets', 'nodeLabels', 'scaling.min', 'scaling.type', 'scaling.zeroAfter']);
    expect(() => new OpenFaasFunction(shopChart(), 'figlet', undefined as unknown as OpenFaasFunctionProps)).not.toThrow();
  });
});
