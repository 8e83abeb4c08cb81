import { object, only, refusals, service } from './rules';
import { Json } from '../support';

function route(traffic: Json) {
  return { kind: 'Route', metadata: { name: 'checkout' }, spec: { traffic } };
}

describe('traffic of a Service', () => {
  test.each<[string, Json, string, string, RegExp]>([
    ['shares of 90 together', [{ latestRevision: true, percent: 60 }, { revisionName: 'checkout-1', percent: 30 }], 'SM0138', '', /90 percent/],
    ['a negative share', [{ percent: -1 }, { percent: 101, revisionName: 'checkout-a' }], 'SM0138', '[0].percent', /0 to 100/],
    ['half a percent', [{ percent: 99.5 }], 'SM0138', '[0].percent', /whole number/],
    ['a revision that is the latest', [{ revisionName: 'checkout-1', latestRevision: true, percent: 100 }], 'SM0139', '[0].latestRevision', /not the latest/],
    ['no revision that is not the latest', [{ latestRevision: false, percent: 100 }], 'SM0139', '[0].latestRevision', /is the latest/],
    ['a configuration', [{ configurationName: 'checkout', percent: 100 }], 'SM0139', '[0].configurationName', /service itself/],
    ['a revision that cannot exist', [{ revisionName: 'checkout-b ar', percent: 100 }], 'SM0139', '[0].revisionName', /no object/],
    ['a URL', [{ percent: 100, url: 'http://a' }], 'SM0139', '[0].url', /status/],
    ['a tag with a dot', [{ percent: 100, tag: 'v1.2' }], 'SM0140', '[0].tag', /lower-case/],
    ['one tag twice', [{ percent: 100, tag: 'new' }, { revisionName: 'checkout-a', tag: 'new' }], 'SM0140', '[1].tag', /traffic\[0\] already/],
    ['a tag that makes the host too long', [{ percent: 100, tag: 'a'.repeat(55) }], 'SM0141', '[0].tag', /has 64 characters/],
  ])('refuses %s', (_, traffic, code, field, reason) => {
    const found = only(code, service({ traffic }));
    expect(found[0]).toMatchObject({ field: `spec.traffic${field}`, reason: expect.stringMatching(reason) });
  });

  test.each<[string, Json]>([
    ['none', undefined],
    ['an empty list', []],
    ['a canary with tags', [{ latestRevision: true, percent: 10, tag: 'canary' }, { revisionName: 'checkout-1', percent: 90, tag: 'stable' }, { revisionName: 'checkout-0', tag: 'old' }]],
    ['a host of 63 characters', [{ percent: 100, tag: 'a'.repeat(54) }]],
  ])('takes %s', (_, traffic) => {
    expect(refusals(object(service({ traffic })))).toEqual([]);
  });
});

describe('traffic of a Route', () => {
  test('has no default', () => {
    expect(only('SM0138', route([]))).toMatchObject([{ field: 'spec.traffic', reason: expect.stringContaining('0 percent') }]);
  });

  test('names a revision or a configuration', () => {
    expect(only('SM0139', route([{ percent: 100 }]))).toMatchObject([{ field: 'spec.traffic[0]' }]);
    expect(only('SM0139', route([{ revisionName: 'a', configurationName: 'b', percent: 100 }]))).toMatchObject([{ field: 'spec.traffic[0].configurationName' }]);
    expect(only('SM0139', route([{ configurationName: 'b', latestRevision: false, percent: 100 }]))).toMatchObject([{ field: 'spec.traffic[0].latestRevision' }]);
    expect(refusals(object(route([{ revisionName: 'a', percent: 90 }, { configurationName: 'b', percent: 10, tag: 'new' }])))).toEqual([]);
  });
});

describe('domain mappings', () => {
  function mapping(metadata: Json, ref: Json = {}) {
    return {
      apiVersion: 'serving.knative.dev/v1beta1',
      kind: 'DomainMapping',
      metadata: { namespace: 'shop', ...metadata },
      spec: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout', ...ref } },
    };
  }

  test.each([['shop', 1], ['*.example.com', 1], ['Shop.example.com', 1], ['shop.example.com', 0], ['checkout.shop.svc.cluster.local', 1]])('judges the domain %s', (name, count) => {
    expect(only('SM0149', mapping({ name }))).toHaveLength(count);
  });

  test('knows the domain of the cluster', () => {
    expect(only('SM0149', mapping({ name: 'a.corp.internal' }), { clusterDomain: 'corp.internal' })).toHaveLength(1);
  });

  test('refuses a name that is made up', () => {
    expect(only('SM0149', mapping({ generateName: 'shop-', name: 'shop.example.com' }))).toMatchObject([{ field: 'metadata.generateName' }]);
  });

  test.each([['apiVersion', { apiVersion: undefined }], ['kind', { kind: '' }], ['name', { name: undefined }], ['namespace', { namespace: 'other' }],
    ['group', { group: 'serving.knative.dev' }]])('refuses a reference whose %s is wrong', (field, ref) => {
    expect(only('SM0150', mapping({ name: 'shop.example.com' }, ref))).toMatchObject([{ field: `spec.ref.${field}` }]);
  });
});
