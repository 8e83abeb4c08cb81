import { allowed, Answer, denied, named } from './answer';
import { Arrival, Identity } from './arrival';
import { policiesAtPods, policiesAtWaypoint, Waypoint } from './attachment';
import { authorize, Enforcer } from './authorization';
import { destinationTls } from './caller-tls';
import { Unknown } from './egress';
import { linkerdAnswer } from './linkerd';
import { handshake } from './mutual-tls';
import { networkAnswer } from './network-policies';
import { isGatewayAccount } from './parties';
import { Party } from './party';
import { authenticate, Token } from './tokens';
import { OPEN } from './truth';
import { Outcome, ReachabilityLayer } from './verdict';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { ManifestModel, ModelObject } from '../model';

/** A request on its way: what stays the same whoever forwards it. */
export interface Request {
  readonly http: boolean;
  readonly host: Arrival['host'];
  readonly method: Arrival['method'];
  readonly path: Arrival['path'];
  readonly remoteIp: Arrival['remoteIp'];
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it may bring a token and headers that nobody mentioned. */
  readonly unsaid?: boolean;
  /** The token, while nobody on the way has taken it off. */
  token?: Token;
}

/** One connection of a way. */
export interface Hop {
  readonly from: Party;
  readonly to: Party;
  /** The waypoint that the connection ends at. */
  readonly waypoint?: Waypoint;
  /** The Sidecar that keeps the caller from knowing the other end, so that it speaks as somebody outside of the mesh does. */
  readonly unknown?: Unknown;
}

/** What one layer says to a hop. */
export interface LayerAnswer extends Answer {
  readonly layer: ReachabilityLayer;
}

const HBONE = 15008;
const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';

/** What every layer says to a hop, in order; nothing after the first that denies. */
export function answersTo(model: ManifestModel, hop: Hop, request: Request, profile: ClusterProfile): LayerAnswer[] {
  const said: LayerAnswer[] = [];
  for (const { layer, ask } of layersOf(model, hop, request, profile)) {
    const answer = ask();
    if (answer === undefined) continue;
    said.push({ ...answer, layer });
    if (answer.outcome === Outcome.DENIED) break;
  }
  return said;
}

interface Layer {
  readonly layer: ReachabilityLayer;
  ask(): Answer | undefined;
}

function layersOf(model: ManifestModel, hop: Hop, request: Request, profile: ClusterProfile): Layer[] {
  const { from, to, waypoint } = hop;
  let around = surroundings.get(hop);
  if (around === undefined) surroundings.set(hop, around = new Surroundings(model, hop, profile));
  const network: Layer = { layer: ReachabilityLayer.NETWORK, ask: () => around.network };
  const gateway = isGatewayAccount(profile, to.namespace, to.serviceAccount);
  if (to.membership === MeshMembership.OUTSIDE) {
    const linkerd: Layer = { layer: ReachabilityLayer.AUTHORIZATION, ask: () => linkerdAnswer(model, to, profile) };
    return [network, { layer: ReachabilityLayer.MUTUAL_TLS, ask: () => withoutProxy(model, hop, profile) }, linkerd];
  }
  if (bypassesProxy(to)) {
    return [network, { layer: ReachabilityLayer.MUTUAL_TLS, ask: () => allowed(`the sidecar leaves port ${to.port} alone (${EXCLUDED}), so no policy of the mesh holds there`) }];
  }
  let identity: Identity | undefined;
  let claims: Arrival['claims'];
  const enforcer = to.membership === MeshMembership.AMBIENT && !waypoint ? Enforcer.ZTUNNEL : Enforcer.ENVOY;
  return [
    network,
    {
      layer: ReachabilityLayer.MUTUAL_TLS,
      ask: () => {
        // gateways end the TLS of their listeners, which says nothing about who calls
        if (gateway) return undefined;
        const answer = around.handshake;
        if (answer.identified) identity = { trustDomain: profile.trustDomain, namespace: from.namespace!, serviceAccount: from.serviceAccount };
        return answer;
      },
    },
    {
      layer: ReachabilityLayer.TOKEN,
      ask: () => {
        if (enforcer === Enforcer.ZTUNNEL || !request.http || isPreflight(request)) return undefined;
        const found = authenticate(around.policies('RequestAuthentication'), request.token);
        claims = found?.claims;
        if (found?.taken) request.token = undefined;
        return found?.answer;
      },
    },
    {
      layer: ReachabilityLayer.AUTHORIZATION,
      ask: () => authorize(around.policies('AuthorizationPolicy'), enforcer, profile.trustDomain, arrivalOf(hop, request, identity, claims)),
    },
  ];
}

/** Which proxies do not look for tokens in (istio pilot/pkg/security/authn/policy_applier.go, BypassCorsPreflight). */
function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && Boolean(headers.origin) && Boolean(headers['access-control-request-method']);
}

/** What a hop goes through whatever the request, found out when first asked for. */
class Surroundings {
  private networkSays?: { readonly answer?: Answer };
  private handshakeSays?: Answer;

  constructor(private readonly model: ManifestModel, private readonly hop: Hop, private readonly profile: ClusterProfile) {}

  public get network(): Answer | undefined {
    const { from, to } = this.hop;
    this.networkSays ??= { answer: networkAnswer(this.model, { from, to, port: networkPort(from, to) }) };
    return this.networkSays.answer;
  }

  public get handshake(): Answer {
    this.handshakeSays ??= handshake(this.model, this.hop.from, this.hop.to, this.profile, this.hop.unknown?.sidecar);
    return this.handshakeSays;
  }

  public policies(kind: string): readonly ModelObject[] {
    const { hop: { to, waypoint }, model, profile: { istioNamespace } } = this;
    return waypoint ? policiesAtWaypoint(model, kind, waypoint, istioNamespace) : policiesAtPods(model, kind, to, istioNamespace);
  }
}

const surroundings = new WeakMap<Hop, Surroundings>();

function arrivalOf({ from, to, waypoint }: Hop, request: Request, identity: Identity | undefined, claims: Arrival['claims']): Arrival {
  const { http, host, method, path, remoteIp, headers, unsaid } = request;
  // a waypoint decides about the Service's port, which the question does not name
  const port = waypoint ? undefined : to.port;
  return { http, host, method, path, remoteIp, headers, unsaid, identity, claims, port, sourceIp: from.address ?? OPEN, sni: OPEN, asked: new Set() };
}

/** In ambient mode connections between members of the mesh travel in a tunnel, and the tunnel's port is what the network sees. */
function networkPort(from: Party, to: Party): number | undefined {
  return to.membership === MeshMembership.AMBIENT && from.membership !== MeshMembership.OUTSIDE ? HBONE : to.port;
}

function bypassesProxy({ workload, membership, port }: Party): boolean {
  if (membership !== MeshMembership.SIDECAR || workload === undefined || port === undefined) return false;
  return (workload.annotations[EXCLUDED] ?? '').split(',').map(one => one.trim()).includes(String(port));
}

function withoutProxy(model: ManifestModel, { from, to, unknown }: Hop, profile: ClusterProfile): Answer {
  const sent = from.membership === MeshMembership.SIDECAR && !unknown ? destinationTls(model, from, to, profile) : undefined;
  if (sent?.mode === 'ISTIO_MUTUAL') return denied(`${named(sent.by!)} has the caller speak mutual TLS, which pods without a proxy do not understand`, sent.by);
  return allowed(`no proxy of the mesh stands before ${to.name}, so no policy of the mesh holds there`);
}
