import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { authentication, GROUP, policy, server, serverName } from './objects';
import { callersOf, EVERYTHING, Granted, GrantedPath, keyOf, RequestSet, requestSets } from './request-sets';
import { Target } from './values';
import { HttpRoute, HttpRouteSpec, toJson_HttpRouteSpec } from '../../../imports/policy.linkerd.io';
import { ICaller } from '../../core/caller';
import { HttpMethod } from '../../core/grants';
import { resource } from '../../core/resource';

/** Who may send what to a port, as far as it is known. */
export interface PortCalls {
  /** Those who may send everything. */
  readonly whole: readonly ICaller[];
  /** Those who may send requests of a kind. */
  readonly limited: readonly Granted[];
  /** Paths that are open to everybody: of the kubelet's probes, and of metrics for a Prometheus without an identity. */
  readonly open: readonly string[];
}

/** The objects of Linkerd that decide who may call one port of a workload. They grow with what is granted; none that is there goes away. */
export class PortAccess extends Construct {
  private readonly names = new Map<string, string>();

  constructor(scope: Construct, private readonly target: Target, private readonly port: number, private readonly calls: () => PortCalls) {
    super(scope, String(port));
    server(this, 'Server', target, port);
  }

  /** Makes what is still missing for what was said until now. */
  public grow(): void {
    const { whole, limited, open } = this.calls();
    if (whole.length > 0) this.lets('Callers', this.metadata(), 'Server', () => this.calls().whole);
    const told = limited.length > 0 || open.length > 0;
    if (!told) return;
    // with the first route of a port, requests that match none get nowhere, the kubelet's included
    if (whole.length > 0) this.routeOnce('Rest', this.metadata('rest'), () => [{ path: EVERYTHING }]);
    requestSets(limited).filter(set => !isOpen(set, open)).forEach(set => this.decide(set));
    this.admitOpen();
  }

  /** Whether everything is decided that has to be, now that all has been said. */
  public get opens(): boolean {
    return this.node.tryFindChild('Open') !== undefined;
  }

  private decide(set: RequestSet): void {
    const id = `Requests ${keyOf(set).replace(/\//g, '|')}`;
    const metadata = this.metadata(this.nameOf(set));
    this.routeOnce(id, metadata, () => [set]);
    this.lets(`${id} Callers`, metadata, 'HTTPRoute', () => callersOf(set, this.calls().limited));
  }

  private admitOpen(): void {
    if (this.opens || this.calls().open.length === 0) return;
    const metadata = this.metadata('open');
    this.routeOnce('Open', metadata, () => this.calls().open.map(path => ({ path: { base: path, below: false }, method: HttpMethod.GET })));
    policy(this, 'Open Policy', metadata, 'HTTPRoute', metadata.name!);
  }

  private lets(id: string, metadata: ApiObjectMetadata, kind: 'Server' | 'HTTPRoute', callers: () => readonly ICaller[]): void {
    if (this.node.tryFindChild(id)) return;
    authentication(this, id, metadata, callers);
    policy(this, `${id} Policy`, metadata, kind, metadata.name!, metadata.name!);
  }

  private routeOnce(id: string, metadata: ApiObjectMetadata, sets: () => readonly RequestSet[]): void {
    if (this.node.tryFindChild(id)) return;
    resource(this, id, {
      gvk: HttpRoute.GVK,
      metadata,
      fields: {
        spec: () => toJson_HttpRouteSpec({
          parentRefs: [{ group: GROUP, kind: 'Server', name: serverName(this.target, this.port) }],
          rules: [{ matches: sets().map(({ path, method }) => ({ path: matchOf(path), method })) }],
        } as unknown as HttpRouteSpec),
      },
    });
  }

  private metadata(part?: string): ApiObjectMetadata {
    const name = serverName(this.target, this.port);
    return { name: part === undefined ? name : `${name}-${part}`, namespace: this.target.workloadNamespace };
  }

  /** Different requests may come down to one name, such as those to /v1/a and to /v1-a. */
  private nameOf(set: RequestSet): string {
    const known = this.names.get(keyOf(set));
    if (known !== undefined) return known;
    const { path: { base, below }, method } = set;
    const words = [method?.toLowerCase() ?? 'any', ...base.toLowerCase().split(/[^a-z0-9]+/).filter(word => word !== ''), ...below ? ['all'] : []];
    const taken = [...this.names.values()];
    const wanted = words.join('-');
    const name = [wanted, ...taken.map((_, index) => `${wanted}-${index + 2}`)].find(candidate => !taken.includes(candidate))!;
    this.names.set(keyOf(set), name);
    return name;
  }
}

/** Whether a set is that of a path which is open to everybody, and nobody has to be named. */
function isOpen({ path: { base, below }, method }: RequestSet, open: readonly string[]): boolean {
  return !below && method === HttpMethod.GET && open.includes(base);
}

function matchOf({ base, below }: GrantedPath): { type: string; value: string } {
  return { type: below ? 'PathPrefix' : 'Exact', value: base === '' ? '/' : base };
}
