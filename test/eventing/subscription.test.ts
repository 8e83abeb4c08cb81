import { App, Chart } from 'cdk8s';
import '../../lib/analysis';
import { WorkloadKind } from '../../lib/core';
import { BrokerClass, ChannelTemplate, CloudEvent, DeadLetters, EventBroker, EventFilter, EventSink } from '../../lib/eventing';
import { manifest, manifests, problems, shopChart } from '../support';
import { deliveries, findings, Handler, kafkaBroker } from './fixtures';

const placed = CloudEvent.ofType('com.example.order.placed');
const paid = CloudEvent.ofType('com.example.payment.verified');

function channelBroker(chart: Chart, sink?: Handler): EventBroker {
  return new EventBroker(chart, 'orders', {
    brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka() }),
    delivery: { deadLetters: sink ? DeadLetters.to(sink) : DeadLetters.none() },
  });
}

describe('a subscription', () => {
  test('is a Trigger in the namespace of its broker, with one filter in filters', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), filter: EventFilter.type(placed) });
    const trigger = manifest(chart, 'Trigger', 'payment');
    expect(trigger.metadata).toEqual({ name: 'payment', namespace: 'shop' });
    expect(trigger.spec).toEqual({
      broker: 'orders',
      filters: [{ exact: { type: 'com.example.order.placed' } }],
      subscriber: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'payment', namespace: 'shop' } },
    });
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });

  test('without a filter gets every event', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('audit', { subscriber: new Handler(chart, 'audit') });
    expect(manifest(chart, 'Trigger').spec).not.toHaveProperty('filters');
    expect(manifest(chart, 'Trigger').spec).not.toHaveProperty('filter');
  });

  test('takes a name of its own and a path under the address of its subscriber', () => {
    const chart = shopChart();
    const subscription = kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), name: 'pay', path: '/events' });
    expect(subscription.subscriptionName).toBe('pay');
    expect(manifest(chart, 'Trigger', 'pay').spec.subscriber.uri).toBe('/events');
  });

  test('may deliver to another namespace', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('ship', { subscriber: new Handler(chart, 'logistics', WorkloadKind.DEPLOYMENT, 'warehouse') });
    expect(manifest(chart, 'Trigger').metadata.namespace).toBe('shop');
    expect(manifest(chart, 'Trigger').spec.subscriber.ref.namespace).toBe('warehouse');
  });

  test('may deliver outside of the cluster', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('partner', { subscriber: EventSink.fromUri(chart, 'sink', 'https://partner.example.com/events') });
    expect(manifest(chart, 'Trigger').spec.subscriber).toEqual({ uri: 'https://partner.example.com/events' });
  });

  test('may deliver to an object of another app', () => {
    const chart = shopChart();
    const sink = EventSink.fromReference(chart, 'sink', { apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'JobSink', name: 'transcode', namespace: 'media' });
    kafkaBroker(chart).subscribe('transcode', { subscriber: sink });
    expect(manifest(chart, 'Trigger').spec.subscriber).toEqual({ ref: { apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'JobSink', name: 'transcode', namespace: 'media' } });
  });

  test('is found among those of its broker', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    const subscription = broker.subscribe('payment', { subscriber: new Handler(chart, 'payment') });
    expect(broker.subscriptions).toEqual([subscription]);
  });
});

describe('what lets deliveries in', () => {
  test('is declared for a workload, at the path to which events are posted', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    broker.subscribe('payment', { subscriber: new Handler(chart, 'payment') });
    broker.subscribe('stock', { subscriber: new Handler(chart, 'stock'), path: '/events?kind=stock' });
    expect(deliveries(chart)).toEqual([
      { from: 'knative-eventing', to: 'payment', methods: ['POST'], paths: ['/'], delivery: true },
      { from: 'knative-eventing', to: 'stock', methods: ['POST'], paths: ['/events'], delivery: true },
    ]);
  });

  test('is declared for the dead letter sinks of broker and subscription', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart, { delivery: { deadLetters: DeadLetters.to(new Handler(chart, 'archive')) } });
    broker.subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery: { deadLetters: DeadLetters.to(new Handler(chart, 'review')) } });
    expect(deliveries(chart).map(edge => edge.to)).toEqual(['archive', 'payment', 'review']);
  });

  test('is not declared for what is no workload of the app', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('partner', { subscriber: EventSink.fromUri(chart, 'sink', 'https://partner.example.com/') });
    expect(deliveries(chart)).toEqual([]);
  });
});

describe('ordered delivery', () => {
  test('is asked of a broker on Kafka by annotation', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), ordered: true });
    expect(manifest(chart, 'Trigger').metadata.annotations).toEqual({ 'kafka.eventing.knative.dev/delivery.order': 'ordered' });
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });

  test('is refused on channels', () => {
    const chart = shopChart();
    channelBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), ordered: true });
    expect(problems(chart, 'SM0342')).toMatchObject([{ path: 'chart/orders/payment', field: 'ordered', reason: expect.stringContaining('MTChannelBasedBroker') }]);
    expect(manifest(chart, 'Trigger').metadata).not.toHaveProperty('annotations');
  });
});

describe('a duplicate subscription', () => {
  test('is refused: same subscriber, same filter', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    const payment = new Handler(chart, 'payment');
    broker.subscribe('first', { subscriber: payment, filter: EventFilter.type(placed) });
    broker.subscribe('second', { subscriber: payment, filter: EventFilter.exact({ type: placed.type }) });
    expect(problems(chart, 'SM0343')).toMatchObject([{ path: 'chart/orders/second', reason: expect.stringContaining('chart/orders/first') }]);
    expect(findings(chart)).toEqual([]);
  });

  test('is refused whatever the order in which its filter names the attributes', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    const payment = new Handler(chart, 'payment');
    broker.subscribe('first', { subscriber: payment, filter: EventFilter.exact({ type: 'a', source: 'b' }) });
    broker.subscribe('second', { subscriber: payment, filter: EventFilter.exact({ source: 'b', type: 'a' }) });
    expect(problems(chart, 'SM0343')).toHaveLength(1);
  });

  test('is not one with another filter, another path or another broker', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    const payment = new Handler(chart, 'payment');
    broker.subscribe('placed', { subscriber: payment, filter: EventFilter.type(placed) });
    broker.subscribe('paid', { subscriber: payment, filter: EventFilter.type(paid) });
    broker.subscribe('elsewhere', { subscriber: payment, filter: EventFilter.type(placed), path: '/again' });
    const other = kafkaBroker(new Chart(chart, 'other', { namespace: 'other' }));
    other.subscribe('placed', { subscriber: payment, filter: EventFilter.type(placed) });
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });

  test('of one name is refused', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    broker.subscribe('placed', { subscriber: new Handler(chart, 'a'), name: 'same' });
    broker.subscribe('paid', { subscriber: new Handler(chart, 'b'), name: 'same' });
    expect(manifests(chart).filter(m => m.kind === 'Trigger').map(m => m.metadata.name)).toEqual(['same', 'same']);
    expect(problems(chart, 'SM0002')).toHaveLength(1);
  });
});

describe('a subscriber that answers with events', () => {
  function refusedReplies(filter: EventFilter | undefined, ...replies: CloudEvent[]) {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), filter, replies });
    return problems(chart, 'SM0344');
  }

  test('is refused where an answer passes the filter of the subscription', () => {
    expect(refusedReplies(EventFilter.prefix({ type: 'com.example.' }), placed)).toMatchObject([{
      path: 'chart/orders/payment', field: 'replies', value: '"com.example.order.placed"', reason: expect.stringContaining('for ever'),
    }]);
  });

  test('is refused without a filter, which every answer passes', () => {
    expect(refusedReplies(undefined, paid)).toHaveLength(1);
  });

  test('is fine where no answer passes', () => {
    expect(refusedReplies(EventFilter.type(placed), paid)).toEqual([]);
    expect(refusedReplies(EventFilter.all(EventFilter.prefix({ type: 'com.' }), EventFilter.not(EventFilter.type(paid))), paid)).toEqual([]);
  });

  test('is not judged where the declared attributes do not decide it', () => {
    expect(refusedReplies(EventFilter.exact({ tenant: 'a' }), paid)).toEqual([]);
    expect(refusedReplies(EventFilter.cesql('type LIKE \'%\''), paid)).toEqual([]);
  });
});

describe('a path', () => {
  test('is refused without a leading slash', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), path: 'events' });
    expect(problems(chart, 'SM0348')).toMatchObject([{ value: '"events"', fix: 'write "/events"' }]);
  });

  test('is refused beside a sink that is a URI', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('partner', { subscriber: EventSink.fromUri(chart, 'sink', 'https://partner.example.com/'), path: '/events' });
    expect(problems(chart, 'SM0348')).toMatchObject([{ reason: expect.stringContaining('https://partner.example.com/') }]);
  });
});

test('a refusal stops the synthesis of a plain cdk8s app, all of them together', () => {
  const chart = shopChart();
  kafkaBroker(chart, { delivery: undefined }).subscribe('payment', { subscriber: new Handler(chart, 'payment'), replies: [paid] });
  expect(() => (chart.node.root as App).synth()).toThrow(/SM0340[^]*SM0344/);
});

test('what takes no events is reported as a destination that leads nowhere', () => {
  const chart = shopChart();
  kafkaBroker(chart).subscribe('payment', { subscriber: {} as Handler });
  expect(findings(chart, 'SM0310')).toMatchObject([{ path: 'chart/orders/payment', field: 'spec.subscriber' }]);
});
