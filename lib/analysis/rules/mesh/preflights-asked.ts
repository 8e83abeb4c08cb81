import { MeshMembership } from '../../../core/mesh-mode';
import { platformGatewaysFor } from '../../hosts';
import { ModelObject } from '../../model';
import { Party } from '../../reachability/party';
import { RuleContext } from '../../rule';
import { entriesOf, Fields, fieldsOf, mapSelector, mapsOf, textMapOf, textOf, textsOf, workloadsOf } from '../../workloads';
import { gatewaysOf, hostsOfRoute, virtualServices } from '../references/virtual-service/routes';

const KUBERNETES = 'gateway.networking.k8s.io';

/** A request by which a browser may ask, since a CORS policy answers it. */
export interface Preflight {
  /** Where the policy stands. */
  readonly field: string;
  readonly host: string;
  readonly path: string;
  readonly origin: string;
  /** The method that it asks for. */
  readonly method: string;
}

export interface PreflightAt {
  readonly route: ModelObject;
  readonly asked: Preflight;
  /** The pods that answer it. */
  readonly pods: readonly Party[];
}

/** A preflight for each route of a gateway with a CORS policy, as far as texts tell what it takes. */
export function preflightsAt(context: RuleContext): PreflightAt[] {
  return [
    ...virtualServices(context.model).flatMap(route => at(route, ofVirtualService(route), () => podsOfVirtualService(context, route))),
    ...context.model.ofKind(KUBERNETES, 'HTTPRoute').flatMap(route => at(route, ofHttpRoute(route), () => podsOfHttpRoute(context, route))),
  ];
}

function at(route: ModelObject, preflights: readonly Preflight[], pods: () => Party[]): PreflightAt[] {
  if (preflights.length === 0) return [];
  const found = pods();
  return preflights.map(asked => ({ route, asked, pods: found }));
}

function ofVirtualService(route: ModelObject): Preflight[] {
  const [host] = hostsOfRoute(route);
  return entriesOf(fieldsOf(route.manifest.spec).http, 'spec.http').flatMap(({ field, value }) => {
    const { allowOrigins, allowMethods } = fieldsOf(value.corsPolicy);
    const { uri, method } = mapsOf(value.match)[0] ?? {};
    const { exact, prefix, regex } = fieldsOf(uri);
    const path = regex === undefined ? textOf(exact) ?? textOf(prefix) ?? '/' : undefined;
    const asked = fieldsOf(method);
    const takes = Object.keys(asked).length === 0 || asked.exact === 'OPTIONS';
    return takes ? preflight(field, host, path, mapsOf(allowOrigins).map(originOf), allowMethods) : [];
  });
}

function ofHttpRoute(route: ModelObject): Preflight[] {
  const spec = fieldsOf(route.manifest.spec);
  const [host] = textsOf(spec.hostnames);
  return entriesOf(spec.rules, 'spec.rules').flatMap(({ field, value }) => {
    const { allowOrigins, allowMethods } = fieldsOf(fieldsOf(mapsOf(value.filters).find(({ type }) => type === 'CORS')).cors);
    const { path, method } = mapsOf(value.matches)[0] ?? {};
    const { type, value: text } = fieldsOf(path);
    const takes = method === undefined || method === 'OPTIONS';
    const origins = textsOf(allowOrigins).map(origin => origin === '*' ? ANY : origin.includes('*') ? undefined : origin);
    return takes ? preflight(field, host, type === 'RegularExpression' ? undefined : textOf(text) ?? '/', origins, allowMethods) : [];
  });
}

const ANY = 'https://www.example.com';

function preflight(field: string, host: string | undefined, path: string | undefined, origins: readonly (string | undefined)[], allowMethods: unknown): Preflight[] {
  const origin = origins.find(text => text !== undefined);
  if (host === undefined || path === undefined || origin === undefined) return [];
  return [{ field, host: host.replace('*', 'www'), path, origin, method: textsOf(allowMethods).find(method => method !== '*' && method !== 'OPTIONS') ?? 'GET' }];
}

function originOf({ exact, prefix }: Fields): string | undefined {
  const text = textOf(exact);
  if (text !== undefined) return text === '*' ? ANY : text;
  return textOf(prefix) === undefined ? undefined : `${textOf(prefix)}www.example.com`;
}

function podsOfVirtualService(context: RuleContext, route: ModelObject): Party[] {
  return gatewaysOf(route).flatMap(bound => {
    const gateway = context.model.byName('networking.istio.io', 'Gateway', bound.namespace, bound.name);
    if (gateway === undefined) return [];
    const { selector } = fieldsOf(gateway.manifest.spec);
    const own = workloadsOf(context.model).selectedBy(mapSelector(selector));
    const pods = own.length > 0 ? own.map(workload => ({ namespace: workload.namespace, labels: workload.labels, workload }))
      : platformGatewaysFor(mapSelector(selector), context.profile(gateway)).map(({ namespace, labels }) => ({ namespace, labels: { ...labels, ...textMapOf(selector) } }));
    return pods.map(party => ({ name: bound.written, membership: MeshMembership.SIDECAR, ...party }));
  });
}

/** Pods that Istio runs for a Gateway of the Gateway API are known by its name. */
function podsOfHttpRoute({ model }: RuleContext, route: ModelObject): Party[] {
  return mapsOf(fieldsOf(route.manifest.spec).parentRefs).flatMap(({ kind = 'Gateway', name, namespace }) => {
    const gateway = kind === 'Gateway' ? model.byName(KUBERNETES, 'Gateway', textOf(namespace) ?? route.namespace, textOf(name) ?? '') : undefined;
    if (gateway?.name === undefined || fieldsOf(gateway.manifest.spec).gatewayClassName !== 'istio') return [];
    return [{ name: gateway.name, namespace: gateway.namespace, labels: { [`${KUBERNETES}/gateway-name`]: gateway.name }, membership: MeshMembership.SIDECAR }];
  });
}
