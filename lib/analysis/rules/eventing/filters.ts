import { EVENTING, specOf } from './brokers';
import { Fields, fieldsOf, isGiven, listOf } from './reading';
import { ManifestModel, ModelObject } from '../../model';

/** A filter of a Trigger, at any depth. */
export interface WrittenFilter {
  readonly trigger: ModelObject;
  readonly field: string;
  readonly filter: Fields;
}

/** Dialects that compare attributes. */
export const ATTRIBUTE_DIALECTS = ['exact', 'prefix', 'suffix'] as const;

/** The filters of every Trigger, nested ones after those that hold them. */
export function filtersOf(model: ManifestModel): WrittenFilter[] {
  return model.ofKind(EVENTING, 'Trigger').flatMap(trigger => listOf(specOf(trigger).filters)
    .flatMap((filter, index) => withNested(trigger, `spec.filters[${index}]`, fieldsOf(filter))));
}

/** The dialects that a filter uses, as the webhook counts them: what is empty does not count, except for `not`. */
export function dialectsOf(filter: Fields): string[] {
  return [
    ...ATTRIBUTE_DIALECTS.filter(dialect => Object.keys(fieldsOf(filter[dialect])).length > 0),
    ...['all', 'any'].filter(dialect => listOf(filter[dialect]).length > 0),
    ...isGiven(filter.not) ? ['not'] : [],
    ...isGiven(filter.cesql) && filter.cesql !== '' ? ['cesql'] : [],
  ];
}

function withNested(trigger: ModelObject, field: string, filter: Fields): WrittenFilter[] {
  return [
    { trigger, field, filter },
    ...['all', 'any'].flatMap(dialect => listOf(filter[dialect])
      .flatMap((inner, index) => withNested(trigger, `${field}.${dialect}[${index}]`, fieldsOf(inner)))),
    ...isGiven(filter.not) ? withNested(trigger, `${field}.not`, fieldsOf(filter.not)) : [],
  ];
}
