import * as pulumi from '@pulumi/pulumi';
import { MeshComponent, MeshComponentOptions } from './component';
import { ServerlessService } from './serverless-service';
import * as core from 'cdk8s-serverless-mesh';

/** What a subscription is made of, with a component or a construct as its subscriber. */
export interface SubscribeInputs extends Omit<core.SubscribeOptions, 'subscriber'> {
  /** Who gets the events. */
  readonly subscriber: ServerlessService | core.SubscribeOptions['subscriber'];
}

/** Events over Kafka or a channel, as a component. */
export class EventBroker extends MeshComponent<core.EventBroker> {
  /** Where events are sent to, once the cluster says so. */
  public readonly address: pulumi.Output<string>;

  constructor(name: string, inputs: core.EventBrokerProps, options: MeshComponentOptions = {}) {
    super('EventBroker', name, options, chart => new core.EventBroker(chart, name, inputs));
    this.address = this.field('status.address.url');
  }

  /** Sends the events that a filter lets through to a subscriber. */
  public subscribe(name: string, { subscriber, ...options }: SubscribeInputs): core.Subscription {
    return this.construct.subscribe(name, { ...options, subscriber: subscriber instanceof ServerlessService ? subscriber.construct : subscriber });
  }

  /** Lets a caller send events. */
  public grantPublish(caller: ServerlessService | core.IWorkload): void {
    this.construct.grantPublish(caller instanceof ServerlessService ? caller.construct : caller);
  }
}
