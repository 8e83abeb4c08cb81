import { IConstruct } from 'constructs';
import type { MeshRoute } from './mesh-route';

const ROUTES = new WeakMap<IConstruct, MeshRoute[]>();

/** Every set of routes of an app. */
export function allRoutes(scope: IConstruct): readonly MeshRoute[] {
  return (ROUTES.get(scope.node.root) ?? []).filter(route => route.node.scope?.node.tryFindChild(route.node.id) === route);
}

export function addRoutes(route: MeshRoute): void {
  const { root } = route.node;
  ROUTES.set(root, [...ROUTES.get(root) ?? [], route]);
}
