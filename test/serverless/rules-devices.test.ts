import { ApiObject } from 'cdk8s';
import { only, CONTAINER, service } from './rules';
import { explanationOf } from '../../lib/analysis/findings/catalogue';
import { Json, problems, shopChart } from '../support';

describe('devices of a serverless service', () => {
  test.each<[string, Json]>([
    ['a whole GPU', { limits: { 'nvidia.com/gpu': '1' } }],
    ['a number', { limits: { 'nvidia.com/gpu': 2 } }],
    ['a request that is the same', { limits: { 'nvidia.com/gpu': '1' }, requests: { 'nvidia.com/gpu': '1' } }],
    ['a part of a GPU by its own name', { limits: { 'nvidia.com/mig-1g.5gb': '1' } }],
    ['nothing but memory', { requests: { memory: '1.5Gi' } }],
  ])('may be %s', (_, resources) => {
    expect(only('SM0174', service({ container: { resources } }))).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ['without a limit', { requests: { 'nvidia.com/gpu': '1' } }, 'limits[nvidia.com/gpu]'],
    ['in parts', { limits: { 'nvidia.com/gpu': '500m' } }, 'limits[nvidia.com/gpu]'],
    ['with another request', { limits: { 'nvidia.com/gpu': '2' }, requests: { 'nvidia.com/gpu': '1' } }, 'requests[nvidia.com/gpu]'],
  ])('are refused %s', (_, resources, field) => {
    expect(only('SM0174', service({ container: { resources } }))).toMatchObject([{ field: `${CONTAINER}.resources.${field}` }]);
  });
});

describe('a model in a ConfigMap', () => {
  function found(kind: string, fields: Json) {
    const chart = shopChart();
    new ApiObject(chart, 'model', { apiVersion: 'v1', kind, metadata: { name: 'model' }, ...fields });
    return problems(chart, 'SM0175');
  }

  test('is refused above 1 MiB, whichever field it is in', () => {
    const half = 'x'.repeat(600 * 1024);
    expect(found('ConfigMap', { data: { a: half, b: half } })).toMatchObject([{ field: 'data[a]', value: '"1228800 bytes in all"', reason: 'a ConfigMap holds at most 1048576 bytes' }]);
    expect(found('ConfigMap', { binaryData: { a: half, b: half } })).toEqual([]);
    expect(found('ConfigMap', { binaryData: { a: half, b: half, c: half } })).toHaveLength(1);
    expect(found('Secret', { stringData: { a: half, b: half } })).toHaveLength(1);
    expect(found('ConfigMap', { data: { a: half } })).toEqual([]);
  });

  test('is explained in few lines', () => {
    expect(explanationOf('SM0175')!.example!.refused.length).toBeLessThan(300);
  });
});
