import { App, Chart } from 'cdk8s';
import { ServerlessService } from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { rules } from '../../lib/analysis/discovery';
import { Problem, Severity } from '../../lib/core/problem';
import { problemsOf } from '../../lib/core/validation';

const KNATIVE = (spec: string) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
${spec}`;

const CONTAINER = '      containers: [{ image: registry.example.com/shop/checkout:1.0.0 }]\n';

function errors(text: string): Problem[] {
  return checkFiles([{ name: 'a.yaml', text }], { least: Severity.ERROR });
}

describe('one mistake is reported once', () => {
  test.each([
    ['one variable twice', 'SM0111', KNATIVE(`      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env: [{ name: LEVEL, value: info }, { name: LEVEL, value: debug }]
`)],
    ['a timeout that is no number', 'SM0126', KNATIVE(`      timeoutSeconds: long\n${CONTAINER}`)],
    ['a field of pods that Knative has not', 'SM0128', KNATIVE(`      terminationGracePeriodSeconds: 60\n${CONTAINER}`)],
    ['a name that is no part of a host', 'SM0136', KNATIVE(CONTAINER).replace('name: checkout', 'name: Checkout')],
    ['ports without a selector', 'SM0220', `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec: { mtls: { mode: STRICT }, portLevelMtls: { 9100: { mode: PERMISSIVE } } }
`],
    ['a duration that Prometheus does not read', 'SM0413', `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop }
spec: { groups: [{ name: orders, rules: [{ alert: Down, expr: up == 0, for: 10 minutes }] }] }
`],
    ['a timeout of requests in a DestinationRule', 'SM0903', `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec: { host: orders.example.com, trafficPolicy: { connectionPool: { http: { timeout: 5s } } } }
`],
    ['a wildcard that is looked up', 'SM0909', `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: functions, namespace: shop }
spec: { hosts: ["*.example.com"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
`],
    ['a workload without a selector', 'SM0863', `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: orders, image: "example.com/orders:1" }] } } }
`],
  ])('%s: by %s, the rule that knows why', (_, code, text) => {
    expect(errors(text).map(problem => problem.code)).toEqual([code]);
  });

  test('by the rule that stays, under the codes of other tools of both', () => {
    const [duplicate] = errors(KNATIVE(`      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env: [{ name: LEVEL, value: info }, { name: LEVEL, value: debug }]
`));
    expect(rules().find(({ code }) => code === 'SM0111')?.peers).toBeUndefined();
    expect(duplicate.source).toMatchObject({ file: 'a.yaml', line: 9 });
    const [selector] = errors(`apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: orders, image: "example.com/orders:1" }] } } }
`);
    expect(selector.peers).toEqual(expect.arrayContaining(['mismatching-selector', 'schema-validation']));
  });

  test('and what is inside of a value of the wrong type is not looked for', () => {
    const text = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec: { jwtRules: [null] }
`;
    expect(errors(text).map(({ code, field }) => [code, field])).toEqual([['SM0601', 'spec.jwtRules[0]']]);
  });

  test('on a property of a construct, not once more on the object that was made of it', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new ServerlessService(chart, 'checkout', { image: 'registry.example.com/shop/checkout:1.0.0', annotations: { a: 1 } as unknown as Record<string, string> });
    expect(problemsOf(chart.node.root, Severity.ERROR).map(({ code }) => code)).toEqual(['SM0005']);
  });
});

test('callers who show no certificate are reported for the server that asks for none, not again for its clients', () => {
  const text = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: plain, namespace: shop }
spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: DISABLE } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/checkout] } }] }] }
`;
  expect(checkFiles([{ name: 'a.yaml', text }]).map(({ code }) => code).filter(code => ['SM0228', 'SM0826'].includes(code))).toEqual(['SM0228']);
});

describe('two mistakes are reported twice', () => {
  test('on two fields of one object', () => {
    const text = KNATIVE(`      timeoutSeconds: 9000\n      containerConcurency: 1\n${CONTAINER}`);
    expect(errors(text).map(({ code }) => code).sort()).toEqual(['SM0126', 'SM0602']);
  });

  test('on one field of two objects', () => {
    const text = [KNATIVE(`      timeoutSeconds: 9000\n${CONTAINER}`), KNATIVE(`      timeoutSeconds: 9000\n${CONTAINER}`).replace('checkout,', 'ledger,')].join('---\n');
    expect(errors(text).map(({ code }) => code)).toEqual(['SM0126', 'SM0126']);
  });

  test('where the rule that knows the field only warns and the server refuses', () => {
    const text = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: zoo, namespace: shop }
spec: { minAvailable: 150%, selector: { matchLabels: { app: zoo } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: zoo, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: zoo } }
  template: { metadata: { labels: { app: zoo } }, spec: { containers: [{ name: zoo, image: "example.com/zoo:1" }] } }
`;
    const codes = checkFiles([{ name: 'a.yaml', text }]).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['SM0604', 'SM0741']));
  });
});
