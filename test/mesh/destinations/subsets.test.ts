import { Chart } from 'cdk8s';
import { ClusterProfile, ContainerService, MeshRoute, RouteAction, RouteMatch, TextMatch, Workload } from '../../../lib';
import { manifest, manifests, problems, shopChart } from '../../support';

function reviews(chart: Chart) {
  const service = new ContainerService(chart, 'reviews', { image: 'registry.example/reviews:1.0.0', version: 'v1' });
  return { service, v1: service.mainVersion, v2: service.addVersion('v2', { image: 'registry.example/reviews:2.0.0' }) };
}

describe('versions that routes go to', () => {
  test('are subsets of the one DestinationRule of their host, each with the labels of its pods', () => {
    const chart = shopChart();
    const { service, v1, v2 } = reviews(chart);
    const route = new MeshRoute(chart, 'routes', { workloads: [service] });
    route.addRoute('testers', { match: [RouteMatch.header('x-tester', TextMatch.exact('yes'))], action: RouteAction.forward(v2) });
    route.addRoute('all', { action: RouteAction.split({ target: v1, weight: 75 }, { target: v2, weight: 25 }) });
    const rule = manifest(chart, 'DestinationRule');
    expect(rule.metadata).toMatchObject({ name: 'reviews', namespace: 'shop' });
    expect(rule.spec).toEqual({
      host: 'reviews.shop.svc.cluster.local',
      subsets: [{ name: 'v2', labels: { app: 'reviews', version: 'v2' } }, { name: 'v1', labels: { app: 'reviews', version: 'v1' } }],
    });
    expect(problems(chart)).toEqual([]);
  });

  test('include those that only get copies', () => {
    const chart = shopChart();
    const { service, v1, v2 } = reviews(chart);
    new MeshRoute(chart, 'routes', { workloads: [service] }).addRoute('all', { action: RouteAction.forward(v1), mirrors: [{ target: v2 }] });
    expect(manifest(chart, 'DestinationRule').spec.subsets.map(({ name }: { name: string }) => name)).toEqual(['v1', 'v2']);
  });

  test('are not spoken of where routes go to the service as a whole', () => {
    const chart = shopChart();
    const { service } = reviews(chart);
    new MeshRoute(chart, 'routes', { workloads: [service] }).addRoute('all', { action: RouteAction.forward(service) });
    expect(manifests(chart).filter(({ kind }) => kind === 'DestinationRule')).toEqual([]);
  });

  test('have names that tell them apart', () => {
    const chart = shopChart();
    const rollout = Workload.fromAttributes(chart, 'rollout', {
      name: 'reviews', podSelector: { app: 'reviews' },
    });
    const routes = new MeshRoute(chart, 'routes', { workloads: [rollout] });
    routes.addRoute('all', {
      action: RouteAction.split({ target: rollout.version('stable', { track: 'stable' }), weight: 50 }, { target: rollout.version('stable', { track: 'new' }), weight: 50 }),
    });
    expect(problems(chart, 'SM1250')).toMatchObject([{ field: 'subsets', value: '"stable"', reason: expect.stringContaining('track=stable and track=new') }]);
  });

  test('are no business of a cluster without a mesh', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    const { service, v1 } = reviews(chart);
    new MeshRoute(chart, 'routes', { workloads: [service] }).addRoute('all', { action: RouteAction.forward(v1) });
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('DestinationRule');
  });
});
