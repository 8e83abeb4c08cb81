import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BindAs, BindingSource } from './binding';
import { Bindings } from './bindings';
import { ExposeOptions, Exposure } from './exposure';
import { PodResources, podResources } from './pod-resources';
import { Revision } from './revision';
import { nameAfterContent } from './revision-hash';
import { renderRevisionTemplate, portOf } from './revision-template';
import { activatorProblems, membershipProblems, propertyProblems, serviceAccountProblems } from './serverless-service-problems';
import { ServerlessServiceProps } from './serverless-service-props';
import { ServiceProtocol } from './service-port';
import { ServiceVisibility } from './service-visibility';
import { TaggedRevision } from './tagged-revision';
import { Traffic } from './traffic';
import { trafficProblems } from './traffic-problems';
import { ServiceSpec, toJson_ServiceSpec } from '../../imports/serving.knative.dev';
import { ActivatorStrategy } from '../core/activator-strategy';
import { ICaller, MeshIdentity } from '../core/caller';
import { ClusterProfile } from '../core/cluster-profile';
import { IEventSink, SinkReference } from '../core/event-sink';
import { declareRevisions } from '../core/existing-revisions';
import { GrantOptions } from '../core/grants';
import { Intents } from '../core/intents';
import { IKnativeWorkload, QUEUE_PROXY } from '../core/knative-workload';
import { labelledPodMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { IMonitorable, MetricsEndpoint } from '../core/monitorable';
import { namespaceOf } from '../core/names';
import { reportProblems } from '../core/problem';
import { recordGrant } from '../core/record-grant';
import { render } from '../core/rendering';
import { resource } from '../core/resource';
import { WorkloadKind } from '../core/workload';
import { FLAG, instanceOf, TEXT, usable } from '../core/wrong-type';

export { ServerlessServiceProps } from './serverless-service-props';

const API_VERSION = 'serving.knative.dev/v1';
const SERVICE_LABEL = 'serving.knative.dev/service';

/**
 * A service that scales with its requests, to zero when there are none: a Knative Service with an identity of its own.
 *
 * @see https://knative.dev/docs/serving/services/
 */
export class ServerlessService extends Construct implements IKnativeWorkload, IMonitorable, IEventSink {
  /** The Knative Service, for patches that this construct knows nothing of. */
  public readonly apiObject: ApiObject;
  /** Name of the service. */
  public readonly workloadName: string;
  /** Namespace of the service. */
  public readonly workloadNamespace: string;
  /** What runs it. */
  public readonly workloadKind: WorkloadKind = WorkloadKind.KNATIVE_SERVICE;
  /** Port of the service's host, always 80. Its pods take requests on other ones, see `policyPorts`. */
  public readonly servicePort: number = 80;
  /** Service account of the pods, which is their identity in the mesh. */
  public readonly serviceAccountName: string;
  /** What policies rely on while Knative's activator may forward requests; undefined until it is decided. */
  public readonly activatorStrategy?: ActivatorStrategy;

  private readonly props: ServerlessServiceProps;
  private readonly bindings = new Bindings();
  private readonly taggedRevisions: TaggedRevision[] = [];
  private scraped = false;

  constructor(scope: Construct, id: string, props: ServerlessServiceProps) {
    super(scope, id);
    this.props = props ?? {};
    this.workloadName = usable(this.props.name, TEXT) ?? id;
    this.workloadNamespace = namespaceOf(this);
    this.activatorStrategy = this.props.activatorStrategy;
    this.serviceAccountName = usable(this.props.serviceAccount?.name, TEXT) ?? this.workloadName;

    if (!this.props.serviceAccount) {
      resource(this, 'ServiceAccount', {
        gvk: { apiVersion: 'v1', kind: 'ServiceAccount' },
        metadata: { name: this.serviceAccountName },
        fields: { automountServiceAccountToken: () => usable(this.props.automountServiceAccountToken, FLAG) ?? false },
      });
    }
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: API_VERSION, kind: 'Service' },
      metadata: {
        name: this.workloadName,
        labels: { ...this.visibilityLabels(), ...this.props.labels },
        annotations: this.serviceAnnotations(),
      },
      fields: { spec: () => toJson_ServiceSpec(this.spec()) },
    });

    if (this.revision?._isHashed) nameAfterContent(this.apiObject, this.workloadName);
    declareRevisions(this.apiObject, this.existingRevisions());

    reportProblems(this, () => [
      ...propertyProblems(this.props, this.meshMembership),
      ...this.bindings.problems(this.props),
      ...activatorProblems(this.activatorStrategy, this.apiObject),
      ...membershipProblems(this.props, this.meshMembership, this.workloadNamespace),
      ...serviceAccountProblems(this.props.serviceAccount, this.workloadNamespace),
      ...trafficProblems({ service: this.workloadName, revision: this.revision, traffic: this.traffic, tagged: this.taggedRevisions, profile: this.profile }),
    ]);
    Intents.of(this).workloads.add(this);
  }

  /** Fully qualified host at which clients in the cluster reach the service. */
  public get host(): string {
    return this.serviceHost;
  }

  /** URL at which clients in the cluster reach the service; the mesh encrypts what is sent there. */
  public get url(): string {
    return `http://${this.serviceHost}`;
  }

  /** Fully qualified host at which clients in the cluster reach the service. */
  public get serviceHost(): string {
    return this.profile.serviceHost(this.workloadName, this.workloadNamespace);
  }

  /**
   * The port of the queue-proxy on which the pods take requests: 8012, or 8013 where the application speaks HTTP/2. Port 8112 is not among
   * them: with Knative's own TLS (`system-internal-tls`) the mesh sees nothing but encrypted bytes there, on which no HTTP rule matches.
   */
  public get policyPorts(): number[] {
    return [portOf(this.props).protocol === ServiceProtocol.H2C ? QUEUE_PROXY.http2 : QUEUE_PROXY.http1];
  }

  /** The label of the pods that stays over revisions; `app` is not, unless the template sets it. */
  public get podSelector(): { [key: string]: string } {
    return { [SERVICE_LABEL]: this.workloadName };
  }

  /** How the mesh sees the requests that the pods send. */
  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  /** Whether and how the pods are in the mesh. */
  public get meshMembership(): MeshMembership {
    if (this.props.inMesh === false || this.props.hostNetwork === true) return MeshMembership.OUTSIDE;
    return labelledPodMembership(this, this.workloadNamespace);
  }

  /** What messages call the service. */
  public get callerName(): string {
    return `service ${this.workloadNamespace}/${this.workloadName}`;
  }

  /** Where events for the service are sent: to the object, whose address Knative looks up. */
  public get sinkReference(): SinkReference {
    return { apiVersion: API_VERSION, kind: 'Service', name: this.workloadName, namespace: this.workloadNamespace };
  }

  /** Where the queue-proxy of each pod shows request metrics. The names of service and revision are on the pods' labels only. */
  public get metricsEndpoint(): MetricsEndpoint {
    return {
      portName: QUEUE_PROXY.userMetricsPortName,
      port: QUEUE_PROXY.userMetrics,
      path: '/metrics',
      podLabels: {
        kn_service_name: SERVICE_LABEL,
        kn_configuration_name: 'serving.knative.dev/configuration',
        kn_revision_name: 'serving.knative.dev/revision',
      },
    };
  }

  /** Host at which clients outside of the cluster reach the service; undefined where it is not public or the profile names no domain. */
  public get publicHost(): string | undefined {
    const { publicDomain } = this.profile;
    if (this.props.visibility !== ServiceVisibility.PUBLIC || publicDomain === undefined) return undefined;
    return `${this.workloadName}.${this.workloadNamespace}.${publicDomain}`;
  }

  /**
   * The revision that has a tag in the traffic of this service, to send requests or events to.
   * @param tag a tag of `traffic`
   */
  public tagged(tag: string): TaggedRevision {
    const revision = TaggedRevision._of(this, String(tag), () => this.publicHost);
    if (!this.taggedRevisions.includes(revision)) this.taggedRevisions.push(revision);
    return revision;
  }

  /**
   * JSON pointers of the fields of `apiObject` that somebody else writes.
   * @internal
   */
  public _externallyOwnedFields(): string[] {
    return this.traffic?._owner?._fields() ?? [];
  }

  /**
   * Lets a caller send requests to this service. What is not granted is denied once one grant or a mesh policy exists.
   * @param caller who may call
   * @param options methods and paths that it may use, all of them unless said otherwise
   */
  public grantInvoke(caller: ICaller, options?: GrantOptions): void {
    recordGrant(this, caller, options);
  }

  /**
   * Makes the service reachable from outside at a host of yours: by a DomainMapping where it has the whole host, by a route of the mesh's
   * gateway where several services share one. Who may call it is another matter, see `grantInvoke`.
   * @param host the host alone, without scheme, port and path: `shop.example.com`
   * @param options path, rewrite and certificate
   */
  public expose(host: string, options?: ExposeOptions): Exposure {
    return Exposure._of(this, host, options, this.props.visibility === ServiceVisibility.CLUSTER_LOCAL);
  }

  /**
   * Gives the container that takes the requests what it needs of the cluster: a Secret, configuration, storage.
   * @param source what it needs
   * @param how as what it sees it
   */
  public bind(source: BindingSource, how: BindAs): void {
    this.bindings.add(source, how);
  }

  /**
   * Says that Prometheus scrapes the pods. Where it runs outside of a sidecar mesh, the sidecars leave the metrics port alone: a Prometheus
   * without an identity cannot speak mTLS.
   */
  public scrapedByPrometheus(): void {
    if (this.scraped) return;
    this.scraped = true;
    Intents.of(this).scrapes.add({ target: this });
  }

  /**
   * What one pod takes as its users pay for it: the containers, Knative's queue-proxy, the mesh's sidecar and, where they need more, the init
   * containers. Defaults are those that Knative and Istio ship; what a LimitRange of the namespace adds is not known.
   */
  public get podResources(): PodResources {
    return podResources(render(this.apiObject).manifest, this.profile, this.meshMembership === MeshMembership.SIDECAR);
  }

  private get profile(): ClusterProfile {
    return ClusterProfile.of(this);
  }

  private get revision(): Revision | undefined {
    return usable(this.props.revision, instanceOf(Revision, ''));
  }

  private get traffic(): Traffic | undefined {
    return usable(this.props.traffic, instanceOf(Traffic, ''));
  }

  private existingRevisions(): string[] {
    return (this.traffic?._revisions ?? []).filter(revision => revision._isExisting)
      .map(revision => revision._nameIn(this.workloadName)).filter(name => name !== undefined);
  }

  private serviceAnnotations(): { [key: string]: string } | undefined {
    const annotations = { ...this.traffic?._annotations(), ...this.props.annotations };
    return Object.keys(annotations).length > 0 ? annotations : undefined;
  }

  private visibilityLabels(): { [key: string]: string } {
    return this.props.visibility === ServiceVisibility.PUBLIC ? {} : { 'networking.knative.dev/visibility': 'cluster-local' };
  }

  private spec(): ServiceSpec {
    const profile = this.profile;
    const membership = this.meshMembership;
    return {
      template: renderRevisionTemplate({
        name: this.workloadName,
        props: this.bindings.applyTo(this.props),
        profile,
        membership,
        serviceAccountName: this.serviceAccountName,
        podSelector: this.podSelector,
        openForScraping: this.scraped && membership === MeshMembership.SIDECAR && profile.monitoring.outsideMesh === true,
      }),
      traffic: this.traffic?._targets(this.workloadName),
    };
  }
}
