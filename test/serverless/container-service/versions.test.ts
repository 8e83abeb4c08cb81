import { deployment, orders } from './support';
import { ContainerService } from '../../../lib';
import { isVersionedWorkload, isWorkloadVersion, workloadOf } from '../../../lib/core/route-target';
import { manifest, manifests, problems } from '../../support';

function names(service: ContainerService, kind: string): string[] {
  return manifests(service).filter(entry => entry.kind === kind).map(({ metadata }) => metadata.name);
}

describe('versions', () => {
  test('are Deployments of their own behind one Service', () => {
    const service = orders({ replicas: 4 });
    const next = service.addVersion('v2', { image: 'registry.example.com/shop/orders:3.0.0', replicas: 1 });
    expect(names(service, 'Deployment')).toEqual(['orders', 'orders-v2']);
    expect(names(service, 'Service')).toEqual(['orders']);
    expect(names(service, 'ServiceAccount')).toEqual(['orders']);
    expect(manifest(service, 'Service').spec.selector).toEqual({ app: 'orders' });
    expect(deployment(service, 'orders-v2').spec).toMatchObject({
      replicas: 1,
      selector: { matchLabels: { app: 'orders', version: 'v2' } },
      template: {
        metadata: { labels: { app: 'orders', version: 'v2' } },
        spec: { serviceAccountName: 'orders', containers: [{ name: 'orders', image: 'registry.example.com/shop/orders:3.0.0' }] },
      },
    });
    expect(names(service, 'PodDisruptionBudget')).toEqual(['orders']);
    expect(next.deploymentName).toBe('orders-v2');
    expect(problems(service)).toEqual([]);
  });

  test('are targets of routes, each with its subset and labels', () => {
    const service = orders();
    const next = service.addVersion('v2');
    expect(isVersionedWorkload(service)).toBe(true);
    expect(service.versions).toEqual([service.mainVersion, next]);
    expect(service.deploymentNames).toEqual(['orders', 'orders-v2']);
    expect(isWorkloadVersion(next)).toBe(true);
    expect(workloadOf(next)).toBe(service);
    expect([next.serviceHost, next.servicePort, next.subset, next.podLabels]).toEqual(['orders.shop.svc.cluster.local', 80, 'v2', { app: 'orders', version: 'v2' }]);
  });

  test('have what they do not say from the service', () => {
    const service = orders({ autoscaling: { min: 3, max: 10 }, templateLabels: { team: 'shop' } });
    service.addVersion('v2', { image: 'registry.example.com/shop/orders:3.0.0' });
    service.addVersion('v3', { replicas: 1 });
    expect(names(service, 'HorizontalPodAutoscaler')).toEqual(['orders', 'orders-v2']);
    expect(manifest(service, 'HorizontalPodAutoscaler', 'orders-v2').spec).toMatchObject({ minReplicas: 3, scaleTargetRef: { name: 'orders-v2' } });
    expect(deployment(service, 'orders-v2').spec.template.metadata.labels.team).toBe('shop');
    expect(deployment(service, 'orders-v3').spec.replicas).toBe(1);
    expect(problems(service)).toEqual([]);
  });

  test('give their name to the Deployment once it is said, because its selector cannot be changed', () => {
    const service = orders({ version: '2026-11' });
    expect(names(service, 'Deployment')).toEqual(['orders-2026-11']);
    expect(deployment(service, 'orders-2026-11').spec.selector.matchLabels).toEqual({ app: 'orders', version: '2026-11' });
  });

  test('that exist already are refused', () => {
    const service = orders();
    expect(service.addVersion('v1', { replicas: 9 })).toBe(service.mainVersion);
    expect(problems(service, 'SM1174')).toMatchObject([{ path: 'chart/orders', field: 'addVersion(v1)' }]);
  });

  test.each(['V2', 'v2.1', '-v2', 'a'.repeat(33), ''])('of the name %j are refused', name => {
    const service = orders();
    if (name === '') return expect(problems(orders({ version: '' }), 'SM1170')).toHaveLength(1);
    service.addVersion(name);
    return expect(problems(service, 'SM1170')).toMatchObject([{ field: 'version', value: JSON.stringify(name) }]);
  });
});
