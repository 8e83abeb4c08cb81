import { EVENTING, FLOWS, MESSAGING, SOURCES, specOf } from './brokers';
import { ModelObject, ManifestModel } from '../../model';
import { fieldsOf, isGiven, listOf } from '../../values';

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
  { group: MESSAGING, kind: 'Subscription', locate: object => [required(object, 'subscriber'), ...reply(object), ...deadLetterSink(object)] },
  { group: MESSAGING, kind: 'Channel', locate: deadLetterSink },
  { group: FLOWS, kind: 'Sequence', locate: object => [...steps(object), ...optional(object, 'reply'), ...deadLetterSink(object)] },
  { group: FLOWS, kind: 'Parallel', locate: object => [...branches(object), ...optional(object, 'reply'), ...deadLetterSink(object)] },
  ...['SinkBinding', 'ApiServerSource', 'PingSource', 'ContainerSource'].map(kind => ({
    group: SOURCES, kind, locate: (object: ModelObject) => [required(object, 'sink')],
  })),
  { group: EVENTING, kind: 'EventTransform', locate: object => optional(object, 'sink') },
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

/** The webhook takes an empty reply of a Subscription for none. */
function reply(object: ModelObject): WrittenDestination[] {
  return optional(object, 'reply').filter(({ value }) => Object.keys(fieldsOf(value)).length > 0);
}

/** A step of a Sequence is a destination itself. */
function steps(object: ModelObject): WrittenDestination[] {
  return listOf(specOf(object).steps).map((step, index) => ({ field: `spec.steps[${index}]`, value: step, required: true }));
}

function branches(object: ModelObject): WrittenDestination[] {
  return listOf(specOf(object).branches).flatMap((branch, index) => {
    const { filter, subscriber, reply: answer } = fieldsOf(branch);
    const written = (name: string, value: unknown) => ({ field: `spec.branches[${index}].${name}`, value, required: name === 'subscriber' });
    return [
      ...isGiven(filter) ? [written('filter', filter)] : [],
      written('subscriber', subscriber),
      ...isGiven(answer) ? [written('reply', answer)] : [],
    ];
  });
}

function deadLetterSink(object: ModelObject): WrittenDestination[] {
  return deliveries(object).flatMap(({ field, delivery }) => isGiven(delivery.deadLetterSink)
    ? [{ field: `${field}.deadLetterSink`, value: delivery.deadLetterSink, required: false }]
    : []);
}
