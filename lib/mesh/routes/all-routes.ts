import { IConstruct } from 'constructs';
import type { MeshRoute } from './mesh-route';

const ROUTES = new WeakMap<IConstruct, MeshRoute[]>();

/** Every set of routes of an app. */
export function allRoutes(scope: IConstruct): readonly MeshRoute[] {
  return (ROUTES.get(scope.node.root) ?? []).filter(isInTree);
}

export function addRoutes(route: MeshRoute): void {
  const { root } = route.node;
  ROUTES.set(root, [...ROUTES.get(root) ?? [], route]);
}

// what was arranged anew leaves constructs behind that nobody will write
function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isInTree(scope));
}
