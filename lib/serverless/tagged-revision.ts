import { Construct } from 'constructs';
import { IEventSink, SinkReference } from '../core/event-sink';
import { IKnativeRouteTarget } from '../core/route-target';
import { IWorkload } from '../core/workload';

const TAG_HEADER = 'Knative-Serving-Tag';

/**
 * The revision that has a tag, at a host of its own. Which one that is, the traffic of the service says. Policies do not tell revisions apart:
 * whoever may call the service may call this.
 */
export class TaggedRevision extends Construct implements IEventSink, IKnativeRouteTarget {
  /** @internal */
  public static _of(service: IWorkload & Construct, tag: string, publicHost: () => string | undefined): TaggedRevision {
    const id = `Tag-${tag}`;
    return service.node.tryFindChild(id) as TaggedRevision | undefined ?? new TaggedRevision(service, id, tag, publicHost);
  }

  private sentByHeader = false;

  private constructor(
    private readonly service: IWorkload & Construct,
    id: string,
    /** The tag. */
    public readonly tag: string,
    private readonly publicName: () => string | undefined,
  ) {
    super(service, id);
  }

  /** The service that the revision belongs to. */
  public get knativeService(): IWorkload {
    return this.service;
  }

  /** Fully qualified host at which clients in the cluster reach the revision. */
  public get host(): string {
    return this.serviceHost;
  }

  /** URL at which clients in the cluster reach the revision. */
  public get url(): string {
    return `http://${this.serviceHost}`;
  }

  /** Fully qualified host at which clients in the cluster reach the revision, by Knative's own template `<tag>-<service>`. */
  public get serviceHost(): string {
    return `${this.tag}-${this.service.serviceHost}`;
  }

  /** Port of that host. */
  public get servicePort(): number {
    return this.service.servicePort;
  }

  /** Host at which clients outside of the cluster reach the revision; undefined where the service is not public or the profile names no domain. */
  public get publicHost(): string | undefined {
    const host = this.publicName();
    return host === undefined ? undefined : `${this.tag}-${host}`;
  }

  /** Where events for the revision are sent: to the Service that Knative makes for the tag. */
  public get sinkReference(): SinkReference {
    const { workloadName, workloadNamespace } = this.service;
    return { apiVersion: 'v1', kind: 'Service', name: `${this.tag}-${workloadName}`, namespace: workloadNamespace };
  }

  /**
   * The header with which a request to the service's own host goes to this revision. Needs the feature `tag-header-based-routing`.
   */
  public requestHeaders(): { [name: string]: string } {
    this.sentByHeader = true;
    return { [TAG_HEADER]: this.tag };
  }

  /** @internal */
  public get _byHeader(): boolean {
    return this.sentByHeader;
  }
}
