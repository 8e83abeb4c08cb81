import { Construct } from 'constructs';
import { ProblemReport } from '../core/problem';

/** What an implementation of brokers promises. */
export interface BrokerTraits {
  /** Value of the class annotation. */
  readonly className: string;
  /** Service in the eventing namespace that takes the events in. */
  readonly ingressService: string;
  /** Whether a Trigger may ask for the events of a partition one after the other. */
  readonly ordersByPartition: boolean;
  /** Whether the Broker's dead letter sink also holds for a Trigger that has a delivery of its own without one. */
  readonly keepsBrokerDeadLetters: boolean;
}

/** The broker that is set up. */
export interface BackedBroker {
  readonly scope: Construct;
  readonly name: string;
  readonly namespace: string;
}

/** The ConfigMap that a Broker points to. */
export interface ConfigReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Where a broker's ConfigMap comes from. */
export interface BrokerConfiguration {
  /** Creates the ConfigMap, or finds it. */
  configure(broker: BackedBroker): ConfigReference;
  /** What is wrong with what the user said about it. */
  problems(broker: BackedBroker): ProblemReport[];
}

export function configMapReference(name: string, namespace: string): ConfigReference {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, namespace };
}
