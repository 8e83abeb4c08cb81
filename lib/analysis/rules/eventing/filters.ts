import { EVENTING, SOURCES, specOf } from './brokers';
import { ManifestModel, ModelObject } from '../../model';
import { Fields, fieldsOf, isGiven, listOf } from '../../values';

/** A filter of a Trigger, an ApiServerSource or an EventPolicy, at any depth. */
export interface WrittenFilter {
  readonly object: ModelObject;
  readonly field: string;
  readonly filter: Fields;
}

/** Dialects that compare attributes. */
export const ATTRIBUTE_DIALECTS = ['exact', 'prefix', 'suffix'] as const;

const FILTERING: readonly (readonly [group: string, kind: string])[] = [[EVENTING, 'Trigger'], [SOURCES, 'ApiServerSource'], [EVENTING, 'EventPolicy']];

/** The filters of every object that has some, nested ones after those that hold them. */
export function filtersOf(model: ManifestModel): WrittenFilter[] {
  return FILTERING.flatMap(([group, kind]) => model.ofKind(group, kind).flatMap(object => listOf(specOf(object).filters)
    .flatMap((filter, index) => withNested(object, `spec.filters[${index}]`, fieldsOf(filter)))));
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

function withNested(object: ModelObject, field: string, filter: Fields): WrittenFilter[] {
  return [
    { object, field, filter },
    ...['all', 'any'].flatMap(dialect => listOf(filter[dialect])
      .flatMap((inner, index) => withNested(object, `${field}.${dialect}[${index}]`, fieldsOf(inner)))),
    ...isGiven(filter.not) ? withNested(object, `${field}.not`, fieldsOf(filter.not)) : [],
  ];
}
