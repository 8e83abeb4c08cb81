import { Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  AffinityRule, ClusterProfile, ContainerService, MeshCronJob, MeshJob, MeshMembership, NodeRequirement, PodSettings, Toleration, TopologySpread, Workload,
} from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

const IMAGE = 'registry.example.com/shop/report:1.2.0';

interface Kind {
  readonly generation: string;
  readonly make: (props: Json, profile?: ClusterProfile) => { meshMembership: MeshMembership } & Construct;
  readonly template: (made: Construct) => Json;
  readonly selector: Json;
}

function chart(profile = ClusterProfile.sidecar()) {
  const made = shopChart();
  profile.applyTo(made);
  return made;
}

const KINDS: [string, Kind][] = [
  ['ContainerService', {
    generation: 'pod-template-hash',
    selector: { app: 'report', version: 'v1' },
    make: (props, profile) => new ContainerService(chart(profile), 'report', { image: IMAGE, ...props }),
    template: made => manifest(made, 'Deployment').spec.template,
  }],
  ['MeshJob', {
    generation: 'batch.kubernetes.io/controller-uid',
    selector: { app: 'report' },
    make: (props, profile) => new MeshJob(chart(profile), 'report', { image: IMAGE, ...props }),
    template: made => manifest(made, 'Job').spec.template,
  }],
  ['MeshCronJob', {
    generation: 'batch.kubernetes.io/controller-uid',
    selector: { app: 'report' },
    make: (props, profile) => new MeshCronJob(chart(profile), 'report', { image: IMAGE, schedule: Cron.daily(), ...props }),
    template: made => manifest(made, 'CronJob').spec.jobTemplate.spec.template,
  }],
];

const SETTINGS: [property: keyof PodSettings, value: Json, written: Json][] = [
  ['runtimeClass', 'gvisor', { runtimeClassName: 'gvisor' }],
  ['priorityClass', 'critical', { priorityClassName: 'critical' }],
  ['scheduler', 'volcano', { schedulerName: 'volcano' }],
  ['nodeSelector', { disk: 'ssd' }, { nodeSelector: { disk: 'ssd' } }],
  ['hostAliases', [{ ip: '10.0.0.1', hostnames: ['ledger'] }], { hostAliases: [{ ip: '10.0.0.1', hostnames: ['ledger'] }] }],
  ['dns', { policy: kplus.DnsPolicy.DEFAULT, nameservers: ['10.0.0.2'] }, { dnsPolicy: 'Default', dnsConfig: { nameservers: ['10.0.0.2'] } }],
  ['shareProcessNamespace', true, { shareProcessNamespace: true }],
  ['hostNetwork', true, { hostNetwork: true }],
  ['hostPid', true, { hostPID: true }],
  ['hostIpc', true, { hostIPC: true }],
  ['enableServiceLinks', true, { enableServiceLinks: true }],
  ['podSecurityContext', { user: 1000, fsGroup: 2000 }, { securityContext: { runAsUser: 1000, fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } } }],
  ['podSecurityContext', { localSeccompProfile: 'shop.json' }, { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } } }],
  ['tolerations', [Toleration.exists('gpu', { effect: kplus.TaintEffect.NO_SCHEDULE })], { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }] }],
  ['affinity', [AffinityRule.requireNodes(NodeRequirement.in('zone', 'a', 'b'))], {
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] }] } },
    },
  }],
];

describe.each(KINDS)('the pods of a %s', (_name, { make, template, generation, selector }) => {
  // host namespaces are advised against, and a cluster's own class cannot be known
  const errors = (made: Construct) => problems(made).filter(({ severity }) => severity === 'error');

  test.each(SETTINGS)('have %s without any feature flag', (property, value, written) => {
    const made = make({ [property]: value });
    expect(template(made).spec).toMatchObject(written);
    expect(errors(made)).toEqual([]);
  });

  test('are spread by what was said, each template by itself', () => {
    const made = make({ topologySpread: [TopologySpread.overZones({ required: true }), TopologySpread.over('rack', { podLabels: { team: 'shop' } })] });
    expect(template(made).spec.topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: selector },
        matchLabelKeys: [generation],
      },
      { maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { team: 'shop' } } },
    ]);
  });

  test('have the token of an account of their own where they are to call the API server', () => {
    const made = make({ automountServiceAccountToken: true });
    expect(manifest(made, 'ServiceAccount').automountServiceAccountToken).toBe(true);
    expect(template(made).spec).not.toHaveProperty('automountServiceAccountToken');
    expect(manifest(make({}), 'ServiceAccount').automountServiceAccountToken).toBe(false);
  });

  test.each([true, false])('of a given account have its token or not: %p', automountServiceAccountToken => {
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(shopChart(), 'account', 'builder');
    const made = make({ serviceAccount, automountServiceAccountToken });
    expect(template(made).spec).toMatchObject({ serviceAccountName: 'builder', automountServiceAccountToken });
    expect(errors(made)).toEqual([]);
  });

  test('are out of the mesh on the network of their node', () => {
    expect(make({}).meshMembership).toBe(MeshMembership.SIDECAR);
    expect(make({ hostNetwork: true }).meshMembership).toBe(MeshMembership.OUTSIDE);
  });

  test('size the sidecar of the mesh, and it is said where there is none', () => {
    const meshProxyResources = { cpu: { request: kplus.Cpu.millis(50) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) } };
    expect(template(make({ meshProxyResources })).metadata.annotations).toMatchObject({
      'sidecar.istio.io/proxyCPU': '50m',
      'sidecar.istio.io/proxyCPULimit': '2',
      'sidecar.istio.io/proxyMemory': '64Mi',
      'sidecar.istio.io/proxyMemoryLimit': '256Mi',
    });
    const ambient = make({ meshProxyResources }, ClusterProfile.ambient());
    expect(template(ambient).metadata.annotations ?? {}).not.toHaveProperty('sidecar.istio.io/proxyCPU');
    expect(problems(ambient, 'SM1105')).toMatchObject([{ severity: 'warning', field: 'meshProxyResources' }]);
  });

  test.each<[field: string, props: Json]>([
    ['podSecurityContext.user', { podSecurityContext: { user: 'app' } }],
    ['affinity.requirements', { affinity: [AffinityRule.requireNodes('gpu' as Json)] }],
    ['tolerations', { tolerations: [{ key: 'gpu' }] }],
    ['topologySpread', { topologySpread: TopologySpread.overZones() }],
    ['dns.nameservers', { dns: { nameservers: '10.0.0.2' } }],
    ['priorityClass', { priorityClass: 5 }],
    ['meshProxyResources.memory', { meshProxyResources: { memory: '1Gi' } }],
  ])('make a value of the wrong type at %s a problem and no stack trace', (field, props) => {
    const found = problems(make(props));
    expect(found.filter(({ code }) => code === 'SM0005').map(problem => problem.field)).toEqual([field]);
    expect(found.map(({ code }) => code)).not.toContain('SM0001');
  });
});

describe('the pods of a Deployment', () => {
  const constraints = (props: Json) => {
    const made = new ContainerService(chart(), 'report', { image: IMAGE, ...props });
    return manifest(made, 'Deployment').spec.template.spec.topologySpreadConstraints?.map(({ topologyKey }: Json) => topologyKey);
  };

  test('are spread as usual beside what was said only where that is wanted', () => {
    expect(constraints({})).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(constraints({ topologySpread: [TopologySpread.over('rack')] })).toEqual(['rack']);
    expect(constraints({ topologySpread: [TopologySpread.over('rack')], spread: true })).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'rack']);
    expect(constraints({ spread: false })).toBeUndefined();
  });

  test('of another version may be elsewhere', () => {
    const made = new ContainerService(chart(), 'report', { image: IMAGE, tolerations: [Toleration.exists('spot')] });
    const next = made.addVersion('v2', { affinity: [AffinityRule.requireApart(Workload.fromAttributes(made, 'ledger', { name: 'ledger', podSelector: { app: 'ledger' } }))] });
    expect(manifest(made, 'Deployment', next.deploymentName).spec.template.spec).toMatchObject({
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'ledger' } } }] } },
    });
  });
});
