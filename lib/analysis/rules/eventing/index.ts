import { brokerClassEmpty, brokerClassUnknown } from './broker-class';
import { brokerConfigMissing, brokerConfigReference, brokerConfigUnusable } from './broker-config';
import { brokerName } from './broker-name';
import { cesqlSyntax } from './cesql';
import { channelConfig, inMemoryChannel } from './channel-config';
import { deadLettersDropped, deadLettersReturned } from './dead-letters';
import { deliveryDuration, deliveryOverflow, deliveryPrecision } from './delivery-durations';
import { deliveryFields } from './delivery-fields';
import { deliveryOrderIgnored, deliveryOrderUnknown } from './delivery-order';
import { destinationIncomplete, destinationMissing } from './destination';
import { duplicateTrigger } from './duplicate-trigger';
import { filterAttributes } from './filter-attributes';
import { filterDialects, filterEmpty, filterShadowed } from './filter-dialects';
import { kafkaConfig, kafkaRetention } from './kafka-config';
import { kafkaSecret } from './kafka-secret';
import { sinkBindingNamedRevision, sinkBindingSubject, sinkBindingTwice } from './sink-binding';
import { triggerAnnotations } from './trigger-annotations';
import { triggerBroker, triggerBrokerMissing } from './trigger-broker';
import { Rule } from '../../rule';

/** What manifests decide about brokers, subscriptions and their delivery, in the order of the codes. */
export const EVENTING_RULES: readonly Rule[] = [
  brokerClassEmpty,
  brokerClassUnknown,
  brokerConfigReference,
  brokerConfigUnusable,
  brokerConfigMissing,
  kafkaConfig,
  kafkaRetention,
  kafkaSecret,
  channelConfig,
  inMemoryChannel,
  destinationIncomplete,
  destinationMissing,
  triggerBroker,
  triggerBrokerMissing,
  filterAttributes,
  deliveryDuration,
  filterDialects,
  filterEmpty,
  filterShadowed,
  cesqlSyntax,
  deliveryPrecision,
  deliveryOverflow,
  deliveryFields,
  deliveryOrderUnknown,
  deliveryOrderIgnored,
  duplicateTrigger,
  deadLettersDropped,
  deadLettersReturned,
  sinkBindingSubject,
  sinkBindingTwice,
  sinkBindingNamedRevision,
  triggerAnnotations,
  brokerName,
];
