import { IEventSink } from '../core/event-sink';

/** Where events are sent, as Knative's manifests say it. */
export interface Destination {
  readonly ref?: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  };
  readonly uri?: string;
}

/** The destination of a sink; a path is resolved against the address of what the sink refers to. */
export function destinationOf(sink: IEventSink, path?: string): Destination {
  // Plain JavaScript may pass what takes no events; the destination is then empty, which a rule reports.
  const { apiVersion, kind, name, namespace, uri } = sink?.sinkReference ?? {};
  const ref = kind || name ? { ref: { apiVersion, kind, name, namespace } } : {};
  const address = path ?? uri;
  return address === undefined ? ref : { ...ref, uri: address };
}
