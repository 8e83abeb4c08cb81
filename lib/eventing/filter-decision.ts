import { TriggerSpecFilters } from '../../imports/eventing.knative.dev';

type Attributes = { readonly [name: string]: string };

/**
 * Whether an event of which some attributes are known passes a filter: undefined where the rest of it decides, or a
 * language that is not evaluated here.
 */
export function passes(filter: TriggerSpecFilters, event: Attributes): boolean | undefined {
  if (filter.exact) return attributesPass(filter.exact, event, (value, wanted) => value === wanted);
  if (filter.prefix) return attributesPass(filter.prefix, event, (value, wanted) => value.startsWith(wanted));
  if (filter.suffix) return attributesPass(filter.suffix, event, (value, wanted) => value.endsWith(wanted));
  if (filter.all) return every(filter.all.map(inner => passes(inner, event)));
  if (filter.any?.length) return negated(every(filter.any.map(inner => negated(passes(inner, event)))));
  if (filter.not) return negated(passes(filter.not, event));
  return undefined;
}

function attributesPass(wanted: Attributes, event: Attributes, test: (value: string, wanted: string) => boolean): boolean | undefined {
  return every(Object.entries(wanted).map(([name, value]) => name in event ? test(event[name], value) : undefined));
}

function every(results: (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function negated(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}
