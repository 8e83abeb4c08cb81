import { Construct } from 'constructs';
import { IEventSink, SinkReference } from '../core/event-sink';
import { Intents } from '../core/intents';

/** Something that takes events and exists elsewhere: outside of the cluster, or in another app. */
export class EventSink extends Construct implements IEventSink {
  /**
   * An address. Where the sink is an object of the cluster prefer a reference: its address changes with TLS and OIDC.
   * @param uri absolute, with scheme and host, such as `https://example.com/events`
   */
  public static fromUri(scope: Construct, id: string, uri: string): EventSink {
    return new EventSink(scope, id, { uri });
  }

  /**
   * An object of the cluster that has an address.
   * @param reference its API version, kind and name; without a namespace that of the object that refers to it
   */
  public static fromReference(scope: Construct, id: string, reference: SinkReference): EventSink {
    return new EventSink(scope, id, reference);
  }

  private constructor(
    scope: Construct,
    id: string,
    /** Where events for it are sent. */
    public readonly sinkReference: SinkReference,
  ) {
    super(scope, id);
    Intents.of(this);
  }
}
