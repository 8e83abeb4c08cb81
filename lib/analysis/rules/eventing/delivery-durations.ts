import { brokerOf, EVENTING, isKafka, MESSAGING } from './brokers';
import { deliveries } from './destinations';
import { formatPeriod, isZeroPeriod, parsePeriod, PeriodField, unitMissing } from '../../../core/eventing/period';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Finding, Rule, RuleContext } from '../../rule';
import { isGiven } from '../../values';

/** Kinds whose deliveries the webhook looks at. */
const DELIVERING: readonly (readonly [group: string, kind: string])[] = [
  [EVENTING, 'Broker'], [EVENTING, 'Trigger'], [EVENTING, 'RequestReply'],
  [MESSAGING, 'Channel'], [MESSAGING, 'Subscription'],
  ['flows.knative.dev', 'Sequence'], ['flows.knative.dev', 'Parallel'],
];

/** Each field of a delivery is kept in 16 bits, in tenths, and Kafka's controller does not carry seconds over into minutes. */
const MOST_TENTHS = 2 ** 15 - 1;

const GO_UNITS: { readonly [unit: string]: number } = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

export function deliveringObjects(context: RuleContext): ModelObject[] {
  return DELIVERING.flatMap(([group, kind]) => [...context.model.ofKind(group, kind)]);
}

interface WrittenDuration {
  readonly object: ModelObject;
  readonly name: string;
  readonly field: string;
  readonly value: unknown;
}

function durations(context: RuleContext): WrittenDuration[] {
  return deliveringObjects(context).flatMap(object => deliveries(object).flatMap(({ field, delivery }) =>
    ['backoffDelay', 'timeout', 'retryAfterMax'].filter(name => isGiven(delivery[name]))
      .map(name => ({ object, name, field: `${field}.${name}`, value: delivery[name] }))));
}

export const deliveryDuration: Rule = {
  code: 'SM0315',
  title: 'duration of a delivery that Knative cannot read',
  explanation: 'Durations of a delivery are ISO 8601, such as PT0.2S or PT10S, and a timeout is more than nothing (knative/eventing pkg/apis/duck/v1/delivery_types.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    backoffDelay: 500ms
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    backoffDelay: PT0.5S
`,
  },
  check(context) {
    for (const { object, name, field, value } of durations(context)) {
      const finding = typeof value === 'string' && parsePeriod(value) ? zeroOrNegative(name, value) : unreadable(value);
      if (finding) context.report(object, { field, value, ...finding });
    }
  },
};

export const deliveryPrecision: Rule = {
  code: 'SM0320',
  title: 'duration of a delivery that is finer than Knative keeps',
  explanation: 'Knative\'s parser keeps one decimal of each field and cuts off the rest (github.com/rickb777/date period/parse.go, parseDecimalFixedPoint).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    backoffDelay: PT0.25S
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    backoffDelay: PT0.3S
`,
  },
  check(context) {
    for (const { object, name, field, value } of durations(context)) {
      const cut = fieldsOfPeriod(value).find(part => part.cut);
      // Of a timeout nothing may be left; that is refused.
      if (!cut || (name === 'timeout' && fieldsOfPeriod(value).every(part => part.tenths === 0))) continue;
      context.report(object, {
        field,
        value,
        reason: `Knative keeps tenths and cuts off the rest: it takes ${cut.tenths / 10}${cut.unit}`,
        fix: 'use steps of 100 milliseconds',
      });
    }
  },
};

export const deliveryOverflow: Rule = {
  code: 'SM0321',
  title: 'duration of a delivery that Kafka\'s controller cannot hold',
  explanation: 'The controller of Kafka brokers keeps each field of a duration in 16 bits, in tenths, as it is written: PT3600S overflows where PT1H does not, and the '
    + 'Broker or Trigger never becomes ready (eventing-kafka-broker control-plane/pkg/core/config/utils.go).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
  delivery:
    timeout: PT3600S
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
  delivery:
    timeout: PT1H
`,
  },
  check(context) {
    for (const { object, field, value } of durations(context)) {
      const broker = object.manifest.kind === 'Broker' ? object : object.manifest.kind === 'Trigger' ? brokerOf(context.model, object) : undefined;
      const over = fieldsOfPeriod(value).find(part => Math.abs(part.tenths) > MOST_TENTHS);
      if (!over || !broker || !isKafka(broker)) continue;
      context.report(object, {
        field,
        value,
        reason: `Kafka's controller holds at most ${MOST_TENTHS / 10} in each field of a duration, and this says ${over.tenths / 10}${over.unit}`,
        fix: 'write it in larger units, such as PT1H for PT3600S',
      });
    }
  },
};

function fieldsOfPeriod(value: unknown): readonly PeriodField[] {
  return typeof value === 'string' ? parsePeriod(value)?.fields ?? [] : [];
}

function zeroOrNegative(name: string, value: string): Finding | undefined {
  const period = parsePeriod(value)!;
  if (name === 'timeout' && isZeroPeriod(period)) {
    return { reason: 'a timeout is more than nothing, and Knative keeps tenths of a second', fix: 'write at least PT0.1S, or leave the timeout out' };
  }
  // Of a negative one the webhook refuses retryAfterMax alone; as a timeout or a delay it makes no sense either.
  return period.negative ? { reason: 'time does not run backwards', fix: 'remove the sign' } : undefined;
}

function unreadable(value: unknown): Finding {
  const go = typeof value === 'string' ? fromGo(value) : undefined;
  if (go !== undefined) return { reason: 'this is a duration as Go writes it, and Knative reads ISO 8601', fix: `write ${formatPeriod(go)}` };
  if (unitMissing(value)) return { reason: 'the unit is missing: it could be milliseconds, seconds or minutes', fix: `write ISO 8601, such as PT${Number(value) || 10}S for seconds` };
  return { reason: 'this is no duration of ISO 8601', fix: 'write one, such as PT0.2S for 200 milliseconds or PT10S for ten seconds' };
}

/** Milliseconds of a duration of Go, or undefined for another text. */
function fromGo(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  return Math.round([...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * GO_UNITS[unit], 0));
}
