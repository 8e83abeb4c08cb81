import { Answer, denied, depends, named } from './answer';
import { Waypoint } from './attachment';
import { isKnative } from './parties';
import { Party } from './party';
import { RouteRequest, routeMatches } from './route-match';
import { choosesPods, serviceRoutesAnswer } from './service-routes';
import { Outcome } from './verdict';
import { ClusterProfile } from '../../core/cluster-profile';
import { exportedTo, qualified, serviceOfHost } from '../hosts';
import { ManifestModel, ModelObject } from '../model';
import { Fields, fieldsAt, fieldsOf, mapsOf, textOf, textsOf } from '../values';
import { Kept } from '../workloads/kept';
import { addTo } from '../workloads/multi-map';

/** Who follows routes: the sidecar of a caller, or the waypoint before its callee. */
export interface Reader {
  readonly from: Party;
  readonly waypoint?: Waypoint;
}

/** What the routes of the mesh do with a request, where that is anything but sending it to the pods that it is for. */
export function routesAnswer(model: ManifestModel, { from, waypoint }: Reader, to: Party, request: RouteRequest, profile: ClusterProfile): Answer | undefined {
  const virtuals = model.derived(followed).of(to).of(waypoint ?? from.namespace ?? '');
  if (virtuals.length === 0) return serviceRoutesAnswer(model, to, profile);
  const answers = virtuals.map(virtual => answerOf(model, virtual, { from, waypoint }, to, request, profile));
  const said = answers.find(answer => answer !== undefined);
  // which of several holds nobody knows, nor which does beside the one that net-istio writes
  const isOne = virtuals.length === 1 && !isKnative(to);
  return said === undefined || isOne ? said : depends(`of several sets of routes for ${to.host} it is not followed which one holds, and ${said.reason}`, said.by);
}

/** The routes for some pods that the sidecars of a namespace follow, or a waypoint does: the same for many requests. */
function followed(model: ManifestModel): Kept<Party, RoutesByReader> {
  const index = model.derived(routesByHost);
  return new Kept(to => {
    const hosts = index.size === 0 || to.host === undefined ? [] : hostsFor(to.host.toLowerCase());
    return new RoutesByReader(hosts.map(host => index.get(host) ?? []).find(found => found.length > 0) ?? []);
  });
}

class RoutesByReader {
  private readonly byNamespace = new Map<string, readonly ModelObject[]>();

  constructor(private readonly all: readonly ModelObject[]) {}

  public of(reader: Waypoint | string): readonly ModelObject[] {
    if (this.all.length === 0) return this.all;
    if (typeof reader !== 'string') return this.all.filter(virtual => isReadBy(reader, virtual));
    let seen = this.byNamespace.get(reader);
    if (!seen) this.byNamespace.set(reader, seen = this.all.filter(virtual => isSeenBy(virtual, reader)));
    return seen;
  }
}

/** Waypoints look into two namespaces alone (istio pilot/pkg/networking/core/listener_waypoint.go, getVirtualServiceForWaypoint). */
function isReadBy(waypoint: Waypoint, { namespace }: ModelObject): boolean {
  return namespace === waypoint.namespace || namespace === waypoint.service?.namespace;
}

/** Hosts that routes of the mesh lead to. */
export function destinationHosts(model: ManifestModel): Set<string> {
  return new Set(forMesh(model).flatMap(virtual => ['http', 'tls', 'tcp'].flatMap(kind => mapsOf(fieldsOf(virtual.manifest.spec)[kind]))
    .flatMap(route => mapsOf(route.route)).map(({ destination }) => inFull(virtual, textOf(fieldsOf(destination).host) ?? ''))));
}

/** Routes in their order; the first that matches counts. */
function answerOf(model: ManifestModel, virtual: ModelObject, { from, waypoint }: Reader, to: Party, request: RouteRequest, profile: ClusterProfile): Answer | undefined {
  const { http, tcp } = fieldsOf(virtual.manifest.spec);
  const routes = mapsOf(request.http ? http : tcp);
  const open: (Answer | undefined)[] = [];
  let isRead = false;
  for (const route of routes) {
    const { read, matches } = routeMatches(route, from, request, waypoint !== undefined);
    isRead ||= read;
    if (matches === false) continue;
    const effect = effectOf(model, virtual, route, to, profile);
    if (matches === true) return settled(effect, open);
    open.push(effect);
  }
  // connections that no route is for go where they would go without any
  if (!isRead || !request.http) return settled(undefined, open);
  return settled(denied(`no route of ${named(virtual)} is for it, so the sidecar answers 404`, virtual), open);
}

/** What holds if the routes before it, of which nobody knows whether they match, do not; and what if one does. */
function settled(last: Answer | undefined, open: readonly (Answer | undefined)[]): Answer | undefined {
  const outcomeOf = (answer?: Answer) => answer?.outcome ?? Outcome.ALLOWED;
  if (open.every(answer => outcomeOf(answer) === outcomeOf(last))) return last;
  const worst = [last, ...open].find(answer => outcomeOf(answer) !== Outcome.ALLOWED)!;
  return depends(`the question does not say which route it takes; by one of them ${worst.reason}`, worst.by);
}

function effectOf(model: ManifestModel, virtual: ModelObject, route: Fields, to: Party, profile: ClusterProfile): Answer | undefined {
  if (Object.keys(fieldsOf(route.directResponse)).length > 0) {
    return denied(`a route of ${named(virtual)} answers it itself, with ${String(fieldsOf(route.directResponse).status ?? 'a response')}`, virtual);
  }
  if (Object.keys(fieldsOf(route.redirect)).length > 0) return depends(`a route of ${named(virtual)} sends the client elsewhere (redirect), which is not followed`, virtual);
  if (Object.keys(fieldsOf(route.delegate)).length > 0) return depends(`a route of ${named(virtual)} leaves it to another VirtualService (delegate), which is not followed`, virtual);
  const share = Number(fieldsAt(route, 'fault', 'abort', 'percentage').value ?? 0);
  if (share >= 100) return denied(`a route of ${named(virtual)} answers every request with a fault`, virtual);
  const elsewhere = destinationsElsewhere(model, virtual, route, to, profile);
  if (elsewhere.hosts.length > 0) {
    return depends(`a route of ${named(virtual)} sends ${elsewhere.all ? 'it' : 'a part of the requests'} to ${elsewhere.hosts.join(', ')}, which is not followed`, virtual);
  }
  return share > 0 ? depends(`a route of ${named(virtual)} answers ${share} % of the requests with a fault`, virtual) : undefined;
}

interface Elsewhere {
  readonly hosts: readonly string[];
  /** Whether nothing remains for the pods that the request is for. */
  readonly all: boolean;
}

function destinationsElsewhere(model: ManifestModel, virtual: ModelObject, route: Fields, to: Party, profile: ClusterProfile): Elsewhere {
  const targets = mapsOf(route.route);
  const used = targets.length === 1 ? targets : targets.filter(({ weight }) => weight !== 0);
  const hosts = used.map(({ destination }) => inFull(virtual, textOf(fieldsOf(destination).host) ?? ''));
  const others = hosts.filter(host => host !== '' && host !== to.host?.toLowerCase() && !leadsTo(model, host, to, profile));
  return { hosts: [...new Set(others)], all: others.length === hosts.length };
}

/** Whether a host is another name of the same pods. */
function leadsTo(model: ManifestModel, host: string, to: Party, profile: ClusterProfile): boolean {
  const meant = serviceOfHost(host, profile.clusterDomain);
  return meant !== undefined && choosesPods(model, meant, to);
}

function isSeenBy(virtual: ModelObject, namespace: string): boolean {
  const exported = exportedTo(textsOf(fieldsOf(virtual.manifest.spec).exportTo), virtual.namespace ?? 'default');
  return exported.includes('*') || exported.includes(namespace);
}

function routesByHost(model: ManifestModel): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const virtual of forMesh(model)) {
    for (const host of new Set(textsOf(fieldsOf(virtual.manifest.spec).hosts).map(written => inFull(virtual, written)))) addTo(found, host, virtual);
  }
  return found;
}

function forMesh(model: ManifestModel): ModelObject[] {
  return model.ofKind('networking.istio.io', 'VirtualService').filter(({ manifest }) => {
    const gateways = textsOf(fieldsOf(manifest.spec).gateways);
    return gateways.length === 0 || gateways.includes('mesh');
  });
}

function inFull(virtual: ModelObject, host: string): string {
  return qualified(host, virtual.namespace ?? 'default', ClusterProfile.of(virtual.construct).clusterDomain);
}

function hostsFor(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.map((_label, i) => `*.${labels.slice(i + 1).join('.')}`).slice(0, -1), '*'];
}
