import { IConstruct } from 'constructs';

const SUBSCRIPTION = Symbol.for('cdk8s-serverless-mesh.subscription');

/** Tells the rules that what is below a construct was said in the library's own words, which say more than the manifest does. */
export function markSubscription(construct: IConstruct): void {
  Object.defineProperty(construct, SUBSCRIPTION, { value: true });
}

/** Whether a Trigger was made by `EventBroker.subscribe`. */
export function isSubscription(trigger: IConstruct): boolean {
  return trigger.node.scope !== undefined && SUBSCRIPTION in trigger.node.scope;
}
