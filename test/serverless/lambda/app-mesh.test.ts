import { VirtualNode } from '../../../imports/appmesh.k8s.aws';
import { manifest, problems, shopChart } from '../../support';

describe('a VirtualNode of App Mesh', () => {
  const chart = shopChart();
  new VirtualNode(chart, 'orders', { metadata: { name: 'orders' }, spec: { podSelector: { matchLabels: { app: 'orders' } } } });

  test('can be written down', () => {
    expect(manifest(chart, 'VirtualNode').spec).toEqual({ podSelector: { matchLabels: { app: 'orders' } } });
  });

  test('is refused, because nothing reads it any more', () => {
    expect(problems(chart)).toMatchObject([{ code: 'SM0914', path: 'chart/orders', field: 'apiVersion', reason: 'App Mesh has ended, and nothing reads this object' }]);
  });
});
