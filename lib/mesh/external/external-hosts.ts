import { Construct, IConstruct } from 'constructs';

const EXTERNALS = new WeakMap<IConstruct, Map<string, Construct[]>>();

/** What of an app makes a host outside of the cluster known. */
export function declarersOf(root: IConstruct, host: string): readonly Construct[] {
  return EXTERNALS.get(root)?.get(host) ?? [];
}

/** Remembers who makes hosts known. */
export function registerExternal(construct: Construct, hosts: readonly string[]): void {
  const { root } = construct.node;
  const known = EXTERNALS.get(root) ?? new Map<string, Construct[]>();
  EXTERNALS.set(root, known);
  for (const host of hosts) known.set(host, [...known.get(host) ?? [], construct]);
}
