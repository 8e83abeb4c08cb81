import { Chart } from 'cdk8s';
import { rulesOf } from '../../analysis/rules-of';
import { shopChart } from '../../support';
import { findings, raw } from '../fixtures';

const EVENTING_RULES = rulesOf('eventing');

const SINK = { uri: 'https://example.com/events' };
const CHECKOUT = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout' };

function bind(chart: Chart, name: string, subject: unknown) {
  raw(chart, 'sources.knative.dev/v1', 'SinkBinding', name, { spec: { subject, sink: SINK } });
}

describe('subject of a SinkBinding', () => {
  test.each([CHECKOUT, { ...CHECKOUT, namespace: 'shop' }, { apiVersion: 'batch/v1', kind: 'Job', selector: { matchLabels: { app: 'a' } } }])('is fine as %p', subject => {
    const chart = shopChart();
    bind(chart, 'checkout', subject);
    expect(findings(chart)).toEqual([]);
  });

  test.each([
    [{ ...CHECKOUT, apiVersion: undefined }, 'spec.subject.apiVersion'],
    [{ ...CHECKOUT, name: undefined }, 'spec.subject'],
    [{ ...CHECKOUT, selector: {} }, 'spec.subject'],
    [{ ...CHECKOUT, namespace: 'other' }, 'spec.subject.namespace'],
    [{ ...CHECKOUT, name: 'checkout.v1' }, 'spec.subject.name'],
  ])('is refused as %p', (subject, field) => {
    const chart = shopChart();
    bind(chart, 'checkout', subject);
    expect(findings(chart)).toMatchObject([{ code: 'SM0328', field, peers: ['knative-validation'] }]);
  });

  test('is bound once', () => {
    const chart = shopChart();
    bind(chart, 'first', CHECKOUT);
    bind(chart, 'second', { ...CHECKOUT, apiVersion: 'serving.knative.dev/v1beta1' });
    bind(chart, 'other', { ...CHECKOUT, name: 'other' });
    expect(findings(chart)).toMatchObject([{ code: 'SM0329', path: 'chart/SinkBinding-second', reason: expect.stringContaining('chart/SinkBinding-first') }]);
  });

  test('is warned of where it is a Knative Service that names its revision', () => {
    const chart = shopChart();
    raw(chart, 'serving.knative.dev/v1', 'Service', 'checkout', { spec: { template: { metadata: { name: 'checkout-v1' } } } });
    bind(chart, 'checkout', CHECKOUT);
    expect(findings(chart)).toMatchObject([{ code: 'SM0330', severity: 'warning', reason: expect.stringContaining('checkout-v1') }]);
  });

  test('is fine where it is a Knative Service that leaves the name of its revisions to Knative', () => {
    const chart = shopChart();
    raw(chart, 'serving.knative.dev/v1', 'Service', 'checkout', { spec: { template: { metadata: { annotations: {} } } } });
    bind(chart, 'checkout', CHECKOUT);
    expect(findings(chart)).toEqual([]);
  });
});

describe('every rule of this room', () => {
  const GARBAGE = [undefined, null, 7, 'text', true, [], [null], {}, { spec: 7 }];
  const KINDS = [
    ['eventing.knative.dev/v1', 'Broker', ['config', 'delivery']],
    ['eventing.knative.dev/v1', 'Trigger', ['broker', 'brokerRef', 'filter', 'filters', 'subscriber', 'delivery']],
    ['sources.knative.dev/v1', 'SinkBinding', ['subject', 'sink']],
    ['messaging.knative.dev/v1', 'Subscription', ['subscriber', 'delivery']],
    ['flows.knative.dev/v1', 'Sequence', ['steps']],
  ] as const;

  test('bears any garbage', () => {
    const chart = shopChart();
    let count = 0;
    for (const [apiVersion, kind, fields] of KINDS) {
      for (const garbage of GARBAGE) {
        raw(chart, apiVersion, kind, `n${count += 1}`, { spec: garbage });
        for (const field of fields) {
          raw(chart, apiVersion, kind, `n${count += 1}`, { spec: { [field]: garbage } });
          raw(chart, apiVersion, kind, `n${count += 1}`, { spec: { [field]: [{ [field]: garbage, exact: garbage, all: garbage, not: garbage, cesql: garbage }] } });
          raw(chart, apiVersion, kind, `n${count += 1}`, { spec: { [field]: { ref: garbage, uri: garbage, timeout: garbage, backoffDelay: garbage, deadLetterSink: garbage, name: garbage, kind: garbage } } });
        }
      }
    }
    raw(chart, 'v1', 'ConfigMap', 'kafka', { data: [1] });
    raw(chart, 'eventing.knative.dev/v1', 'Broker', 'b', {
      metadata: { annotations: { 'eventing.knative.dev/broker.class': 'Kafka' } }, spec: { config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka' } },
    });
    expect(() => findings(chart)).not.toThrow();
  });

  test('has a code of its own, in order', () => {
    const codes = EVENTING_RULES.map(rule => rule.code);
    expect([...new Set(codes)].sort()).toEqual(codes);
    expect(codes.every(code => /^SM03\d\d$/.test(code))).toBe(true);
  });

  test('says who else refuses, or that it is no refusal, or why it cannot work', () => {
    for (const rule of EVENTING_RULES) expect(rule.explanation.length).toBeGreaterThan(40);
  });
});
