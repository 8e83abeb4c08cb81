import { BROKER_CLASS_ANNOTATION, BROKER_CLASSES } from '../../../core/eventing/names';
import { ManifestModel, ModelObject } from '../../model';
import { fieldsOf, textOf } from '../../values';

export const EVENTING = 'eventing.knative.dev';
export const MESSAGING = 'messaging.knative.dev';
export const SOURCES = 'sources.knative.dev';
export const FLOWS = 'flows.knative.dev';

/** Where a broker is. */
export interface BrokerName {
  readonly name: string;
  readonly namespace: string;
}

export function namespaceOf(object: ModelObject): string {
  return object.namespace ?? 'default';
}

export function specOf(object: ModelObject) {
  return fieldsOf(object.manifest.spec);
}

export function annotationOf(object: ModelObject, key: string): unknown {
  return fieldsOf(object.manifest.metadata?.annotations)[key];
}

/** The class that a Broker asks for. */
export function classOf(broker: ModelObject): string | undefined {
  return textOf(annotationOf(broker, BROKER_CLASS_ANNOTATION));
}

export function isKafka(broker: ModelObject): boolean {
  const brokerClass = classOf(broker);
  return brokerClass === BROKER_CLASSES.kafka || brokerClass === BROKER_CLASSES.kafkaNamespaced;
}

export function isChannelBased(broker: ModelObject): boolean {
  return classOf(broker) === BROKER_CLASSES.channel;
}

/** The broker that a Trigger names. */
export function brokerNameOf(trigger: ModelObject): BrokerName | undefined {
  const { broker, brokerRef } = specOf(trigger);
  const ref = fieldsOf(brokerRef);
  const name = textOf(broker) ?? textOf(ref.name);
  if (!name) return undefined;
  return { name, namespace: textOf(broker) ? namespaceOf(trigger) : textOf(ref.namespace) ?? namespaceOf(trigger) };
}

/** The Broker of the app that a Trigger belongs to. */
export function brokerOf(model: ManifestModel, trigger: ModelObject): ModelObject | undefined {
  const wanted = brokerNameOf(trigger);
  return wanted && find(model, EVENTING, 'Broker', wanted.name, wanted.namespace);
}

/** The ConfigMap of the app that a Broker points to. */
export function configMapOf(model: ManifestModel, broker: ModelObject): ModelObject | undefined {
  const config = fieldsOf(specOf(broker).config);
  const name = textOf(config.name);
  if (!name || textOf(config.kind)?.toLowerCase() !== 'configmap') return undefined;
  return find(model, '', 'ConfigMap', name, textOf(config.namespace) ?? namespaceOf(broker));
}

/** The object of a kind, whatever its version, that has this name. */
export function find(model: ManifestModel, group: string, kind: string, name: string, namespace: string): ModelObject | undefined {
  return model.byName(group, kind, namespace, name);
}
