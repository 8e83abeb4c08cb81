import { Construct } from 'constructs';
import { Caller } from '../core/caller';
import { IEventSink } from '../core/event-sink';
import { HttpMethod } from '../core/grants';
import { Intents } from '../core/intents';
import { IRouteTarget, workloadOf } from '../core/route-target';

/** Records that the brokers' data planes post events to a sink, so that its policies let them. */
export function allowDelivery(scope: Construct, sink: IEventSink, path?: string, retries?: number): void {
  // a tag of a service is no workload, but its pods are those of one
  const target = workloadOf((sink ?? {}) as unknown as IRouteTarget);
  if (!target) return;
  // Policies compare the path alone, without the query.
  const [posted] = (path ?? sink.sinkReference.uri ?? '/').replace(/^[a-z]+:\/\/[^/?]*/, '').split('?');
  Intents.of(scope).edges.add({
    caller: Caller.eventing(scope),
    target,
    options: { methods: [HttpMethod.POST], paths: [posted || '/'] },
    delivery: true,
    retries,
  });
}
