import { findings, object, only, service } from './rules';
import { Json } from '../support';

const TEMPLATE = 'spec.template.metadata';

function configuration(metadata: Json) {
  return { kind: 'Configuration', metadata: { name: 'checkout', ...metadata }, spec: service().spec };
}

describe('names', () => {
  test.each<[unknown, string | undefined]>([
    ['Checkout', 'rename it, as in checkout'],
    ['orderArchive', 'rename it, as in order-archive'],
    ['shop.checkout', 'rename it, as in shop-checkout'],
    ['1st', 'rename it, as in st'],
    ['checkout-', 'rename it, as in checkout'],
    ['a'.repeat(64), `rename it, as in ${'a'.repeat(63)}`],
    [42, 'rename it'],
    ['checkout', undefined],
    ['a'.repeat(63), undefined],
  ])('of a service: %p', (name, fix) => {
    expect(only('SM0136', service({ metadata: { name } })).map(problem => problem.fix)).toEqual(fix === undefined ? [] : [fix]);
  });

  test('are wanted, or a beginning of one', () => {
    expect(only('SM0136', service({ metadata: { name: undefined } }))).toMatchObject([{ field: 'metadata.name', reason: 'the object has no name' }]);
    expect(only('SM0136', service({ metadata: { name: undefined, generateName: 'checkout-' } }))).toEqual([]);
    expect(only('SM0136', service({ metadata: { name: undefined, generateName: 'Checkout-' } }))).toMatchObject([{ field: 'metadata.generateName' }]);
  });

  test.each(['Service', 'Configuration', 'Route', 'Revision'])('hold for a %s', kind => {
    const spec: Record<string, Json> = { Route: { traffic: [{ revisionName: 'a', percent: 100 }] }, Revision: service().spec.template.spec };
    expect(only('SM0136', { kind, metadata: { name: 'no.dots' }, spec: spec[kind] ?? service().spec })).toHaveLength(1);
  });

  test.each<[Json, string, RegExp]>([
    [{ name: 'other-v1' }, 'name', /called checkout-/],
    [{ name: 'checkout-V1' }, 'name', /lower-case/],
    [{ generateName: 'checkout-@' }, 'generateName', /lower-case/],
  ])('of a revision: %j', (template, field, reason) => {
    expect(only('SM0137', service({ template }))).toMatchObject([{ field: `${TEMPLATE}.${field}`, reason: expect.stringMatching(reason) }]);
  });

  test('of a revision fit the service, whose own name is not made up', () => {
    expect(findings(object(service({ template: { name: 'checkout-v1' } })))).toEqual([]);
    expect(only('SM0137', service({ metadata: { name: undefined, generateName: 'c-' }, template: { name: 'c-v1' } })))
      .toMatchObject([{ field: `${TEMPLATE}.name`, reason: expect.stringContaining('made up') }]);
  });

  test.each([['foo@bar', 1], ['Builder', 1], ['shop.builder', 0], ['builder', 0]])('of a service account: %s', (serviceAccountName, count) => {
    expect(only('SM0133', service({ spec: { serviceAccountName } }))).toHaveLength(count);
  });
});

describe('annotations and labels', () => {
  test.each(['creator', 'lastModifier'])('refuses the annotation %s, which Knative writes', key => {
    const annotations = { [`serving.knative.dev/${key}`]: 'me' };
    expect(only('SM0142', service({ metadata: { annotations } }))).toMatchObject([{ field: `metadata.annotations[serving.knative.dev/${key}]`, fix: 'drop it' }]);
  });

  test('takes unknown annotations of serving.knative.dev', () => {
    expect(findings(object(service({ metadata: { annotations: { 'serving.knative.dev/foo': 'bar' } } })))).toEqual([]);
  });

  test('refuses visibility as an annotation of the template', () => {
    expect(only('SM0143', service({ annotations: { 'networking.knative.dev/visibility': 'cluster-local' } })))
      .toMatchObject([{ field: `${TEMPLATE}.annotations[networking.knative.dev/visibility]`, fix: expect.stringContaining('label') }]);
    expect(findings(object(service({ annotations: { 'networking.knative.dev/http-protocol': 'redirected' } })))).toEqual([]);
  });

  test.each<[string, string, number]>([
    ['cpu-resource-limit', '100mx', 1], ['memory-resource-request', 'lots', 1], ['resource-percentage', '101', 1], ['resource-percentage', '0', 1],
    ['cpu-resource-limit', '100m', 0], ['memory-resource-request', '1.5Gi', 0], ['ephemeral-storage-resource-limit', '5e9', 0], ['resource-percentage', '0.1', 0],
  ])('judges the queue-proxy\'s %s: %s', (key, value, count) => {
    expect(only('SM0144', service({ annotations: { [`queue.sidecar.serving.knative.dev/${key}`]: value } }))).toHaveLength(count);
  });

  test.each([['soon', 1], ['-1m', 1], ['1500ms', 1], ['10m', 0], ['1m3s', 0], ['0s', 0], ['', 0]])('judges a progress deadline of %p', (value, count) => {
    expect(only('SM0145', service({ annotations: { 'serving.knative.dev/progress-deadline': value } }))).toHaveLength(count);
  });

  test.each([['three hours', 1], ['-10s', 1], ['0.5s', 1], ['380s', 0]])('judges a rollout duration of %p', (value, count) => {
    expect(only('SM0146', service({ metadata: { annotations: { 'serving.knative.dev/rollout-duration': value } } }))).toHaveLength(count);
    expect(only('SM0146', service({ metadata: { annotations: { 'serving.knative.dev/rolloutDuration': value } } }))).toHaveLength(count);
  });

  test('refuses a label that claims an owner', () => {
    const labels = { 'serving.knative.dev/service': 'checkout' };
    const owner = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout', uid: 'u' };
    expect(only('SM0147', configuration({ labels }))).toMatchObject([{ field: 'metadata.labels[serving.knative.dev/service]' }]);
    expect(only('SM0147', configuration({ labels, ownerReferences: [owner] }))).toEqual([]);
    expect(only('SM0147', configuration({ labels, ownerReferences: [{ ...owner, name: 'other' }] }))).toHaveLength(1);
  });
});
