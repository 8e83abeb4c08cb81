import { Duration } from 'cdk8s';
import { IEventSink } from '../core/event-sink';

/** How long is waited before a delivery is tried again. Knative keeps tenths of a second. */
export class Backoff {
  /**
   * Each wait is twice the one before. Kafka waits 2 × `delay`, 4 × `delay`, 8 × `delay`, ...; an in-memory channel begins at `delay`.
   * @param delay first wait, in steps of 100 milliseconds
   */
  public static exponential(delay: Duration): Backoff {
    return new Backoff('exponential', delay);
  }

  /**
   * Each wait is longer than the one before by `delay`.
   * @param delay what is added each time, in steps of 100 milliseconds
   */
  public static linear(delay: Duration): Backoff {
    return new Backoff('linear', delay);
  }

  private constructor(
    /** How the wait grows: `exponential` or `linear`. */
    public readonly policy: string,
    /** The wait that it grows from. */
    public readonly delay: Duration,
  ) {}
}

/** Where events go that could not be delivered. */
export class DeadLetters {
  /**
   * To a sink, with the error in the extension attributes `knativeerrordest`, `knativeerrorcode` and `knativeerrordata`.
   * An event that this sink does not take either, after as many retries, is lost.
   */
  public static to(sink: IEventSink): DeadLetters {
    return new DeadLetters(sink);
  }

  /** Nowhere: an event that cannot be delivered is lost, and that is acceptable. */
  public static none(): DeadLetters {
    return new DeadLetters();
  }

  private constructor(
    /** The sink; undefined where undeliverable events are dropped. */
    public readonly sink?: IEventSink,
  ) {}
}

/**
 * How hard the delivery of an event is tried.
 *
 * @see https://knative.dev/docs/eventing/event-delivery/
 */
export interface DeliveryOptions {
  /**
   * How often a failed delivery is tried again; 0 tries once. Answers 404, 408, 409, 429 and from 500 on are tried again, and so
   * is no answer at all; any other answer from 300 on ends the delivery at once.
   * @default 10, as Knative itself has for brokers without a delivery of their own
   */
  readonly retries?: number;

  /**
   * How long is waited before each of the retries.
   * @default Backoff.exponential(Duration.millis(200)), as Knative itself has; ten retries then wait 6.8 minutes in all on Kafka, 3.4 in an in-memory channel
   */
  readonly backoff?: Backoff;

  /**
   * How long an answer may take before the attempt counts as failed; more than 0, in steps of 100 milliseconds. Allow for a cold
   * start. It needs the feature flag `delivery-timeout`, which Knative ships enabled.
   * @default - 1 minute; where the profile says that the flag is off none, and then Kafka waits 10 minutes and an in-memory channel for ever
   */
  readonly timeout?: Duration;

  /**
   * Where events go that could not be delivered. There is no default: say `DeadLetters.none()` where losing them is acceptable.
   * @default - that of the broker; a broker or subscription that nobody decided for is refused
   */
  readonly deadLetters?: DeadLetters;
}
