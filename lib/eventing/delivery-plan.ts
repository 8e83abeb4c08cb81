import { Duration } from 'cdk8s';
import { Backoff, DeadLetters, DeliveryOptions } from './delivery';
import { destinationOf } from './destination';
import { untypedDuration } from './untyped-duration';
import { TriggerSpecDelivery } from '../../imports/eventing.knative.dev';
import { ClusterProfile } from '../core/cluster-profile';
import { periodOf } from '../core/eventing/period';
import { EventingFeature } from '../core/eventing-feature';
import { FeatureState } from '../core/feature-state';
import { ProblemReport } from '../core/problem';
import { instanceOf, NUMBER, usable, wrongType } from '../core/wrong-type';

// The first two are what Knative ships in config-br-defaults.
const DEFAULT_RETRIES = 10;
const DEFAULT_BACKOFF = Backoff.exponential(Duration.millis(200));
const DEFAULT_TIMEOUT = Duration.minutes(1);

const BACKOFF = instanceOf(Backoff, 'write Backoff.exponential(Duration.millis(200)) or Backoff.linear(...)');
// Taken for its absence, a wrong value would drop every undeliverable event.
const DEAD_LETTERS = instanceOf(DeadLetters, 'write DeadLetters.to(sink) or DeadLetters.none()');

/**
 * What holds for a subscription: its own options, and the broker's where it has none. A Trigger's delivery replaces the
 * Broker's as a whole, so what is inherited has to be written out.
 */
export function inheritedDelivery(broker: DeliveryOptions, own: DeliveryOptions): DeliveryOptions {
  return {
    retries: own.retries ?? broker.retries,
    backoff: own.backoff ?? broker.backoff,
    timeout: own.timeout ?? broker.timeout,
    deadLetters: own.deadLetters ?? broker.deadLetters,
  };
}

/** How often a delivery that fails is tried again. */
export function retriesOf({ retries }: DeliveryOptions): number {
  return usable(retries, NUMBER) ?? DEFAULT_RETRIES;
}

/** The delivery as manifests have it; values that are no durations are left out, for their report says more than the webhook's. */
export function renderDelivery(options: DeliveryOptions, profile: ClusterProfile): TriggerSpecDelivery {
  const retry = options.retries ?? DEFAULT_RETRIES;
  const { policy, delay } = usable(options.backoff, BACKOFF) ?? DEFAULT_BACKOFF;
  const sink = usable(options.deadLetters, DEAD_LETTERS)?.sink;
  return {
    retry,
    ...retry === 0 ? {} : { backoffPolicy: policy, backoffDelay: periodOf(delay) },
    timeout: periodOf(options.timeout ?? (timeoutAllowed(profile) ? DEFAULT_TIMEOUT : undefined)),
    deadLetterSink: sink && destinationOf(sink),
  };
}

/** What is wrong with options that compile nowhere but in plain JavaScript. */
export function deliveryProblems(options: DeliveryOptions, field: string): ProblemReport[] {
  const { backoff, timeout, deadLetters } = options;
  return [
    ...untypedDuration(`${field}.timeout`, timeout),
    ...wrongType(`${field}.backoff`, backoff, BACKOFF),
    ...untypedDuration(`${field}.backoff`, usable(backoff, BACKOFF)?.delay),
    ...wrongType(`${field}.deadLetters`, deadLetters, DEAD_LETTERS),
  ];
}

function timeoutAllowed(profile: ClusterProfile): boolean {
  return profile.eventingFeature(EventingFeature.DELIVERY_TIMEOUT) === FeatureState.ENABLED;
}
