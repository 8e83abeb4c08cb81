import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BackedBroker } from './broker-backend';
import { BrokerClass } from './broker-class';
import { DeliveryOptions } from './delivery';
import { allowDelivery } from './delivery-edge';
import { deliveryProblems, renderDelivery } from './delivery-plan';
import { PublisherBinding } from './publisher-binding';
import { SubscribeOptions, Subscription } from './subscription';
import { Broker, toJson_BrokerSpec } from '../../imports/eventing.knative.dev';
import { ClusterProfile } from '../core/cluster-profile';
import { IEventSink, SinkReference } from '../core/event-sink';
import { BROKER_CLASS_ANNOTATION } from '../core/eventing/names';
import { Intents } from '../core/intents';
import { namespaceOf } from '../core/names';
import { ProblemReport, reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IWorkload } from '../core/workload';

/** A broker of events. */
export interface EventBrokerProps {
  /**
   * Name of the Broker; at most 63 characters, for it becomes a label value of its Triggers.
   * @default - the id of the construct
   */
  readonly name?: string;

  /** What the broker is made of. Cannot be changed once the broker exists. */
  readonly brokerClass: BrokerClass;

  /**
   * How events are delivered to subscribers that say nothing else.
   * @default - ten retries with exponential backoff and a timeout of one minute; each subscription has to decide about its dead letters
   */
  readonly delivery?: DeliveryOptions;
}

/**
 * Takes events in and delivers them to whoever subscribed: a Knative Broker with its Triggers.
 * Events are delivered at least once, so a subscriber must bear the same event (same `source` and `id`) again.
 *
 * @see https://knative.dev/docs/eventing/brokers/
 */
export class EventBroker extends Construct implements IEventSink {
  /** The Broker. */
  public readonly apiObject: ApiObject;
  /** Its name. */
  public readonly brokerName: string;
  /** Its namespace, which is also that of its Triggers. */
  public readonly brokerNamespace: string;
  /** Where events for it are sent. */
  public readonly sinkReference: SinkReference;

  private readonly brokerClass: BrokerClass;
  private readonly delivery: DeliveryOptions;
  private readonly subscribed: Subscription[] = [];

  constructor(scope: Construct, id: string, props: EventBrokerProps) {
    super(scope, id);
    this.brokerName = props.name ?? id;
    this.brokerNamespace = namespaceOf(this);
    this.brokerClass = props.brokerClass;
    this.delivery = props.delivery ?? {};
    this.sinkReference = { ...Broker.GVK, name: this.brokerName, namespace: this.brokerNamespace };
    const config = props.brokerClass._configuration.configure(this.backed);
    this.apiObject = resource(this, 'Resource', {
      gvk: Broker.GVK,
      metadata: { name: this.brokerName, annotations: { [BROKER_CLASS_ANNOTATION]: props.brokerClass.className } },
      fields: { spec: () => toJson_BrokerSpec({ config, delivery: renderDelivery(this.delivery, ClusterProfile.of(this)) }) },
    });
    Intents.of(this);
    if (this.delivery.deadLetters?.sink) allowDelivery(this, this.delivery.deadLetters.sink);
    reportProblems(this, () => this.problems());
  }

  /**
   * Address to which events are posted over plain HTTP: the fallback for publishers that cannot be bound. It differs where the
   * cluster encrypts events or asks for OIDC tokens; `grantPublish` and references do not mind.
   */
  public get ingressUrl(): string {
    const profile = ClusterProfile.of(this);
    const host = profile.serviceHost(this.brokerClass._traits.ingressService, profile.knativeEventingNamespace);
    return `http://${host}/${this.brokerNamespace}/${this.brokerName}`;
  }

  /** The subscriptions so far. */
  public get subscriptions(): Subscription[] {
    return [...this.subscribed];
  }

  /**
   * Delivers events to a subscriber. A workload of the app lets the deliveries in.
   * A subscription to a broker on Kafka gets what is published from then on, not what the topic already holds.
   */
  public subscribe(id: string, options: SubscribeOptions): Subscription {
    const broker = { ...this.backed, traits: this.brokerClass._traits, delivery: this.delivery };
    const subscription = Subscription._of(broker, id, options);
    this.subscribed.push(subscription);
    return subscription;
  }

  /**
   * Tells a workload where to publish: its containers get the broker's address in the environment variable `K_SINK`. A workload publishes to
   * one broker only this way. Granting again changes nothing.
   */
  public grantPublish(publisher: IWorkload): PublisherBinding {
    const id = `Publisher-${publisher.workloadNamespace}-${publisher.workloadName}`;
    const granted = this.node.tryFindChild(id) as PublisherBinding | undefined;
    return granted ?? PublisherBinding._of(this, id, publisher, this.brokerName, this);
  }

  private get backed(): BackedBroker {
    return { scope: this, name: this.brokerName, namespace: this.brokerNamespace };
  }

  private problems(): ProblemReport[] {
    return [
      ...this.brokerClass._configuration.problems(this.backed),
      ...deliveryProblems(this.delivery, 'delivery'),
      ...this.deadLetterProblems(),
      ...this.duplicateProblems(),
    ];
  }

  private deadLetterProblems(): ProblemReport[] {
    if (this.delivery.deadLetters) return [];
    const undecided = this.subscribed.filter(subscription => !subscription._delivery.deadLetters);
    if (this.subscribed.length > 0 && undecided.length === 0) return [];
    const whose = undecided.length === 0 ? 'any subscription' : undecided.map(subscription => subscription.node.id).join(', ');
    return [{
      code: 'SM0340',
      field: 'delivery.deadLetters',
      reason: `nobody said what becomes of events that cannot be delivered to ${whose}: they would be lost without a word once the retries are spent`,
      fix: 'set DeadLetters.to(sink) on the broker or the subscription, or DeadLetters.none() where losing them is acceptable',
    }];
  }

  private duplicateProblems(): ProblemReport[] {
    const first = new Map<string, Subscription>();
    return this.subscribed.flatMap(subscription => {
      const earlier = first.get(subscription._signature);
      if (!earlier) {
        first.set(subscription._signature, subscription);
        return [];
      }
      return [{
        code: 'SM0343',
        path: subscription.node.path,
        field: 'subscriber',
        reason: `${earlier.node.path} already delivers the same events to the same subscriber, so it would get each of them twice`,
        fix: 'remove one of the two, or give them filters that differ',
      }];
    });
  }
}
