import { problemsOf, says, yaml } from '../analysis/references/findings';

const service = (traffic: string, { name = 'orders', revision = '', annotations = '' } = {}) => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }
spec:
  template:
    metadata: { ${revision && `name: ${revision}`} }
    spec: { containers: [{ image: a.example/a:1.2 }] }
  ${traffic && `traffic: [${traffic}]`}
`;
const canary = (spec: string) => `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: orders, namespace: shop }
spec: { analysis: { interval: 15s, threshold: 5 }, ${spec} }
`;
const ON_KNATIVE = 'targetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: orders }';

describe('revisions that traffic names', () => {
  test('belong to the service', () => {
    expect(says('SM1156', service('{ revisionName: payment-v1, percent: 100 }'))).toEqual(['error Service/orders spec.traffic[0].revisionName']);
    expect(says('SM1156', service('{ revisionName: orders2-v1, percent: 100 }'))).toHaveLength(1);
    expect(says('SM1156', service('{ revisionName: orders-00007, percent: 100 }'))).toEqual([]);
  });

  // kmeta.ChildName: from 57 characters on the service's name is cut when "-00001" follows
  test('may be cut where the name of the service is long', () => {
    expect(says('SM1156', service('{ revisionName: ooo-00001, percent: 100 }', { name: 'o'.repeat(58) }))).toEqual([]);
  });

  test('of a Route may belong to anybody', () => {
    const route = 'apiVersion: serving.knative.dev/v1\nkind: Route\nmetadata: { name: orders, namespace: shop }\nspec: { traffic: [{ revisionName: payment-v1, percent: 100 }] }';
    expect(says('SM1156', route)).toEqual([]);
    expect(says('SM1157', route)).toEqual(['info Route/orders spec.traffic[0].revisionName']);
  });

  test('are made by a template of the app, or it is pointed out that they have to be there', () => {
    expect(says('SM1157', service('{ revisionName: orders-v1, percent: 100 }', { revision: 'orders-v2' }))).toEqual(['info Service/orders spec.traffic[0].revisionName']);
    expect(says('SM1157', service('{ revisionName: orders-v2, percent: 100 }', { revision: 'orders-v2' }))).toEqual([]);
  });
});

describe('a gradual rollout', () => {
  const annotations = 'serving.knative.dev/rollout-duration: 5m';

  test('is warned of where nothing follows the latest revision', () => {
    expect(says('SM1160', service('{ revisionName: orders-v1, percent: 100 }', { annotations }))).toEqual(['warning Service/orders metadata.annotations[serving.knative.dev/rollout-duration]']);
    expect(says('SM1160', service('{ revisionName: orders-v1, percent: 100 }, { latestRevision: true, percent: 0, tag: next }', { annotations }))).toHaveLength(1);
  });

  test('is fine where something does', () => {
    expect(says('SM1160', service('', { annotations }))).toEqual([]);
    expect(says('SM1160', service('{ revisionName: orders-v1, percent: 90 }, { percent: 10 }', { annotations }))).toEqual([]);
  });
});

describe('Flagger on a Knative service', () => {
  test.each<[string, string, string | undefined]>([
    ['needs its provider', ON_KNATIVE, 'spec.provider'],
    ['needs it where another one is named', `provider: istio, ${ON_KNATIVE}`, 'spec.provider'],
    ['takes no autoscaler', `provider: knative, ${ON_KNATIVE}, autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: orders }`, 'spec.autoscalerRef'],
    ['is not for a Deployment', 'provider: knative, targetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }', 'spec.targetRef'],
    ['is taken', `provider: knative, ${ON_KNATIVE}`, undefined],
    ['leaves Deployments to other providers', 'provider: istio, targetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }', undefined],
  ])('%s', (_, spec, field) => {
    expect(says('SM1158', canary(spec))).toEqual(field === undefined ? [] : [`error Canary/orders ${field}`]);
  });

  test('shares the traffic with nobody', () => {
    const flagged = canary(`provider: knative, ${ON_KNATIVE}`);
    const found = problemsOf('SM1159', yaml(flagged, service('{ percent: 100 }')));
    expect(found).toMatchObject([{ severity: 'warning', field: 'spec.traffic', object: { kind: 'Service', name: 'orders' } }]);
    expect(says('SM1159', yaml(flagged, service('')))).toEqual([]);
    expect(says('SM1159', yaml(flagged, service('{ percent: 100 }', { name: 'payment' })))).toEqual([]);
  });
});
