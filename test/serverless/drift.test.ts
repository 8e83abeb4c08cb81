import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkout, container, podSpec } from './pods';
import { HealthCheck, PodVolume } from '../../lib';
import { parseQuantity } from '../../lib/analysis/schema/quantity';
import { manifest, shopChart } from '../support';

/** What Knative's webhook or the API server would change stands in the object already, so that a delivery tool sees no difference. */
describe('what is written is what the cluster keeps', () => {
  test.each([
    [Size.gibibytes(1), '1Gi'], [Size.gibibytes(10), '10Gi'], [Size.mebibytes(1536), '1536Mi'], [Size.kibibytes(100), '100Ki'], [Size.tebibytes(1), '1Ti'], [Size.mebibytes(0), '0'],
  ])('of sizes: %#', (limit, written) => {
    const { resources } = container(checkout({ resources: { memory: { limit } } }));
    expect(resources.limits.memory).toBe(written);
    expect(parseQuantity(written)!.nano / 1000000000n).toBe(BigInt(limit.toKibibytes()) * 1024n);
  });

  test.each([
    [kplus.Cpu.millis(1000), '1'], [kplus.Cpu.millis(1500), '1500m'], [kplus.Cpu.units(0.5), '500m'], [kplus.Cpu.units(2), '2'], [kplus.Cpu.millis(100), '100m'],
  ])('of CPUs: %#', (request, written) => {
    expect(container(checkout({ resources: { cpu: { request } } })).resources.requests.cpu).toBe(written);
  });

  test('of zeros, falses and empty texts that stand for the default', () => {
    const service = checkout({
      timeout: Duration.seconds(0),
      env: { EMPTY: kplus.EnvValue.fromValue('') },
      mounts: [{ path: '/tmp', volume: PodVolume.emptyDir('tmp'), readOnly: false }],
      readiness: HealthCheck.http('/', { period: Duration.seconds(0), initialDelay: Duration.seconds(0) }),
      hostNetwork: false,
    });
    expect(podSpec(service)).not.toHaveProperty('timeoutSeconds');
    expect(podSpec(service)).not.toHaveProperty('hostNetwork');
    expect(container(service)).toMatchObject({ env: [{ name: 'EMPTY' }], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }], readinessProbe: { httpGet: { path: '/' } } });
    expect(Object.keys(container(service).env[0])).toEqual(['name']);
    expect(Object.keys(container(service).volumeMounts[0])).toEqual(['mountPath', 'name']);
    expect(Object.keys(container(service).readinessProbe)).toEqual(['httpGet']);
  });

  test('of mounts that Knative makes read-only', () => {
    const secret = kplus.Secret.fromSecretName(shopChart(), 'secret', 'database');
    expect(container(checkout({ mounts: [{ path: '/etc/database', volume: PodVolume.secret(secret) }] })).volumeMounts[0].readOnly).toBe(true);
  });

  test('of annotations: none that Knative owns', () => {
    expect(JSON.stringify(manifest(checkout(), 'Service'))).not.toMatch(/serving\.knative\.dev\/(creator|lastModifier|forceUpgrade)/);
  });
});
