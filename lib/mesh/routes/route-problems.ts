import { allRoutes } from './all-routes';
import type { MeshRoute, SaidRoute } from './mesh-route';
import { overlappingShares } from './overlapping-shares';
import { RouteAction, WeightedTarget } from './route-action';
import { RouteMatch } from './route-match';
import { RouteOrder } from './specificity';
import { ClusterProfile } from '../../core/cluster-profile';
import { GatewayApi } from '../../core/gateway-api';
import { IngressClass } from '../../core/gateway-reference';
import { MeshMode } from '../../core/mesh-mode';
import { ProblemReport, Severity } from '../../core/problem';
import { knativeServiceOf } from '../../core/route-target';
import { DURATION, instanceOf, wrongType } from '../../core/wrong-type';
import { ruleProblems } from '../kubernetes/kubernetes-problems';
import { chainProblems } from '../resilience/chain-problems';

const ACTION = instanceOf(RouteAction, 'use a factory, as in RouteAction.forward(service)');
const MATCH = instanceOf(RouteMatch, "use a factory, as in RouteMatch.pathPrefix('/users')");

/** Why routes cannot hold, or would do something else than they say. */
export function routeProblems(route: MeshRoute): ProblemReport[] {
  const types = route._http.flatMap(typeProblems);
  if (types.length > 0) return types;
  const profile = ClusterProfile.of(route);
  if (!profile.hasIstio) {
    return [{
      code: 'SM1220',
      reason: `the cluster profile has ${profile._inPlaceOfIstio}, so nobody follows these routes`,
      fix: profile.mesh === MeshMode.LINKERD ? 'use a LinkerdRoute' : 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio',
    }];
  }
  return [
    ...sameHost(route),
    ...duplicateNames(route),
    ...route._http.flatMap(said => [...weights(said), ...overlappingShares(`route(${said.name}).action`, targetsOf(said)), ...authorities(said), ...mirrors(said), ...credentials(said), ...retryBudget(said)]),
    ...chainProblems(route),
    ...knativeInMesh(route),
    ...networkingLayer(route, profile),
    ...kubernetes(route),
  ];
}

function typeProblems({ name, options }: SaidRoute): ProblemReport[] {
  const field = `route(${name})`;
  if (options?.action === undefined) {
    return [{ code: 'SM1221', field: `${field}.action`, reason: 'the route does not say what becomes of the requests that it takes', fix: 'say action: RouteAction.forward(service) or the like' }];
  }
  return [
    ...wrongType(`${field}.action`, options.action, ACTION),
    ...wrongType(`${field}.timeout`, options.timeout, DURATION),
    ...wrongType(`${field}.retries.perTryTimeout`, options.retries?.perTryTimeout, DURATION),
    ...(Array.isArray(options.match) ? options.match : [options.match]).flatMap(match => wrongType(`${field}.match`, match, MATCH)),
  ];
}

function targetsOf({ options: { action } }: SaidRoute): readonly WeightedTarget[] {
  return action._action.kind === 'forward' ? action._action.targets : [];
}

/** What becomes of several sets of routes for one host depends on which is older. */
function sameHost(route: MeshRoute): ProblemReport[] {
  const gateways = route._props.gateways ?? [];
  const rivals = allRoutes(route).filter(other => other !== route
    && ((other._inMesh && route._inMesh) || other._props.gateways?.some(gateway => gateways.includes(gateway))));
  return route.hosts.flatMap(host => rivals.filter(rival => rival.hosts.includes(host)).slice(0, 1).map(rival => ({
    code: 'SM1234',
    field: 'hosts',
    value: host,
    reason: `${rival.node.path} has routes for the same host, and which of the two is asked first is not for you to say`,
    fix: 'write the routes of a host in one place: gateway.route(...) with the host, or one MeshRoute; others can be delegated to',
  })));
}

function duplicateNames(route: MeshRoute): ProblemReport[] {
  const seen = new Set<string>();
  return route._http.filter(({ name }) => seen.has(name) || !seen.add(name)).map(({ name }) => ({
    code: 'SM1222',
    field: `route(${name})`,
    reason: 'another route of the same host has this name, and statistics and messages could not tell them apart',
    fix: 'give each route a name of its own',
  }));
}

function weights(said: SaidRoute): ProblemReport[] {
  const targets = targetsOf(said);
  const sum = targets.reduce((total, { weight }) => total + weight, 0);
  if (said.options.action._action.kind !== 'forward' || (sum === 100 && targets.every(({ weight }) => Number.isInteger(weight) && weight >= 0))) return [];
  return [{
    code: 'SM1223',
    field: `route(${said.name}).action`,
    value: targets.map(({ weight }) => weight),
    reason: targets.length === 0 ? 'there is nobody to share the requests' : `shares are whole percents that add up to 100, and these add up to ${sum}`,
    fix: 'write weights such as 90 and 10',
  }];
}

function authorities(said: SaidRoute): ProblemReport[] {
  const knative = targetsOf(said).filter(({ target }) => knativeServiceOf(target) !== undefined);
  if (knative.length === 0) return [];
  const setsHost = [said.options.requestHeaders, ...knative.map(({ requestHeaders }) => requestHeaders)]
    .some(changes => Object.keys({ ...changes?.set, ...changes?.add }).some(header => ['host', ':authority'].includes(header.toLowerCase())));
  if (said.options.authority === undefined && !setsHost) return [];
  return [{
    code: 'SM1224',
    field: `route(${said.name}).${setsHost ? 'requestHeaders' : 'authority'}`,
    value: said.options.authority,
    reason: `Knative's cluster-local gateway finds ${knative[0].target.serviceHost} by the host of the request, so no other host can be said`,
    fix: 'leave the host out: the route says the right one by itself',
  }];
}

function mirrors({ name, options }: SaidRoute): ProblemReport[] {
  return (options.mirrors ?? []).filter(({ target }) => knativeServiceOf(target) !== undefined).map(({ target }) => ({
    code: 'SM1225',
    field: `route(${name}).mirrors`,
    value: target.serviceHost,
    reason: 'a copy keeps the host of the original, by which Knative\'s cluster-local gateway would send it to the original\'s service or answer 404',
    fix: 'mirror to a Deployment behind a Service, or send the service a share of the requests by weight',
  }));
}

function credentials({ name, options: { cors } }: SaidRoute): ProblemReport[] {
  if (!cors?.allowCredentials || !cors.allowOrigins.some(origin => origin._kind === 'exact' && origin._text === '*')) return [];
  return [{
    code: 'SM1226',
    field: `route(${name}).cors.allowOrigins`,
    value: '*',
    reason: 'with allowCredentials every page of the world could act for whoever is logged in',
    fix: "name the origins: TextMatch.exact('https://shop.example.com')",
  }];
}

function retryBudget({ name, options: { timeout, retries } }: SaidRoute): ProblemReport[] {
  if (timeout === undefined || retries?.perTryTimeout === undefined) return [];
  const total = timeout.toMilliseconds({ integral: false });
  const each = retries.perTryTimeout.toMilliseconds({ integral: false });
  if (each * (retries.attempts + 1) <= total) return [];
  return [{
    code: 'SM1227',
    severity: Severity.WARNING,
    field: `route(${name}).retries`,
    value: `${retries.attempts + 1} x ${each} ms`,
    reason: `the route's timeout of ${total} ms ends the request before the last of ${retries.attempts} retries is over`,
    fix: 'make the timeout longer, or attempts or perTryTimeout smaller',
  }];
}

function knativeInMesh(route: MeshRoute): ProblemReport[] {
  const { workloads = [] } = route._props;
  if (!route._inMesh) return [];
  return workloads.filter(workload => knativeServiceOf(workload) !== undefined).map(workload => ({
    code: 'SM1228',
    field: 'workloads',
    value: workload.serviceHost,
    reason: 'Knative writes the routes of its services itself, and what the mesh does with two sets of routes for one host is undefined',
    fix: 'split the requests by the traffic of the service, or route to it from a MeshGateway',
  }));
}

function networkingLayer(route: MeshRoute, profile: ClusterProfile): ProblemReport[] {
  const knative = route._targets().find(({ target }) => knativeServiceOf(target) !== undefined);
  const foreign = profile.ingressClass === IngressClass.KOURIER || profile.ingressClass === IngressClass.CONTOUR;
  if (knative === undefined || !foreign || profile.localGateway.serviceName !== 'knative-local-gateway') return [];
  return [{
    code: 'SM1229',
    field: 'route.action',
    value: knative.target.serviceHost,
    reason: `the cluster profile says that Knative's routes are carried by ${profile.ingressClass.split('.')[0]}, which has no gateway knative-local-gateway`,
    fix: 'name its cluster-local gateway in the profile (localGateway), or use net-istio',
  }];
}

function kubernetes(route: MeshRoute): ProblemReport[] {
  const { gateways = [], order, exportTo, inMesh } = route._props;
  if (!gateways.some(gateway => gateway.gatewayApi === GatewayApi.KUBERNETES)) return [];
  if (!route._isKubernetes || inMesh) {
    return [{
      code: 'SM1237',
      field: 'gateways',
      reason: 'a VirtualService is not followed by gateways of the Gateway API, nor an HTTPRoute by others',
      fix: 'make a MeshRoute for each API; delegate to or add the same routes',
    }];
  }
  const unsaid = [
    ...order === RouteOrder.AS_SAID ? [['order', 'the order of rules, which follows from what they match']] : [],
    ...exportTo ? [['exportTo', 'namespaces that see a route']] : [],
    ...route._connections > 0 ? [['addTlsRoute', 'connections in an HTTPRoute']] : [],
  ];
  return [
    ...route._http.flatMap(ruleProblems),
    ...unsaid.map(([field, what]) => ({ code: 'SM1236', field, reason: `the Gateway API has no field for ${what}`, fix: 'leave it out, or write the gateway with api: GatewayApi.ISTIO' })),
  ];
}
