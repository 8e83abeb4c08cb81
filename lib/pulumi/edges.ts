import { ApiObject } from 'cdk8s';
import { CODES, refused } from './codes';
import { Deployable } from './identity';
import { groupOf, Problem } from 'cdk8s-serverless-mesh/analysis';

/** Objects in an order in which each comes after those that it needs, with what it needs. */
export interface Topology {
  readonly order: readonly Deployable[];
  readonly needs: ReadonlyMap<Deployable, ReadonlySet<Deployable>>;
  readonly problems: readonly Problem[];
}

/**
 * Who waits for whom: what was said with `addDependency`, of an object or of any construct above it, and what follows from the API: a
 * Namespace comes before its members, a CustomResourceDefinition before its objects.
 */
export function topologyOf(deployables: readonly Deployable[]): Topology {
  const needs = new Map(deployables.map(deployable => [deployable, new Set<Deployable>()]));
  declared(deployables, needs);
  implied(deployables, needs);
  return sorted(deployables, needs);
}

type Needs = Map<Deployable, Set<Deployable>>;

function declared(deployables: readonly Deployable[], needs: Needs): void {
  const below = new Map<unknown, Deployable[]>();
  for (const deployable of deployables) {
    for (const scope of deployable.object.node.scopes) {
      const members = below.get(scope);
      if (members) members.push(deployable);
      else below.set(scope, [deployable]);
    }
  }
  for (const deployable of deployables) {
    const known = needs.get(deployable)!;
    for (const scope of deployable.object.node.scopes) {
      for (const target of scope.node.dependencies) {
        for (const member of below.get(target) ?? []) {
          // a construct that waits for a part of itself: the part waits for nothing
          if (member !== deployable && !deployable.object.node.scopes.includes(target)) known.add(member);
        }
      }
    }
  }
}

function implied(deployables: readonly Deployable[], needs: Needs): void {
  const namespaces = new Map<string, Deployable>();
  const definitions = new Map<string, Deployable>();
  for (const deployable of deployables) {
    const { manifest, cluster = '' } = deployable;
    if (manifest.kind === 'Namespace' && manifest.apiVersion === 'v1') namespaces.set(`${cluster}/${manifest.metadata.name}`, deployable);
    if (manifest.kind === 'CustomResourceDefinition') definitions.set(`${cluster}/${manifest.spec?.group}/${manifest.spec?.names?.kind}`, deployable);
  }
  for (const deployable of deployables) {
    const { manifest, cluster = '' } = deployable;
    for (const first of [namespaces.get(`${cluster}/${manifest.metadata.namespace}`), definitions.get(`${cluster}/${groupOf(manifest.apiVersion)}/${manifest.kind}`)]) {
      if (first && first !== deployable) needs.get(deployable)!.add(first);
    }
  }
}

function sorted(deployables: readonly Deployable[], needs: Needs): Topology {
  const order: Deployable[] = [];
  const waiting = new Map(deployables.map(deployable => [deployable, needs.get(deployable)!.size]));
  const dependants = new Map<Deployable, Deployable[]>();
  for (const [deployable, known] of needs) {
    for (const first of known) {
      const after = dependants.get(first);
      if (after) after.push(deployable);
      else dependants.set(first, [deployable]);
    }
  }
  const ready = deployables.filter(deployable => waiting.get(deployable) === 0);
  for (let at = 0; at < ready.length; at++) {
    order.push(ready[at]);
    for (const after of dependants.get(ready[at]) ?? []) {
      const left = waiting.get(after)! - 1;
      waiting.set(after, left);
      if (left === 0) ready.push(after);
    }
  }
  return { order, needs, problems: order.length === deployables.length ? [] : [cycleIn(deployables, needs, new Set(order))] };
}

function cycleIn(deployables: readonly Deployable[], needs: Needs, done: ReadonlySet<Deployable>): Problem {
  const path: Deployable[] = [];
  let at = deployables.find(deployable => !done.has(deployable))!;
  while (!path.includes(at)) {
    path.push(at);
    at = [...needs.get(at)!].find(first => !done.has(first))!;
  }
  const cycle = [...path.slice(path.indexOf(at)), at].map(({ object }) => pathOf(object));
  return refused({
    code: CODES.cycle,
    path: cycle[0],
    field: 'dependencies',
    reason: `none can be the first: ${cycle.join(' needs ')}; besides what was declared, an object needs its Namespace and its CustomResourceDefinition`,
    fix: 'take away one of the dependencies',
  });
}

function pathOf(object: ApiObject): string {
  return object.node.path;
}
