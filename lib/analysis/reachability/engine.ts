import { IConstruct } from 'constructs';
import { allowed, Answer, denied, depends } from './answer';
import { egressAnswer, hasSidecar, unknownTo } from './egress';
import { answersTo, Hop, LayerAnswer, Request } from './hop';
import { routesAnswer } from './mesh-routes';
import { isKnative, receiversOf, senderOf } from './parties';
import { Party } from './party';
import { RequestOptions } from './request-options';
import { OPEN } from './truth';
import { DecidingObject, Outcome, ReachabilityLayer, ReachabilityStep, Verdict } from './verdict';
import { waypointFor, waypointParty } from './waypoints';
import { Way, waysOf } from './ways';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { IRequestTarget } from '../../core/workload';
import { ManifestModel, modelOf, ModelObject } from '../model';
import { modelOfFiles } from '../reading';
import { identityOf } from '../rule';
import { Kept } from '../workloads/kept';
import { isDeclaredTcp } from '../workloads/port-protocol';
import { servicesOf } from '../workloads/services';
import { portsOf } from '../workloads/workload';

/** Answers questions about one app. */
export interface Engine {
  request(options: RequestOptions): Verdict;
}

export function engineOf(scope: IConstruct): ReachabilityEngine {
  return new ReachabilityEngine(modelOf(scope.node.root), scope);
}

export function engineOfYaml(text: string, profile?: ClusterProfile): ReachabilityEngine {
  return engineOf(modelOfFiles([{ name: 'manifests.yaml', text }], { profile }));
}

/** A way with the connections that it consists of. */
export interface Route {
  readonly way: Way;
  readonly to: Party;
  readonly hops: readonly Hop[];
  readonly profile: ClusterProfile;
}

/** What came of one way. */
export interface Course {
  readonly way: Way;
  readonly end: Answer;
  readonly said: readonly HopAnswer[];
  /** What mutual TLS said on the last stretch. */
  readonly handshake?: Answer;
}

/** What one layer said on one connection. */
interface HopAnswer {
  readonly hop: Hop;
  readonly answer: LayerAnswer;
}

/** Follows a request on every way that it may take and asks each layer on it. */
export class ReachabilityEngine implements Engine {
  // many callers ask for the same pods
  private readonly senders = new Kept((profile: ClusterProfile) => new Kept((caller: ICaller) => senderOf(this.model, caller, profile)));
  private readonly carriesTcp = new Kept((to: Party) => declaredTcp(this.model, to));
  private readonly receivers = new Map<IRequestTarget, Map<number | undefined, Party[]>>();
  private readonly hopsFrom = new Kept((profile: ClusterProfile) => new Kept((from: Party) => new Kept((to: Party) => this.hopsBetween(from, to, profile))));

  constructor(private readonly model: ManifestModel, private readonly scope: IConstruct) {}

  public request(options: RequestOptions): Verdict {
    const courses = this.courses(options);
    const outcomes = new Set(courses.map(({ end }) => end.outcome));
    const trace = courses.flatMap(({ said }) => said.map(stepOf));
    if (outcomes.size === 1) {
      const { end } = courses[0];
      return Verdict._of(end.outcome, end.reason, trace, decidingObject(end.by));
    }
    const each = courses.map(({ way, end }) => `${way.name ?? way.stops[way.stops.length - 1].name}: ${end.reason}`);
    const stopped = courses.find(({ end }) => end.outcome !== Outcome.ALLOWED)!;
    return Verdict._of(Outcome.DEPENDS, `it depends on the way it takes; ${each.join('; ')}`, trace, decidingObject(stopped.end.by));
  }

  /** What comes of a request on each way. */
  public courses(options: RequestOptions): Course[] {
    return this.routes(options).map(route => this.course(route, options));
  }

  /** The ways that requests take from a caller to a target; what else they are does not matter for that. */
  public routes({ from: caller, to: target, port, throughActivator }: RequestOptions): Route[] {
    const profile = profileOf(target, this.scope);
    const from = this.senders.of(profile).of(caller);
    return this.receiversOf(target, port, profile).flatMap(to =>
      waysOf(this.model, from, to, profile, throughActivator).map(way => ({ way, to, profile, hops: this.hops(way, profile) })));
  }

  /** What comes of a request on one way; it may be one of which not everything was said. */
  public course({ way, to, profile, hops }: Route, options: RequestOptions, unsaid = false): Course {
    const request = requestOf(options, to, this.carriesTcp.of(to), unsaid);
    const said: HopAnswer[] = this.leaving(hops[0], to, request, profile);
    for (const hop of said.some(({ answer }) => answer.outcome === Outcome.DENIED) ? [] : hops) {
      const answers = answersTo(this.model, hop, request, profile);
      for (const answer of answers) said.push({ hop, answer });
      if (answers.some(answer => answer.outcome === Outcome.DENIED)) break;
    }
    const answers = said.map(({ answer }) => answer);
    return { way, said, end: endOf(answers), handshake: answers.filter(({ layer }) => layer === ReachabilityLayer.MUTUAL_TLS).pop() };
  }

  /** What the caller's own sidecar or the waypoint does with a request, before anything else is asked. */
  private leaving(hop: Hop, to: Party, request: Request, profile: ClusterProfile): HopAnswer[] {
    if (!hop.waypoint && !hasSidecar(hop.from, profile)) return [];
    // of Knative's Services, aliases that they are, more than one hop is decided by it
    const unknown = hop.unknown ?? (isKnative(to) ? unknownTo(this.model, hop.from, to, profile) : undefined);
    const answer = unknown ? egressAnswer(hop.from, to, unknown) : routesAnswer(this.model, hop, to, request, profile);
    return answer ? [{ hop, answer: { ...answer, layer: ReachabilityLayer.ROUTES } }] : [];
  }

  private receiversOf(target: IRequestTarget, port: number | undefined, profile: ClusterProfile): Party[] {
    let byPort = this.receivers.get(target);
    if (byPort === undefined) this.receivers.set(target, byPort = new Map());
    let found = byPort.get(port);
    if (found === undefined) byPort.set(port, found = receiversOf(this.model, target, port, profile));
    return found;
  }

  private hops({ stops }: Way, profile: ClusterProfile): Hop[] {
    return stops.slice(1).flatMap((to, i) => this.hopsFrom.of(profile).of(stops[i]).of(to));
  }

  private hopsBetween(from: Party, to: Party, profile: ClusterProfile): Hop[] {
    const waypoint = waypointFor(this.model, from, to, profile);
    const unknown = isKnative(to) ? undefined : unknownTo(this.model, from, to, profile);
    if (!waypoint) return [{ from, to, ...unknown ? { unknown } : {} }];
    const between = waypointParty(waypoint);
    return [{ from, to: between, waypoint }, { from: between, to: { ...to } }];
  }
}

function endOf(said: readonly LayerAnswer[]): Answer {
  const stopped = said.find(answer => answer.outcome === Outcome.DENIED) ?? said.find(answer => answer.outcome === Outcome.DEPENDS);
  if (stopped) return stopped.outcome === Outcome.DENIED ? denied(stopped.reason, stopped.by) : depends(stopped.reason, stopped.by);
  const last = said[said.length - 1];
  return last ? allowed(last.reason, last.by) : allowed('nothing stands in between');
}

function stepOf({ hop: { from, to }, answer: { layer, outcome, reason, by } }: HopAnswer): ReachabilityStep {
  return { hop: `${from.name} -> ${to.name}`, layer, outcome, reason, ...by ? { decidedBy: decidingObject(by) } : {} };
}

export function decidingObject(object: ModelObject | undefined): DecidingObject | undefined {
  return object && { ...identityOf(object), path: object.path };
}

function profileOf(to: RequestOptions['to'], scope: IConstruct): ClusterProfile {
  return ClusterProfile.of('node' in to ? to as unknown as IConstruct : scope);
}

function requestOf(options: RequestOptions, to: Party, carriesTcp: boolean, unsaid: boolean): Request {
  const { method, path, host, headers = {}, claims, tokenValid = true, clientAddress, tcp } = options;
  return {
    unsaid,
    http: !(tcp ?? carriesTcp),
    host: host ?? to.host ?? OPEN,
    method: method ?? OPEN,
    path: path ?? OPEN,
    remoteIp: clientAddress ?? OPEN,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...claims ? { token: { claims, valid: tokenValid } } : {},
  };
}

function declaredTcp(model: ManifestModel, { workload, port }: Party): boolean {
  if (workload === undefined || port === undefined) return false;
  const number = (target: number | string) => typeof target === 'number' ? target : portsOf(workload).find(({ name }) => name === target)?.number;
  return isDeclaredTcp(servicesOf(model).ofWorkload(workload).flatMap(service => service.ports).filter(({ target }) => number(target) === port));
}
