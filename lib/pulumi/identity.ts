import { ApiObject } from 'cdk8s';
import { CODES, refused } from './codes';
import { isClusterScoped, isUnresolved, Manifest, Problem, groupOf } from 'cdk8s-serverless-mesh/analysis';

/** An object of the app on its way into a stack. */
export interface Deployable {
  readonly object: ApiObject;
  readonly manifest: Manifest;
  readonly cluster?: string;
}

/**
 * What an object is called in the stack: by what it is in the cluster, never by where it stands in the program. So constructs can be moved
 * and regrouped, and no object is made twice or deleted.
 */
export function logicalName({ manifest, cluster }: Deployable): string {
  const { name, namespace } = manifest.metadata;
  return [cluster, manifest.kind, namespace, name].filter(part => part !== undefined && part !== '').join('/');
}

/** The manifest without the namespace that a chart gives to everything in it, where the kind belongs to none. */
export function inItsScope(manifest: Manifest): Manifest {
  if (manifest.metadata?.namespace === undefined || !isClusterScoped(groupOf(manifest.apiVersion), manifest.kind)) return manifest;
  const { namespace, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}

/** What stands in the way of giving every object a name of its own. */
export function identityProblems(deployables: readonly Deployable[]): Problem[] {
  const seen = new Map<string, Deployable>();
  return deployables.flatMap(deployable => {
    const { manifest, object } = deployable;
    const path = object.node.path;
    for (const [field, value] of [['kind', manifest.kind], ['apiVersion', manifest.apiVersion], ['metadata.name', manifest.metadata?.name], ['metadata.namespace', manifest.metadata?.namespace]]) {
      if (isUnresolved(value)) return unresolvedName(path, field!);
    }
    const key = `${groupOf(manifest.apiVersion)} ${logicalName(deployable)}`;
    const first = seen.get(key);
    seen.set(key, first ?? deployable);
    return first ? duplicate(path, first.object.node.path, manifest) : [];
  });
}

function unresolvedName(path: string, field: string): Problem[] {
  return [refused({
    code: CODES.unresolvedIdentity,
    path,
    field,
    reason: 'an output of Pulumi is part of what identifies the object, which has to be known before anything is deployed',
    fix: 'give it a name that the program knows, as the one that you gave to the other resource',
  })];
}

function duplicate(path: string, first: string, { kind, metadata }: Manifest): Problem[] {
  return [refused({
    code: CODES.duplicate,
    path,
    field: 'metadata.name',
    value: `"${metadata.name}"`,
    reason: `${first} is the same ${kind}, and one would overwrite the other`,
    fix: 'give one of them another name; for several clusters in one program give each a name: deploy(chart, { provider, cluster: \'eu\' })',
  })];
}
