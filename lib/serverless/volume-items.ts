import type * as kplus from 'cdk8s-plus-28';

interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

/** The keys of a Secret or ConfigMap that become files. */
export function keyItems(items: { [key: string]: kplus.PathMapping } | undefined): KeyToPath[] | undefined {
  if (!items || Object.keys(items).length === 0) return undefined;
  return Object.entries(items).map(([key, mapping]) => ({ key, path: mapping?.path, mode: mapping?.mode }));
}
