import { EVENTING, MESSAGING, SOURCES, specOf } from './brokers';
import { fieldsOf, isGiven, listOf } from './reading';
import { ModelObject, ManifestModel } from '../../model';

/** Somewhere that an object sends events to. */
export interface WrittenDestination {
  readonly field: string;
  readonly value: unknown;
  /** Whether the webhook refuses the object without it. */
  readonly required: boolean;
}

type Locate = (object: ModelObject) => WrittenDestination[];

const BY_KIND: readonly { readonly group: string; readonly kind: string; readonly locate: Locate }[] = [
  { group: EVENTING, kind: 'Broker', locate: deadLetterSink },
  { group: EVENTING, kind: 'Trigger', locate: object => [required(object, 'subscriber'), ...deadLetterSink(object)] },
  { group: MESSAGING, kind: 'Subscription', locate: object => [...optional(object, 'subscriber'), ...optional(object, 'reply'), ...deadLetterSink(object)] },
  { group: MESSAGING, kind: 'Channel', locate: deadLetterSink },
  { group: SOURCES, kind: 'SinkBinding', locate: object => [required(object, 'sink')] },
];

/** Every destination of every object of the kinds that are looked at. */
export function destinations(model: ManifestModel): { readonly object: ModelObject; readonly destination: WrittenDestination }[] {
  return BY_KIND.flatMap(({ group, kind, locate }) => model.ofKind(group, kind)
    .flatMap(object => locate(object).map(destination => ({ object, destination }))));
}

/** The deliveries of an object, with where they are written. */
export function deliveries(object: ModelObject): { readonly field: string; readonly delivery: { readonly [field: string]: unknown } }[] {
  const spec = specOf(object);
  const lists = ['steps', 'branches'].flatMap(list => listOf(spec[list]).map((entry, index) => ({
    field: `spec.${list}[${index}].delivery`,
    value: fieldsOf(entry).delivery,
  })));
  return [{ field: 'spec.delivery', value: spec.delivery }, ...lists]
    .filter(({ value }) => isGiven(value))
    .map(({ field, value }) => ({ field, delivery: fieldsOf(value) }));
}

function required(object: ModelObject, field: string): WrittenDestination {
  return { field: `spec.${field}`, value: specOf(object)[field], required: true };
}

function optional(object: ModelObject, field: string): WrittenDestination[] {
  const value = specOf(object)[field];
  return isGiven(value) ? [{ field: `spec.${field}`, value, required: false }] : [];
}

function deadLetterSink(object: ModelObject): WrittenDestination[] {
  return deliveries(object).flatMap(({ field, delivery }) => isGiven(delivery.deadLetterSink)
    ? [{ field: `${field}.deadLetterSink`, value: delivery.deadLetterSink, required: false }]
    : []);
}
