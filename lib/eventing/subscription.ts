import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BackedBroker, BrokerTraits } from './broker-backend';
import { CloudEvent } from './cloud-event';
import { DeliveryOptions } from './delivery';
import { allowDelivery } from './delivery-edge';
import { deliveryProblems, inheritedDelivery, renderDelivery, retriesOf } from './delivery-plan';
import { destinationOf } from './destination';
import { EventFilter } from './event-filter';
import { toJson_TriggerSpec, Trigger } from '../../imports/eventing.knative.dev';
import { ClusterProfile } from '../core/cluster-profile';
import { IEventSink } from '../core/event-sink';
import { canonical } from '../core/eventing/canonical';
import { DELIVERY_ORDER_ANNOTATION } from '../core/eventing/names';
import { markSubscription } from '../core/eventing/subscription-mark';
import { Intents } from '../core/intents';
import { ProblemReport, reportProblems } from '../core/problem';
import { resource } from '../core/resource';

/** Who gets which events of a broker. */
export interface SubscribeOptions {
  /** What gets the events; it may be in another namespace than the broker. */
  readonly subscriber: IEventSink;

  /**
   * Which events it gets.
   * @default - all that the broker takes
   */
  readonly filter?: EventFilter;

  /**
   * Where the delivery differs from the broker's; what is left out stays as the broker has it.
   * @default - as the broker delivers
   */
  readonly delivery?: DeliveryOptions;

  /**
   * Whether the events of a partition are delivered one after the other, each after the answer to the one before. A failing event holds
   * up its partition until its retries are spent. Events share a partition if they have the same extension attribute `partitionkey`. Only Kafka can.
   * @default false
   */
  readonly ordered?: boolean;

  /**
   * Name of the Trigger.
   * @default - the id of the subscription
   */
  readonly name?: string;

  /**
   * Path under the subscriber's address to which events are posted; begins with `/`.
   * @default - the address itself
   */
  readonly path?: string;

  /**
   * Events that the subscriber answers with. The broker takes an answer in as a new event, so one that passes the subscription's own
   * filter would come back for ever.
   * @default - nothing is known of its answers
   */
  readonly replies?: CloudEvent[];
}

/** The broker as its subscriptions see it. */
export interface SubscribedBroker extends BackedBroker {
  readonly traits: BrokerTraits;
  readonly delivery: DeliveryOptions;
}

/** A subscriber that gets events of a broker: a Trigger. Made by `EventBroker.subscribe`. */
export class Subscription extends Construct {
  /** @internal */
  public static _of(broker: SubscribedBroker, id: string, options: SubscribeOptions): Subscription {
    return new Subscription(broker, id, options);
  }

  /** The Trigger. */
  public readonly apiObject: ApiObject;
  /** Its name. */
  public readonly subscriptionName: string;

  private constructor(private readonly broker: SubscribedBroker, id: string, private readonly options: SubscribeOptions) {
    super(broker.scope, id);
    markSubscription(this);
    this.subscriptionName = options.name ?? id;
    this.apiObject = resource(this, 'Resource', {
      gvk: Trigger.GVK,
      metadata: { name: this.subscriptionName, annotations: this.ordered ? { [DELIVERY_ORDER_ANNOTATION]: 'ordered' } : undefined },
      fields: { spec: () => this.spec() },
    });
    Intents.of(this);
    allowDelivery(this, options.subscriber, options.path, retriesOf(this._delivery));
    if (options.delivery?.deadLetters?.sink) allowDelivery(this, options.delivery.deadLetters.sink);
    reportProblems(this, () => this.problems());
  }

  /** @internal */
  public get _delivery(): DeliveryOptions {
    return inheritedDelivery(this.broker.delivery, this.options.delivery ?? {});
  }

  /**
   * What two subscriptions have in common that deliver the same events to the same place.
   * @internal
   */
  public get _signature(): string {
    return canonical([destinationOf(this.options.subscriber, this.options.path), this.options.filter?._render()]);
  }

  private get ordered(): boolean {
    return this.options.ordered === true && this.broker.traits.ordersByPartition;
  }

  private spec(): object | undefined {
    const { subscriber, filter, delivery, path } = this.options;
    return toJson_TriggerSpec({
      broker: this.broker.name,
      filters: filter && [filter._render()],
      subscriber: destinationOf(subscriber, path),
      delivery: delivery && renderDelivery(this._delivery, ClusterProfile.of(this)),
    });
  }

  private problems(): ProblemReport[] {
    return [
      ...deliveryProblems(this.options.delivery ?? {}, 'delivery'),
      ...this.orderProblems(),
      ...this.loopProblems(),
      ...this.deadLetterProblems(),
      ...this.pathProblems(),
    ];
  }

  private orderProblems(): ProblemReport[] {
    if (!this.options.ordered || this.broker.traits.ordersByPartition) return [];
    return [{
      code: 'SM0342',
      field: 'ordered',
      value: true,
      reason: `broker ${this.broker.name} is of class ${this.broker.traits.className}, which takes no order from a subscription`,
      fix: 'use BrokerClass.kafka(...), or leave ordered out and write the subscriber so that order does not matter',
    }];
  }

  private loopProblems(): ProblemReport[] {
    const { filter, replies = [] } = this.options;
    return replies.filter(reply => filter ? filter._passes(reply) === true : true).map(reply => ({
      code: 'SM0344',
      field: 'replies',
      value: reply.type,
      reason: `the broker takes the answer in as a new event, which ${filter ? 'passes the filter of this subscription' : 'this subscription without a filter'
      } delivers to the same subscriber again, for ever`,
      fix: `answer with another type, or filter so that ${reply.type} does not pass`,
    }));
  }

  private deadLetterProblems(): ProblemReport[] {
    const { deadLetters } = this.options.delivery ?? {};
    if (!deadLetters || deadLetters.sink || !this.broker.delivery.deadLetters?.sink || !this.broker.traits.keepsBrokerDeadLetters) return [];
    return [{
      code: 'SM0347',
      field: 'delivery.deadLetters',
      value: 'none',
      reason: `a broker of class ${this.broker.traits.className} sends the dead letters of every subscription that names no sink to its own`,
      fix: 'leave it out, or give this subscription a sink of its own',
    }];
  }

  private pathProblems(): ProblemReport[] {
    const { path, subscriber } = this.options;
    if (path === undefined) return [];
    const uri = subscriber.sinkReference?.uri;
    if (path.startsWith('/') && uri === undefined) return [];
    return [{
      code: 'SM0348',
      field: 'path',
      value: path,
      reason: uri === undefined ? 'a path under the address of the subscriber begins with a slash' : `the subscriber's address already says ${uri}`,
      fix: uri === undefined ? `write ${JSON.stringify(`/${path}`)}` : 'leave path out, and write the path into the address of the sink',
    }];
  }
}
