import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { backendOf } from './backends';
import { isRedirect } from './render-gateway';
import { renderRule } from './render-http-route';
import {
  HttpRoute, HttpRouteSpecRulesFiltersRequestRedirectScheme, HttpRouteSpecRulesFiltersRequestRedirectStatusCode, HttpRouteSpecRulesFiltersType, ReferenceGrant, toJson_HttpRouteSpec,
  toJson_ReferenceGrantSpec,
} from '../../../imports/gateway.networking.k8s.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { resource } from '../../core/resource';
import { GatewayServerOptions } from '../gateway/gateway-server';
import type { MeshRoute } from '../routes/mesh-route';
import { RouteOptions } from '../routes/route-options';
import { inOrder, RouteOrder } from '../routes/specificity';

/** A gateway whose listeners routes attach to. */
export interface ListeningGateway {
  readonly gatewayName: string;
  readonly gatewayNamespace: string;
  readonly _servers: readonly GatewayServerOptions[];
}

/** The HTTPRoute of a set of routes. */
export function httpRoute(route: MeshRoute, gateways: () => readonly ListeningGateway[]): ApiObject {
  return resource(route, 'Resource', {
    gvk: HttpRoute.GVK,
    metadata: { name: route.routeName },
    fields: {
      spec: () => toJson_HttpRouteSpec({
        parentRefs: gateways().flatMap(gateway => ports(gateway).map(port => ({
          name: gateway.gatewayName,
          namespace: gateway.gatewayNamespace === route.routeNamespace ? undefined : gateway.gatewayNamespace,
          port,
        }))),
        hostnames: route.hosts.some(host => host === '*') ? undefined : route.hosts,
        rules: inOrder(route._http.filter(({ options }) => options?.action?._action !== undefined), RouteOrder.MOST_SPECIFIC_FIRST)
          .map(({ name, options }) => renderRule(name, options, route.routeNamespace, ClusterProfile.of(route))),
      }),
    },
  });
}

/** The route that sends what comes in plain text to https; the API has no setting for it. */
export function redirectRoute(scope: Construct, gateway: ListeningGateway, server: GatewayServerOptions): void {
  const id = `Redirect-${server.port}`;
  if (scope.node.tryFindChild(id)) return;
  resource(scope, id, {
    gvk: HttpRoute.GVK,
    metadata: { name: `${gateway.gatewayName}-redirect-${server.port}` },
    fields: {
      spec: () => toJson_HttpRouteSpec({
        parentRefs: [{ name: gateway.gatewayName, port: server.port }],
        hostnames: server.hosts.includes('*') ? undefined : server.hosts,
        rules: [{
          filters: [{
            type: HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT,
            requestRedirect: {
              scheme: HttpRouteSpecRulesFiltersRequestRedirectScheme.HTTPS, statusCode: HttpRouteSpecRulesFiltersRequestRedirectStatusCode.VALUE_301,
            },
          }],
        }],
      }),
    },
  });
}

/** Lets routes of a namespace send to the Services of others, which their owners have to allow. */
export function allowBackends(route: MeshRoute, { action, mirrors = [] }: RouteOptions): void {
  const said = action?._action;
  const targets = [...said?.kind === 'forward' ? said.targets.map(({ target }) => target) : [], ...mirrors.map(({ target }) => target)];
  const profile = ClusterProfile.of(route);
  for (const { namespace } of targets.map(target => backendOf(target, route.routeNamespace, profile))) {
    const id = `Grant-${namespace}`;
    if (namespace === undefined || route.node.tryFindChild(id)) continue;
    resource(route, id, {
      gvk: ReferenceGrant.GVK,
      metadata: { name: `${route.routeNamespace}-${route.routeName}`, namespace },
      fields: {
        spec: () => toJson_ReferenceGrantSpec({
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: route.routeNamespace }],
          to: names(route, namespace).map(name => ({ group: '', kind: 'Service', name })),
        }),
      },
    });
  }
}

function names(route: MeshRoute, namespace: string): string[] {
  const profile = ClusterProfile.of(route);
  const targets = [...route._targets(), ...route._http.flatMap(({ options }) => options.mirrors ?? [])];
  return [...new Set(targets.map(({ target }) => backendOf(target, route.routeNamespace, profile))
    .filter(backend => backend.namespace === namespace).map(({ name }) => name))];
}

function ports({ _servers }: ListeningGateway): number[] {
  return [...new Set(_servers.filter(server => !isRedirect(server)).map(({ port }) => port))];
}
