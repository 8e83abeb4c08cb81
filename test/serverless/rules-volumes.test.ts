import { CONTAINER, findings, object, only, service } from './rules';
import { ServingFeature } from '../../lib';
import { Json } from '../support';

const VOLUME = 'spec.template.spec.volumes[0]';

function mounted(volume: Json, mount: Json = {}) {
  return service({ spec: { volumes: [{ name: 'v', ...volume }] }, container: { volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] } });
}

describe('volumes of a Knative Service', () => {
  test.each<[string, Json, string, RegExp]>([
    ['no source', {}, VOLUME, /where its content comes from/],
    ['two sources', { emptyDir: {}, secret: { secretName: 's' } }, VOLUME, /one source/],
    ['a source that Knative does not know', { nfs: { server: 's' } }, `${VOLUME}.nfs`, /no volume from this source/],
    ['an odd medium', { emptyDir: { medium: 'Disk' } }, `${VOLUME}.emptyDir.medium`, /on disk or in memory/],
    ['a negative size', { emptyDir: { sizeLimit: '-1Gi' } }, `${VOLUME}.emptyDir.sizeLimit`, /not negative/],
    ['a key without a file', { configMap: { name: 'c', items: [{ key: 'k' }] } }, `${VOLUME}.configMap.items[0].path`, /no path/],
    ['an empty projection', { projected: { sources: [{}] } }, `${VOLUME}.projected.sources[0]`, /names no source/],
    ['a projection of two', { projected: { sources: [{ secret: { name: 's' }, configMap: { name: 'c' } }] } }, `${VOLUME}.projected.sources[0]`, /one source/],
    ['a token without a file', { projected: { sources: [{ serviceAccountToken: {} }] } }, `${VOLUME}.projected.sources[0].serviceAccountToken.path`, /no file/],
    ['a projected secret without a name', { projected: { sources: [{ secret: {} }] } }, `${VOLUME}.projected.sources[0].secret.name`, /no name/],
    ['a file of two values', { projected: { sources: [{ downwardAPI: { items: [{ path: 'p', fieldRef: {}, resourceFieldRef: {} }] } }] } },
      `${VOLUME}.projected.sources[0].downwardAPI.items[0]`, /one value/],
  ])('refuses %s', (_, volume, field, reason) => {
    expect(only('SM0134', mounted(volume))).toMatchObject([{ field, reason: expect.stringMatching(reason) }]);
  });

  test.each<[string, Json]>([
    ['a secret', { secret: { secretName: 's', items: [{ key: 'k', path: 'p' }] } }],
    ['a ConfigMap', { configMap: { name: 'c' } }],
    ['an empty directory', { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }],
    ['a projection', {
      projected: {
        sources: [
          { secret: { name: 's' } }, { configMap: { name: 'c' } }, { serviceAccountToken: { path: 't' } },
          { downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
        ],
      },
    }],
  ])('takes %s', (_, volume) => {
    expect(findings(object(mounted(volume)))).toEqual([]);
  });

  test('refuses a volume that nobody mounts, one without a name, and one name twice', () => {
    const container = { volumeMounts: [{ name: 'a', mountPath: '/a' }] };
    const volumes = [{ name: 'a', emptyDir: {} }, { name: 'b', emptyDir: {} }, { emptyDir: {} }, { name: 'a', emptyDir: {} }];
    expect(only('SM0134', service({ spec: { volumes }, container })).map(({ field, reason }) => [field, reason])).toEqual([
      ['spec.template.spec.volumes[1].name', 'no container mounts the volume'],
      ['spec.template.spec.volumes[2].name', 'the volume has no name'],
      ['spec.template.spec.volumes[3].name', 'volumes[0] already has this name'],
    ]);
  });

  test('counts a mount of an init container', () => {
    const init = { image: 'a1:1', volumeMounts: [{ name: 'v', mountPath: '/v' }] };
    const manifest = service({ spec: { volumes: [{ name: 'v', emptyDir: {} }], initContainers: [init] } });
    expect(findings(object(manifest, { servingFeatures: [ServingFeature.INIT_CONTAINERS.enabled()] }))).toEqual([]);
  });

  test.each<[string, Json, string, RegExp]>([
    ['no path', { mountPath: undefined }, 'mountPath', /no path/],
    ['the root', { mountPath: '/' }, 'mountPath', /belongs to the container/],
    ['the devices', { mountPath: '/dev/../dev/' }, 'mountPath', /belongs to the container/],
    ['a relative path', { mountPath: 'data' }, 'mountPath', /not absolute/],
    ['an unknown volume', { name: 'w' }, 'name', /no volume of this name/],
  ])('refuses a mount with %s', (_, mount, field, reason) => {
    const found = findings(object(mounted({ emptyDir: {} }, mount))).filter(({ code }) => code === 'SM0135');
    expect(found).toMatchObject([{ field: `${CONTAINER}.volumeMounts[0].${field}`, reason: expect.stringMatching(reason) }]);
  });

  test('refuses two mounts at one path', () => {
    const container = { volumeMounts: [{ name: 'v', mountPath: '/v' }, { name: 'v', mountPath: '/v/' }] };
    expect(only('SM0135', service({ spec: { volumes: [{ name: 'v', emptyDir: {} }] }, container })))
      .toMatchObject([{ field: `${CONTAINER}.volumeMounts[1].mountPath` }]);
  });

  test('leaves readOnly of a container to Knative, and wants it from an init container', () => {
    const mount = { name: 'v', mountPath: '/v' };
    const spec = { volumes: [{ name: 'v', secret: { secretName: 's' } }], initContainers: [{ image: 'a1:1', volumeMounts: [mount] }] };
    const init = { servingFeatures: [ServingFeature.INIT_CONTAINERS.enabled()] };
    expect(only('SM0135', service({ spec, container: { volumeMounts: [mount] } }), init))
      .toMatchObject([{ field: 'spec.template.spec.initContainers[0].volumeMounts[0].readOnly' }]);
  });

  test('wants a read-only claim mounted read-only', () => {
    const claims = { servingFeatures: [ServingFeature.PERSISTENT_VOLUME_CLAIM.enabled()] };
    expect(only('SM0135', mounted({ persistentVolumeClaim: { claimName: 'c', readOnly: true } }), claims))
      .toMatchObject([{ field: `${CONTAINER}.volumeMounts[0].readOnly` }]);
  });
});
