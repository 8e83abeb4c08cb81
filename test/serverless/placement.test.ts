import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartWith, checkout, podSpec } from './pods';
import {
  AffinityRule, MeshMembership, NodeRequirement, ServerlessServiceProps, ServingFeature, Toleration, TopologySpread, Workload,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const LEDGER = () => Workload.fromAttributes(shopChart('bank'), 'ledger', { name: 'ledger', podSelector: { app: 'ledger' } });
const ON_NODES = { labelSelector: { matchLabels: { app: 'ledger' } }, namespaces: ['bank'], topologyKey: 'kubernetes.io/hostname' };

/** Settings of a pod behind a flag: what is written for them, and which key of config-features lets them pass. */
const GATED: [property: keyof ServerlessServiceProps, feature: ServingFeature, value: Json, field: string, written: Json][] = [
  ['runtimeClass', ServingFeature.RUNTIME_CLASS_NAME, 'gvisor', 'runtimeClassName', 'gvisor'],
  ['priorityClass', ServingFeature.PRIORITY_CLASS_NAME, 'critical', 'priorityClassName', 'critical'],
  ['scheduler', ServingFeature.SCHEDULER_NAME, 'volcano', 'schedulerName', 'volcano'],
  ['nodeSelector', ServingFeature.NODE_SELECTOR, { disk: 'ssd' }, 'nodeSelector', { disk: 'ssd' }],
  ['hostAliases', ServingFeature.HOST_ALIASES, [{ ip: '10.0.0.1', hostnames: ['ledger'] }], 'hostAliases', [{ ip: '10.0.0.1', hostnames: ['ledger'] }]],
  ['dns', ServingFeature.DNS_POLICY, { policy: kplus.DnsPolicy.DEFAULT }, 'dnsPolicy', 'Default'],
  ['dns', ServingFeature.DNS_CONFIG, { nameservers: ['10.0.0.2'], searches: ['corp'], options: [{ name: 'ndots', value: '2' }] }, 'dnsConfig',
    { nameservers: ['10.0.0.2'], searches: ['corp'], options: [{ name: 'ndots', value: '2' }] }],
  ['shareProcessNamespace', ServingFeature.SHARE_PROCESS_NAMESPACE, true, 'shareProcessNamespace', true],
  ['hostNetwork', ServingFeature.HOST_NETWORK, true, 'hostNetwork', true],
  ['hostPid', ServingFeature.HOST_PID, true, 'hostPID', true],
  ['hostIpc', ServingFeature.HOST_IPC, true, 'hostIPC', true],
  ['podSecurityContext', ServingFeature.SECURITY_CONTEXT,
    { user: 1000, group: 3000, fsGroup: 2000, supplementalGroups: [4000], localSeccompProfile: 'shop.json', ensureNonRoot: true }, 'securityContext',
    {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 3000,
      fsGroup: 2000,
      supplementalGroups: [4000],
      seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' },
    }],
  ['tolerations', ServingFeature.TOLERATIONS, [Toleration.exists('gpu', { effect: kplus.TaintEffect.NO_SCHEDULE })], 'tolerations',
    [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }]],
  ['topologySpread', ServingFeature.TOPOLOGY_SPREAD_CONSTRAINTS, [TopologySpread.overZones()], 'topologySpreadConstraints', [{
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { 'serving.knative.dev/service': 'checkout' } },
    matchLabelKeys: ['serving.knative.dev/revision'],
  }]],
  ['affinity', ServingFeature.AFFINITY, [AffinityRule.requireNodes(NodeRequirement.in('zone', 'a', 'b'))], 'affinity', {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] }] } },
  }],
];

describe('a setting of the pod', () => {
  test.each(GATED)('%s is written where %p is on', (property, feature, value, field, written) => {
    const service = checkout({ [property]: value }, chartWith(feature));
    expect(podSpec(service)[field]).toEqual(written);
    expect(problems(service)).toEqual([]);
  });

  test.each(GATED)('%s is refused where the flag is off, naming its key', (property, feature, value, field) => {
    expect(problems(checkout({ [property]: value }), 'SM0129')).toMatchObject([{
      path: 'chart/checkout',
      field: `spec.template.spec.${field}`,
      fix: expect.stringContaining(`set ${feature.key}: enabled in ConfigMap config-features of knative-serving`),
    }]);
  });

  test('is left out where it says nothing', () => {
    const plain = podSpec(checkout());
    expect(podSpec(checkout({ hostNetwork: false, shareProcessNamespace: false, tolerations: [], affinity: [], dns: {}, imagePullSecrets: [] }))).toEqual(plain);
  });
});

describe('affinity', () => {
  const affinity = (...rules: AffinityRule[]) => podSpec(checkout({ affinity: rules }, chartWith(ServingFeature.AFFINITY))).affinity;

  test('wants nodes that are all of what was said', () => {
    expect(affinity(
      AffinityRule.requireNodes(NodeRequirement.exists('gpu'), NodeRequirement.notIn('zone', 'c')),
      AffinityRule.requireNodes(NodeRequirement.greaterThan('cores', 8)),
      AffinityRule.preferNodes([NodeRequirement.doesNotExist('spot'), NodeRequirement.lessThan('load', 5)], { weight: 20 }),
    )).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{
            matchExpressions: [
              { key: 'gpu', operator: 'Exists' },
              { key: 'zone', operator: 'NotIn', values: ['c'] },
              { key: 'cores', operator: 'Gt', values: ['8'] },
            ],
          }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: 20,
          preference: { matchExpressions: [{ key: 'spot', operator: 'DoesNotExist' }, { key: 'load', operator: 'Lt', values: ['5'] }] },
        }],
      },
    });
  });

  test('is near to workloads and apart from others', () => {
    const ledger = LEDGER();
    expect(affinity(AffinityRule.requireNear(ledger, { topologyKey: 'topology.kubernetes.io/zone' }), AffinityRule.preferApart(ledger))).toEqual({
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...ON_NODES, topologyKey: 'topology.kubernetes.io/zone' }] },
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: ON_NODES }] },
    });
    expect(affinity(AffinityRule.preferNear(ledger, { weight: 5 }), AffinityRule.requireApart(ledger))).toEqual({
      podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: ON_NODES }] },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [ON_NODES] },
    });
  });
});

test('taints are put up with by key, by value, altogether and for a while', () => {
  const service = checkout({
    tolerations: [
      Toleration.equal('pool', 'batch', { effect: kplus.TaintEffect.NO_EXECUTE, evictAfter: Duration.minutes(5) }),
      Toleration.everything(),
    ],
  }, chartWith(ServingFeature.TOLERATIONS));
  expect(podSpec(service).tolerations).toEqual([
    { key: 'pool', operator: 'Equal', value: 'batch', effect: 'NoExecute', tolerationSeconds: 300 },
    { operator: 'Exists' },
  ]);
});

test('pods are spread strictly, over anything, counting others', () => {
  const service = checkout({
    topologySpread: [
      TopologySpread.overNodes({ required: true, maxSkew: 2, minDomains: 3 }),
      TopologySpread.over('rack', { podLabels: { app: 'checkout' } }),
    ],
  }, chartWith(ServingFeature.TOPOLOGY_SPREAD_CONSTRAINTS));
  expect(podSpec(service).topologySpreadConstraints).toMatchObject([
    { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2, minDomains: 3 },
    { topologyKey: 'rack', labelSelector: { matchLabels: { app: 'checkout' } } },
  ]);
  expect(podSpec(service).topologySpreadConstraints[1]).not.toHaveProperty('matchLabelKeys');
});

describe('the service account', () => {
  test('gives its token to the application when it is said to', () => {
    expect(manifest(checkout({ automountServiceAccountToken: true }), 'ServiceAccount').automountServiceAccountToken).toBe(true);
    expect(podSpec(checkout({ automountServiceAccountToken: true }))).not.toHaveProperty('automountServiceAccountToken');
  });

  test('that was given can be kept from mounting its token, and no more', () => {
    const chart = shopChart();
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'builder');
    const service = checkout({ serviceAccount, automountServiceAccountToken: false }, chart);
    expect(podSpec(service).automountServiceAccountToken).toBe(false);
    expect(manifests(service).map(({ kind }) => kind)).toEqual(['Service']);
    expect(problems(service)).toEqual([]);
    expect(problems(checkout({ serviceAccount, automountServiceAccountToken: true }))).toMatchObject([
      { code: 'SM1106', field: 'automountServiceAccountToken', value: 'true' },
    ]);
  });
});

test('images are fetched with secrets, and Services of the namespace become variables when wanted', () => {
  const chart = shopChart();
  const service = checkout({ imagePullSecrets: [kplus.Secret.fromSecretName(chart, 'registry', 'registry')], enableServiceLinks: true }, chart);
  expect(podSpec(service)).toMatchObject({ imagePullSecrets: [{ name: 'registry' }], enableServiceLinks: true });
  expect(problems(service)).toEqual([]);
});

test('a pod on the network of its node is not in the mesh', () => {
  const service = checkout({ hostNetwork: true }, chartWith(ServingFeature.HOST_NETWORK));
  expect(service.meshMembership).toBe(MeshMembership.OUTSIDE);
});

test.each<[field: string, props: Json]>([
  ['imagePullSecrets', { imagePullSecrets: ['registry'] }],
  ['podSecurityContext.user', { podSecurityContext: { user: 'app' } }],
  ['podSecurityContext.supplementalGroups', { podSecurityContext: { supplementalGroups: 5 } }],
  ['nodeSelector', { nodeSelector: 'ssd' }],
  ['affinity', { affinity: [{}] }],
  ['affinity.requirements', { affinity: [AffinityRule.requireNodes('gpu' as Json)] }],
  ['affinity.workload', { affinity: [AffinityRule.requireNear('ledger' as Json)] }],
  ['tolerations', { tolerations: [{ key: 'gpu' }] }],
  ['topologySpread', { topologySpread: TopologySpread.overZones() }],
  ['hostAliases', { hostAliases: ['10.0.0.1 ledger'] }],
  ['dns.nameservers', { dns: { nameservers: '10.0.0.2' } }],
  ['queueProxyResources.cpu.request', { queueProxyResources: { cpu: { request: '100m' } } }],
  ['meshProxyResources.memory', { meshProxyResources: { memory: '1Gi' } }],
])('a value of the wrong type at %s is a problem and no stack trace', (field, props) => {
  const found = problems(checkout(props));
  expect(found.filter(({ code }) => code === 'SM0005').map(problem => problem.field)).toEqual([field]);
  expect(found.map(({ code }) => code)).not.toContain('SM0001');
});
