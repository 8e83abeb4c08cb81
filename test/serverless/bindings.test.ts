import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartWith, checkout, container, podSpec } from './pods';
import { BindAs, BindingSource, ExternalSecret, HashedConfigMap, SecretStoreReference, ServingFeature } from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

describe('what is bound to a service', () => {
  test('is seen as variables, beside those that it already has', () => {
    const chart = shopChart();
    const database = kplus.Secret.fromSecretName(chart, 'secret', 'database');
    const service = checkout({ env: { LEVEL: kplus.EnvValue.fromValue('info') } }, chart);
    service.bind(BindingSource.secret(database), BindAs.variables({ DATABASE_URL: 'url', DATABASE_USER: 'user' }));
    expect(container(service).env).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } },
      { name: 'DATABASE_USER', valueFrom: { secretKeyRef: { name: 'database', key: 'user' } } },
    ]);
    expect(problems(service)).toEqual([]);
  });

  test('is seen as a variable for each key', () => {
    const chart = shopChart();
    const service = checkout({}, chart);
    service.bind(BindingSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'database')), BindAs.allVariables({ prefix: 'DB_' }));
    service.bind(BindingSource.configMap(kplus.ConfigMap.fromConfigMapName(chart, 'map', 'settings')), BindAs.allVariables());
    expect(container(service).envFrom).toEqual([
      { prefix: 'DB_', secretRef: { name: 'database' } },
      { configMapRef: { name: 'settings' } },
    ]);
    expect(problems(service)).toEqual([]);
  });

  test('is seen as files', () => {
    const chart = shopChart();
    const service = checkout({}, chart);
    service.bind(BindingSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'tls')), BindAs.files('/etc/tls', { items: { 'tls.crt': { path: 'ca.pem' } }, mode: 0o440 }));
    expect(podSpec(service).volumes).toEqual([
      { name: 'secret-tls', secret: { secretName: 'tls', items: [{ key: 'tls.crt', path: 'ca.pem' }], defaultMode: 0o440 } },
    ]);
    expect(container(service).volumeMounts).toEqual([{ name: 'secret-tls', mountPath: '/etc/tls', readOnly: true }]);
    expect(problems(service)).toEqual([]);
  });

  test('may be storage', () => {
    const chart = chartWith(ServingFeature.PERSISTENT_VOLUME_CLAIM);
    const service = checkout({}, chart);
    service.bind(BindingSource.persistentVolumeClaim(kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models')), BindAs.files('/models'));
    expect(podSpec(service).volumes).toEqual([{ name: 'claim-models', persistentVolumeClaim: { claimName: 'models', readOnly: true } }]);
    expect(problems(service)).toEqual([]);
  });

  test('is refused as a variable that is taken, without showing its value', () => {
    const chart = shopChart();
    const service = checkout({ env: { DATABASE_URL: kplus.EnvValue.fromValue('postgres://ledger/orders') } }, chart);
    service.bind(BindingSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'database')), BindAs.variables({ DATABASE_URL: 'url' }));
    expect(problems(service)).toMatchObject([{ code: 'SM1102', path: 'chart/checkout', field: 'bind[0]', value: '"DATABASE_URL"' }]);
  });

  test('is refused as variables where it is storage', () => {
    const chart = shopChart();
    const service = checkout({}, chart);
    const claim = BindingSource.persistentVolumeClaim(kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models'));
    service.bind(claim, BindAs.variables({ MODEL: 'model' }));
    service.bind(claim, BindAs.allVariables());
    expect(problems(service)).toMatchObject([{ code: 'SM1101', field: 'bind[0]' }, { code: 'SM1101', field: 'bind[1]' }]);
  });

  test('is a problem and no stack trace where it is of the wrong type', () => {
    const chart = shopChart();
    const service = checkout({}, chart);
    service.bind('database' as Json, BindAs.allVariables());
    service.bind(BindingSource.secret('database' as Json), BindAs.allVariables());
    service.bind(BindingSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'database')), '/etc/database' as Json);
    expect(problems(service, 'SM0005').map(({ field }) => field)).toEqual(['bind[0].source', 'source', 'bind[2].as']);
  });
});

describe('configuration that never changes under its name', () => {
  const configMap = (data: { [key: string]: string }): Json => {
    const chart = shopChart();
    new HashedConfigMap(chart, 'settings', { data });
    return manifest(chart, 'ConfigMap');
  };

  test('has a hash of its content in the name, whatever the order of its keys', () => {
    const { metadata, immutable, data } = configMap({ a: '1', b: '2' });
    expect(metadata.name).toMatch(/^settings-[0-9a-f]{10}$/);
    expect({ immutable, data }).toEqual({ immutable: true, data: { a: '1', b: '2' } });
    expect(configMap({ b: '2', a: '1' }).metadata.name).toBe(metadata.name);
    expect(configMap({ a: '1', b: '3' }).metadata.name).not.toBe(metadata.name);
  });

  test('makes a new revision of the service that it is bound to', () => {
    const template = (level: string) => {
      const chart = shopChart();
      const service = checkout({}, chart);
      const settings = new HashedConfigMap(chart, 'settings', { name: 'checkout', data: { level } });
      service.bind(BindingSource.configMap(settings), BindAs.files('/etc/checkout'));
      service.bind(BindingSource.configMap(settings), BindAs.variables({ LEVEL: 'level' }));
      expect(problems(service)).toEqual([]);
      return podSpec(service);
    };
    expect(template('info').volumes[0].configMap.name).toMatch(/^checkout-[0-9a-f]{10}$/);
    expect(template('info')).toEqual(template('info'));
    expect(template('info')).not.toEqual(template('debug'));
  });

  test('keeps binary content and annotations, and serves where cdk8s-plus wants a ConfigMap', () => {
    const chart = shopChart();
    const settings = new HashedConfigMap(chart, 'settings', { binaryData: { logo: 'aGk=' }, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } });
    expect(manifest(chart, 'ConfigMap')).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }, binaryData: { logo: 'aGk=' },
    });
    const service = checkout({ env: { LOGO: kplus.EnvValue.fromConfigMap(settings, 'logo') } }, chart);
    expect(container(service).env[0].valueFrom.configMapKeyRef.name).toBe(settings.name);
  });

  test('is a problem where it is of the wrong type', () => {
    const chart = shopChart();
    new HashedConfigMap(chart, 'settings', { data: { a: 1 } as Json });
    expect(problems(chart, 'SM0005')).toMatchObject([{ path: 'chart/settings', field: 'data' }]);
  });
});

describe('a secret of an external store', () => {
  test('is fetched by the operator and bound like any other', () => {
    const chart = shopChart();
    const database = new ExternalSecret(chart, 'database', {
      store: SecretStoreReference.cluster('vault'),
      keys: { url: { key: 'shop/database', property: 'url', version: '3' } },
      extract: [{ key: 'shop/payment' }],
      refreshInterval: Duration.minutes(10),
    });
    expect(manifest(chart, 'ExternalSecret')).toMatchObject({
      apiVersion: 'external-secrets.io/v1',
      metadata: { name: 'database' },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        refreshInterval: '600s',
        target: { name: 'database' },
        data: [{ secretKey: 'url', remoteRef: { key: 'shop/database', property: 'url', version: '3' } }],
        dataFrom: [{ extract: { key: 'shop/payment' } }],
      },
    });
    const service = checkout({}, chart);
    service.bind(BindingSource.externalSecret(database), BindAs.variables({ DATABASE_URL: 'url' }));
    expect(container(service).env).toEqual([{ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } }]);
    expect(problems(chart)).toEqual([]);
  });

  test('is refused where nothing is fetched', () => {
    const chart = shopChart();
    new ExternalSecret(chart, 'database', { store: SecretStoreReference.namespaced('vault') });
    expect(problems(chart)).toMatchObject([{ code: 'SM1103', path: 'chart/database', field: 'keys' }]);
  });
});
