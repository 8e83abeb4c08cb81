import { found } from '../../analysis/found';

const object = (apiVersion: string, kind: string, spec: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\nspec: ${spec}\n`;
const SINK = 'sink: { uri: https://mail.example.com }';
const REF = '{ ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: mail } }';

describe('destinations of flows and sources', () => {
  test.each([
    ['flows.knative.dev/v1', 'Sequence', `{ steps: [${REF}, { ref: { kind: Service, name: x } }] }`, 'spec.steps[1].ref.apiVersion'],
    ['flows.knative.dev/v1', 'Sequence', `{ steps: [${REF}], reply: {} }`, 'spec.reply'],
    ['flows.knative.dev/v1', 'Parallel', '{ branches: [{ filter: {} , subscriber: { uri: https://a.example.com } }] }', 'spec.branches[0].filter'],
    ['flows.knative.dev/v1', 'Parallel', '{ branches: [{}] }', 'spec.branches[0].subscriber'],
    ['sources.knative.dev/v1', 'PingSource', '{ schedule: "* * * * *" }', 'spec.sink'],
    ['sources.knative.dev/v1', 'ApiServerSource', '{ resources: [{ apiVersion: v1, kind: Event }], sink: { uri: /events } }', 'spec.sink.uri'],
    ['messaging.knative.dev/v1', 'Subscription', '{ channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: c } }', 'spec.subscriber'],
  ])('%s %s %s', (apiVersion, kind, spec, field) => {
    expect(found(object(apiVersion, kind, spec), 'SM0310').map(problem => problem.field)).toEqual([field]);
  });

  test('an empty reply of a Subscription is none', () => {
    const text = object('messaging.knative.dev/v1', 'Subscription', `{ channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: c }, subscriber: ${REF}, reply: {} }`);
    expect(found(text, 'SM0310')).toEqual([]);
  });
});

describe('a PingSource', () => {
  test.each([
    ['contentType: application/json, data: "{}"', 0],
    ['contentType: application/json, data: "[1]"', 1],
    ['contentType: text/plain, data: "[1"', 0],
    ['dataBase64: aGVsbG8=', 0],
    ['dataBase64: aGVsbG8', 1],
    ['contentType: application/json, dataBase64: aGVsbG8=', 1],
    ['data: a, dataBase64: aGVsbG8=', 1],
  ])('with %s gives %d findings', (data, count) => {
    expect(found(object('sources.knative.dev/v1', 'PingSource', `{ schedule: "* * * * *", ${data}, ${SINK} }`), 'SM0357')).toHaveLength(count);
  });

  test('without a schedule sends every minute', () => {
    expect(found(object('sources.knative.dev/v1', 'PingSource', `{ ${SINK} }`), 'SM0356')).toEqual([]);
  });
});

describe('an EventPolicy', () => {
  test.each([
    ['sub: "*"', 0],
    ['sub: system:serviceaccount:shop:*', 0],
    ['sub: "*:shop"', 1],
    ['sub: ""', 1],
    ['ref: { apiVersion: v1, kind: Broker, name: a }, sub: a', 1],
  ])('from { %s } gives %d findings', (entry, count) => {
    expect(found(object('eventing.knative.dev/v1alpha1', 'EventPolicy', `{ from: [{ ${entry} }] }`), 'SM0361')).toHaveLength(count);
  });
});
