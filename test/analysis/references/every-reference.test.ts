import { checkFiles } from '../../../lib/analysis/check-files';
import { rules } from '../../../lib/analysis/discovery';

/** What refers to what, the rule that looks whether it is there, and the kind that it reports. */
const REFERENCES: readonly [reference: string, code: string, kind: string][] = [
  ['a VirtualService to a host', 'SM0801', 'VirtualService'],
  ['a VirtualService to a subset', 'SM0804', 'VirtualService'],
  ['a VirtualService to a gateway', 'SM0805', 'VirtualService'],
  ['a Gateway to its credential', 'SM0814', 'Gateway'],
  ['a DestinationRule to the pods of a subset', 'SM0819', 'DestinationRule'],
  ['a Trigger to its Broker', 'SM0313', 'Trigger'],
  ['a Trigger to its subscriber', 'SM0311', 'Trigger'],
  ['Knative to what it names', 'SM0841', 'Subscription'],
  ['a source to its sink', 'SM0842', 'KafkaSource'],
  ['a policy to the pods that it selects', 'SM0830', 'AuthorizationPolicy'],
  ['a policy to its targets', 'SM0840', 'AuthorizationPolicy'],
  ['a ServiceMonitor to a Service', 'SM0868', 'ServiceMonitor'],
  ['a ServiceMonitor to a port', 'SM0869', 'ServiceMonitor'],
  ['a PodMonitor to pods', 'SM0870', 'PodMonitor'],
  ['a PodMonitor to a port', 'SM0871', 'PodMonitor'],
  ['a monitor to a Prometheus that selects it', 'SM0872', 'ServiceMonitor'],
  ['a Service to its pods', 'SM0850', 'Service'],
  ['a Service to a port of its pods', 'SM0851', 'Service'],
  ['an autoscaler to its target', 'SM0859', 'HorizontalPodAutoscaler'],
  ['a disruption budget to its pods', 'SM0860', 'PodDisruptionBudget'],
  ['pods to a key of a Secret or ConfigMap', 'SM0864', 'Deployment'],
  ['pods to a Secret or ConfigMap', 'SM0865', 'Deployment'],
  ['pods to a claim', 'SM0866', 'Pod'],
  ['pods to a service account', 'SM0867', 'Deployment'],
  ['an object to its namespace', 'SM0192', 'ConfigMap'],
];

test.each(REFERENCES)('%s is followed: %s', (_, code, kind) => {
  const { example: { refused, accepted, profile } } = rules().find(rule => rule.code === code)!;
  const kinds = (text: string) => checkFiles([{ name: 'a.yaml', text }], { profile }).filter(problem => problem.code === code).map(({ object }) => object?.kind);
  expect(kinds(refused)).toContain(kind);
  expect(kinds(accepted)).toEqual([]);
});

describe('a target that is not there', () => {
  const deployment = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: orders, image: "example.com/orders:1" }] } }
`;

  test.each([
    ['keda.sh/v1alpha1', 'ScaledObject', (name: string) => `{ scaleTargetRef: { name: ${name} }, triggers: [{ type: cpu, metadata: { value: "60" } }] }`],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', (name: string) => `{ maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }`],
  ])('of a %s %s is told, with the name that may be meant', (apiVersion, kind, spec) => {
    const found = (name: string) => checkFiles([{ name: 'a.yaml', text: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: s, namespace: shop }\nspec: ${spec(name)}\n${deployment}` }])
      .filter(({ code }) => code === 'SM0859');
    expect(found('order')).toMatchObject([{ object: { kind }, fix: expect.stringContaining('orders') }]);
    expect(found('orders')).toEqual([]);
  });
});
