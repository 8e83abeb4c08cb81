import * as fs from 'fs';
import * as path from 'path';
import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkout, IMAGE } from './pods';
import { FIELDS, fieldsOfSchema, fieldTable, valuesAt } from './service-fields';
import {
  AffinityRule, ClusterProfile, DownwardFile, EnvironmentSource, HealthCheck, NodeRequirement, PodVolume, ProjectedSource, Revision, ServerlessServiceProps,
  ServicePort, ServingFeature, TerminationMessagePolicy, Toleration, TopologySpread, Traffic,
} from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

const ROOT = path.join(__dirname, '..', '..');
const SCHEMAS = JSON.parse(fs.readFileSync(path.join(ROOT, 'imports', 'schemas', 'serving.knative.dev.json'), 'utf8'));
const ITEMS = { items: { key: { path: 'file', mode: 0o400 } }, optional: true };
const RHYTHM = {
  period: Duration.seconds(5), initialDelay: Duration.seconds(1), timeout: Duration.seconds(2), failureThreshold: 4, successThreshold: 1,
};

/** The four ways in which a container can be asked. */
const CHECKS = [
  HealthCheck.http('/healthz', { ...RHYTHM, port: 8080, host: 'example.com', scheme: kplus.ConnectionScheme.HTTPS, headers: { accept: 'text/plain' } }),
  HealthCheck.tcp({ ...RHYTHM, port: 8080, host: 'example.com' }),
  HealthCheck.grpc({ ...RHYTHM, port: 8080, service: 'shop.Checkout' }),
  HealthCheck.command(['/app/healthy'], RHYTHM),
];

/** A service that says everything that there is to say, with one of the four checks. */
function everything(check: HealthCheck): ServerlessServiceProps {
  const chart = shopChart();
  const secret = kplus.Secret.fromSecretName(chart, 'secret', 'database');
  const settings = kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'settings');
  const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models');
  const volumes = [
    PodVolume.secret(secret, { ...ITEMS, defaultMode: 0o440 }),
    PodVolume.configMap(settings, { ...ITEMS, defaultMode: 0o440 }),
    PodVolume.projected('projected', [
      ProjectedSource.secret(secret, ITEMS),
      ProjectedSource.configMap(settings, ITEMS),
      ProjectedSource.serviceAccountToken('token', { audience: 'vault', expiration: Duration.hours(2) }),
      ProjectedSource.downwardApi(
        DownwardFile.field('labels', 'metadata.labels', { mode: 0o440 }),
        DownwardFile.resource('cpu', kplus.ResourceFieldPaths.CPU_LIMIT, { container: 'shipper', divisor: '1m' }),
      ),
    ], { defaultMode: 0o440 }),
    PodVolume.emptyDir('scratch'),
    PodVolume.persistentVolumeClaim(claim),
    PodVolume.csi('secrets-store.csi.k8s.io'),
    PodVolume.image('registry.example.com/models/resnet:50'),
    PodVolume.ephemeral('ephemeral', Size.gibibytes(1)),
    PodVolume.hostPath('host', '/var/log'),
  ];
  return {
    image: IMAGE,
    port: ServicePort.h2c(9000),
    env: {
      LEVEL: kplus.EnvValue.fromValue('info'),
      SECRET: kplus.EnvValue.fromSecretValue({ secret, key: 'url' }, { optional: true }),
      SETTING: kplus.EnvValue.fromConfigMap(settings, 'key', { optional: true }),
      NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
      LIMIT: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT),
    },
    envFrom: [EnvironmentSource.secret(secret, { prefix: 'DB_', optional: true }), EnvironmentSource.configMap(settings, { optional: true })],
    command: ['/app'],
    args: ['--verbose'],
    workingDirectory: '/srv',
    resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.units(2) } },
    mounts: volumes.map((volume, i) => ({
      path: `/volumes/${i}`, volume, readOnly: true, subPath: 'part', propagation: kplus.MountPropagation.HOST_TO_CONTAINER,
    })),
    imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
    securityContext: {
      keepDefaultCapabilities: true, allowRoot: true, allowWritableRootFilesystem: true, allowPrivilegeEscalation: true, addCapabilities: ['NET_BIND_SERVICE'], allowAllSystemCalls: true, user: 1000, group: 3000,
    },
    terminationMessagePath: '/tmp/last-words',
    terminationMessagePolicy: TerminationMessagePolicy.FILE,
    readiness: check,
    liveness: check,
    startup: check,
    sidecars: [{ name: 'shipper', image: 'registry.example.com/shop/shipper:1.0.0' }],
    initContainers: [{ name: 'fetch', image: 'registry.example.com/shop/fetch:1.0.0' }],
    revision: Revision.named('v2'),
    traffic: Traffic.split(
      { revision: Revision.latest(), percent: 90, tag: 'latest' },
      { revision: Revision.existing('checkout-v1'), percent: 10, tag: 'previous' },
    ),
    containerConcurrency: 10,
    timeout: Duration.seconds(120),
    responseStartTimeout: Duration.seconds(20),
    idleTimeout: Duration.seconds(30),
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'builder'),
    automountServiceAccountToken: false,
    imagePullSecrets: [secret],
    enableServiceLinks: true,
    podSecurityContext: { fsGroup: 2000 },
    runtimeClass: 'gvisor',
    priorityClass: 'critical',
    scheduler: 'volcano',
    nodeSelector: { disk: 'ssd' },
    affinity: [AffinityRule.requireNodes(NodeRequirement.exists('disk'))],
    tolerations: [Toleration.exists('gpu')],
    topologySpread: [TopologySpread.overZones()],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['ledger'] }],
    dns: { policy: kplus.DnsPolicy.CLUSTER_FIRST, nameservers: ['10.0.0.2'] },
    shareProcessNamespace: true,
    hostNetwork: true,
    hostPid: true,
    hostIpc: true,
    templateLabels: { version: 'v2' },
    templateAnnotations: { 'serving.knative.dev/progress-deadline': '5m' },
  };
}

function rendered(props: ServerlessServiceProps): Json {
  return manifest(checkout(props), 'Service');
}

const COMPLETE = CHECKS.map(everything);

test('every field of the Service\'s schema has a place in the table, and nothing else has', () => {
  const { spec } = SCHEMAS.kinds.Service.schema?.properties ?? SCHEMAS.kinds.find(({ kind }: Json) => kind === 'Service').schema.properties;
  expect([...FIELDS.keys()].sort()).toEqual(fieldsOfSchema(spec, SCHEMAS.definitions, 'spec').sort());
});

describe('a field of the Service is written by the property that the table names', () => {
  const complete = COMPLETE.map(rendered);
  const without = new Map<string, Json[]>();
  const lacking = (property: string): Json[] => {
    if (!without.has(property)) without.set(property, COMPLETE.map(props => rendered({ ...props, [property]: undefined })));
    return without.get(property)!;
  };

  test.each([...FIELDS].flatMap(([field, { property }]) => property ? [[field, property]] : []))('%s by %s', (field, property) => {
    const path_ = field.replace(/\{\}$/, '');
    const written = complete.map(service => valuesAt(service, path_));
    expect(written.flat()).not.toEqual([]);
    expect(lacking(property).map(service => valuesAt(service, path_))).not.toEqual(written);
  });
});

test('a service that says everything is refused for nothing but feature flags, and taken where they are on', () => {
  const chart = shopChart();
  const features = Object.values(ServingFeature).filter((feature): feature is ServingFeature => feature instanceof ServingFeature);
  new ClusterProfile({ servingFeatures: features.filter(({ key }) => key !== 'secure-pod-defaults').map(feature => feature.enabled()) }).applyTo(chart);
  expect(problems(checkout(COMPLETE[0], chart)).filter(({ severity }) => severity === undefined || severity === 'error')).toEqual([]);
  expect([...new Set(problems(checkout(COMPLETE[0])).filter(({ severity }) => severity === undefined || severity === 'error').map(({ code }) => code))]).toEqual(['SM0129']);
});

test('docs/serverless.md shows the table as it is', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs', 'serverless.md'), 'utf8')).toContain(`\n${fieldTable()}\n`);
});
