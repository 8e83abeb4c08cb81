import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkout, chartWith, container, podSpec } from './pods';
import { DownwardFile, MountVolumeOptions, PodVolume, ProjectedSource, ServerlessService, ServingFeature } from '../../lib';
import { Json, problems, shopChart } from '../support';

function mounting(volume: PodVolume, options: MountVolumeOptions = {}, chart: Chart = shopChart()): ServerlessService {
  return checkout({ mounts: [{ path: '/data', volume, ...options }] }, chart);
}

function volume(service: ServerlessService): Json {
  expect(problems(service)).toEqual([]);
  return podSpec(service).volumes[0];
}

function mount(service: ServerlessService): Json {
  return container(service).volumeMounts[0];
}

describe('a volume', () => {
  test('is declared by being mounted', () => {
    const service = mounting(PodVolume.emptyDir('cache'));
    expect(volume(service)).toEqual({ name: 'cache', emptyDir: {} });
    expect(mount(service)).toEqual({ name: 'cache', mountPath: '/data' });
    expect(podSpec(checkout())).not.toHaveProperty('volumes');
  });

  test('of a Secret or ConfigMap is read-only and named after it', () => {
    const chart = shopChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'database');
    const settings = kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'checkout.settings');
    const service = checkout({
      mounts: [
        { path: '/etc/database', volume: PodVolume.secret(secret, { items: { url: { path: 'database/url', mode: 0o400 } }, defaultMode: 0o440 }) },
        { path: '/etc/checkout', volume: PodVolume.configMap(settings, { optional: true }) },
      ],
    }, chart);
    expect(podSpec(service).volumes).toEqual([
      {
        name: 'secret-database',
        secret: { secretName: 'database', items: [{ key: 'url', path: 'database/url', mode: 0o400 }], defaultMode: 0o440 },
      },
      { name: 'config-checkout-settings', configMap: { name: 'checkout.settings', optional: true } },
    ]);
    expect(container(service).volumeMounts).toEqual([
      { name: 'secret-database', mountPath: '/etc/database', readOnly: true },
      { name: 'config-checkout-settings', mountPath: '/etc/checkout', readOnly: true },
    ]);
    expect(problems(service)).toEqual([]);
  });

  test('puts several sources together', () => {
    const chart = shopChart();
    const service = mounting(PodVolume.projected('identity', [
      ProjectedSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'keys'), { items: { public: { path: 'key.pem' } } }),
      ProjectedSource.configMap(kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'settings'), { optional: true }),
      ProjectedSource.serviceAccountToken('token', { audience: 'vault', expiration: Duration.minutes(20) }),
      ProjectedSource.downwardApi(
        DownwardFile.field('labels', 'metadata.labels', { mode: 0o444 }),
        DownwardFile.resource('memory', kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }),
      ),
    ], { defaultMode: 0o440 }), {}, chart);
    expect(volume(service)).toEqual({
      name: 'identity',
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'keys', items: [{ key: 'public', path: 'key.pem' }] } },
          { configMap: { name: 'settings', optional: true } },
          { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 1200 } },
          {
            downwardAPI: {
              items: [
                { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' }, mode: 0o444 },
                { path: 'memory', resourceFieldRef: { containerName: 'user-container', resource: 'limits.memory', divisor: '1Mi' } },
              ],
            },
          },
        ],
      },
    });
  });

  test('may be kept in memory, up to a size', () => {
    expect(volume(mounting(PodVolume.emptyDir('tmp', { inMemory: true, sizeLimit: Size.mebibytes(64) }))))
      .toEqual({ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } });
  });

  test('of a claim is read-only unless it is said to be writable', () => {
    const chart = chartWith(ServingFeature.PERSISTENT_VOLUME_CLAIM, ServingFeature.PERSISTENT_VOLUME_WRITE);
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models');
    const readOnly = mounting(PodVolume.persistentVolumeClaim(claim), {}, chart);
    expect(volume(readOnly)).toEqual({ name: 'claim-models', persistentVolumeClaim: { claimName: 'models', readOnly: true } });
    expect(mount(readOnly)).toEqual({ name: 'claim-models', mountPath: '/data', readOnly: true });
    const writable = new ServerlessService(chart, 'writer', {
      image: 'registry.example.com/shop/writer:1.0.0',
      mounts: [{ path: '/data', volume: PodVolume.persistentVolumeClaim(claim, { name: 'models', writable: true }) }],
    });
    expect(volume(writable)).toEqual({ name: 'models', persistentVolumeClaim: { claimName: 'models' } });
    expect(mount(writable)).toEqual({ name: 'models', mountPath: '/data' });
  });

  test('of an image has its files', () => {
    const chart = chartWith(ServingFeature.IMAGE_VOLUMES);
    const service = mounting(PodVolume.image('registry.example.com/models/resnet:50', { pullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT }), {}, chart);
    expect(volume(service)).toEqual({ name: 'image-resnet', image: { reference: 'registry.example.com/models/resnet:50', pullPolicy: 'IfNotPresent' } });
    expect(mount(service).readOnly).toBe(true);
  });

  test('comes from a CSI driver', () => {
    const chart = chartWith(ServingFeature.CSI_VOLUMES);
    const service = mounting(PodVolume.csi('secrets-store.csi.k8s.io', {
      attributes: { secretProviderClass: 'vault' }, fsType: 'ext4', secret: kplus.Secret.fromSecretName(chart, 'token', 'csi-token'),
    }), {}, chart);
    expect(volume(service)).toEqual({
      name: 'csi-secrets-store-csi-k8s-io',
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        readOnly: true,
        fsType: 'ext4',
        volumeAttributes: { secretProviderClass: 'vault' },
        nodePublishSecretRef: { name: 'csi-token' },
      },
    });
  });

  test('is claimed for the life of the pod', () => {
    const chart = chartWith(ServingFeature.EPHEMERAL_VOLUMES);
    const service = mounting(PodVolume.ephemeral('scratch', Size.gibibytes(10), { storageClassName: 'fast' }), {}, chart);
    expect(volume(service)).toEqual({
      name: 'scratch',
      ephemeral: {
        volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } },
      },
    });
    expect(mount(service)).not.toHaveProperty('readOnly');
  });

  test('shows a directory of the node', () => {
    const chart = chartWith(ServingFeature.HOST_PATH_VOLUMES);
    const service = mounting(PodVolume.hostPath('certificates', '/etc/ssl', kplus.HostPathVolumeType.DIRECTORY), {}, chart);
    expect(podSpec(service).volumes).toEqual([{ name: 'certificates', hostPath: { path: '/etc/ssl', type: 'Directory' } }]);
  });

  test('is declared once, however often it is mounted', () => {
    const shared = PodVolume.emptyDir('shared');
    const service = checkout({
      mounts: [{ path: '/out', volume: shared }],
      sidecars: [{ name: 'shipper', image: 'registry.example.com/shop/shipper:1.0.0', mounts: [{ path: '/in', volume: shared, readOnly: true }] }],
    });
    expect(podSpec(service).volumes).toEqual([{ name: 'shared', emptyDir: {} }]);
    expect(podSpec(service).containers[1].volumeMounts).toEqual([{ name: 'shared', mountPath: '/in', readOnly: true }]);
    expect(problems(service)).toEqual([]);
  });

  test('has a name that Kubernetes takes, however long that of its source is', () => {
    const chart = shopChart();
    const name = `settings.${'a'.repeat(60)}`;
    const service = mounting(PodVolume.configMap(kplus.ConfigMap.fromConfigMapName(chart, 'settings', name)), {}, chart);
    expect(volume(service).name).toMatch(/^config-settings-a+-[0-9a-f]{8}$/);
    expect(volume(service).name).toHaveLength(63);
  });

  test('is mounted in part, with the mounts of the node', () => {
    const service = mounting(PodVolume.emptyDir('cache'), { subPath: 'images', propagation: kplus.MountPropagation.HOST_TO_CONTAINER },
      chartWith(ServingFeature.MOUNT_PROPAGATION));
    expect(mount(service)).toEqual({ name: 'cache', mountPath: '/data', subPath: 'images', mountPropagation: 'HostToContainer' });
    expect(problems(service)).toEqual([]);
  });
});

describe('a volume is refused', () => {
  test.each<[source: string, flag: string, volume: PodVolume]>([
    ['persistentVolumeClaim', 'kubernetes.podspec-persistent-volume-claim',
      PodVolume.persistentVolumeClaim(kplus.PersistentVolumeClaim.fromClaimName(shopChart(), 'claim', 'models'))],
    ['csi', 'kubernetes.podspec-volumes-csi', PodVolume.csi('secrets-store.csi.k8s.io')],
    ['image', 'kubernetes.podspec-volumes-image', PodVolume.image('registry.example.com/models/resnet:50')],
    ['ephemeral', 'kubernetes.podspec-volumes-ephemeral', PodVolume.ephemeral('scratch', Size.gibibytes(1))],
    ['hostPath', 'kubernetes.podspec-volumes-hostpath', PodVolume.hostPath('logs', '/var/log')],
  ])('of kind %s unless %s is declared', (source, flag, gated) => {
    expect(problems(mounting(gated), 'SM0129')).toMatchObject([{
      path: 'chart/checkout',
      field: `spec.template.spec.volumes[0].${source}`,
      reason: expect.stringContaining(flag),
      fix: expect.stringContaining(`${flag}: enabled in ConfigMap config-features of knative-serving`),
    }]);
  });

  test('that is to be written to, unless kubernetes.podspec-persistent-volume-write is declared', () => {
    const claim = kplus.PersistentVolumeClaim.fromClaimName(shopChart(), 'claim', 'models');
    const service = mounting(PodVolume.persistentVolumeClaim(claim, { writable: true }), {}, chartWith(ServingFeature.PERSISTENT_VOLUME_CLAIM));
    expect(problems(service)).toMatchObject([{ code: 'SM0129', reason: expect.stringContaining('kubernetes.podspec-persistent-volume-write') }]);
  });

  test('that is read-only and mounted to be written to', () => {
    const secret = kplus.Secret.fromSecretName(shopChart(), 'secret', 'database');
    expect(problems(mounting(PodVolume.secret(secret), { readOnly: false }))).toMatchObject([
      { code: 'SM1100', field: 'mounts[0].readOnly', reason: 'volume secret-database is read-only, whatever its mount says' },
    ]);
  });

  test('whose name another one has', () => {
    const service = checkout({
      mounts: [{ path: '/a', volume: PodVolume.emptyDir('data') }, { path: '/b', volume: PodVolume.emptyDir('data', { inMemory: true }) }],
    });
    expect(problems(service, 'SM0134')).toMatchObject([{ reason: 'volumes[0] already has this name' }]);
  });

  test.each<[field: string, mounts: Json]>([
    ['mounts', 'cache'],
    ['mounts[0].volume', [{ path: '/data', volume: 'cache' }]],
    ['mounts[0].path', [{ path: 5, volume: PodVolume.emptyDir('cache') }]],
    ['mounts[0].volume.name', [{ path: '/data', volume: PodVolume.emptyDir(5 as Json) }]],
    ['mounts[0].volume.secret', [{ path: '/data', volume: PodVolume.secret('database' as Json) }]],
    ['mounts[0].volume.configMap', [{ path: '/data', volume: PodVolume.configMap('settings' as Json) }]],
    ['mounts[0].volume.claim', [{ path: '/data', volume: PodVolume.persistentVolumeClaim('models' as Json) }]],
    ['mounts[0].volume.sources', [{ path: '/data', volume: PodVolume.projected('all', ['token'] as Json) }]],
    ['mounts[0].volume.sizeLimit', [{ path: '/data', volume: PodVolume.emptyDir('cache', { sizeLimit: '64Mi' as Json }) }]],
    ['mounts[0].volume.storage', [{ path: '/data', volume: PodVolume.ephemeral('cache', '1Gi' as Json) }]],
  ])('whose %s is of the wrong type', (field, mounts) => {
    const found = problems(checkout({ mounts }));
    expect(found.filter(({ code }) => code === 'SM0005').map(problem => problem.field)).toEqual([field]);
    expect(found.map(({ code }) => code)).not.toContain('SM0001');
  });
});
