import { ModelObject } from '../../../model';
import { Finding, RuleContext } from '../../../rule';
import { Fields, fieldsOf, isGiven } from '../../../workloads';

/** What is wrong with one object, said from its spec. */
export type Inspection = (spec: Fields, object: ModelObject) => Iterable<Finding>;

/** Runs an inspection on the objects of some kinds of a group; objects without a spec are left to the schema. */
export function each(group: string, kinds: readonly string[], inspect: Inspection): (context: RuleContext) => void {
  return context => {
    for (const object of kinds.flatMap(kind => context.model.ofKind(group, kind))) {
      if (!isGiven(object.manifest.spec)) continue;
      for (const finding of inspect(fieldsOf(object.manifest.spec), object)) context.report(object, finding);
    }
  };
}

export function eachOfNetworking(kinds: string | readonly string[], inspect: Inspection): (context: RuleContext) => void {
  return each('networking.istio.io', typeof kinds === 'string' ? [kinds] : kinds, inspect);
}

export function eachOfSecurity(kind: string, inspect: Inspection): (context: RuleContext) => void {
  return each('security.istio.io', [kind], inspect);
}

/** A number as it is; a port or a weight that is no number is for the schema to refuse. */
export function figure(value: unknown): number | undefined {
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

/** How many entries a list has; what is no list has none. */
export function count(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The texts of a list with where they stand, empty ones too. */
export function items(value: unknown, field: string): { readonly field: string; readonly text: string }[] {
  return Array.isArray(value) ? value.flatMap((text, index) => typeof text === 'string' ? [{ field: `${field}[${index}]`, text }] : []) : [];
}

/** The names of those fields that are set. */
export function given(fields: Fields, names: readonly string[]): string[] {
  return names.filter(name => isGiven(fields[name]));
}
