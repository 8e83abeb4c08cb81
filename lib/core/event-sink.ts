import { IConstruct } from 'constructs';

/** Address of something that takes events: an object of the cluster, a URI, or a path under an object's address. */
export interface SinkReference {
  /** @default - only a URI */
  readonly apiVersion?: string;
  /** @default - only a URI */
  readonly kind?: string;
  /** @default - only a URI */
  readonly name?: string;
  /** @default - only a URI */
  readonly namespace?: string;
  /**
   * An absolute URI, or with a reference a path that is appended to its address.
   * @default - the address of the reference
   */
  readonly uri?: string;
}

/** Something that takes events: a service, a broker, a channel, a job sink. */
export interface IEventSink extends IConstruct {
  /** Where events for it are sent. */
  readonly sinkReference: SinkReference;
}
