import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BindAs, BindingSource } from './binding';
import { Bindings } from './bindings';
import { METRICS_PORT_NAME } from './container-pod-template';
import { ContainerPort, ContainerProtocol } from './container-port';
import { METRICS, serviceProblems } from './container-service-problems';
import { ContainerMetrics, ContainerServiceProps } from './container-service-props';
import { ContainerVersionOptions } from './container-template-props';
import { ContainerVersion } from './container-version';
import { ExposeOptions, Exposure } from './exposure';
import { membershipProblems, serviceAccountProblems } from './serverless-service-problems';
import { ICaller, MeshIdentity } from '../core/caller';
import { ClusterProfile } from '../core/cluster-profile';
import { IEventSink, SinkReference } from '../core/event-sink';
import { GrantOptions } from '../core/grants';
import { Intents } from '../core/intents';
import { labelledPodMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { IMonitorable, MetricsEndpoint } from '../core/monitorable';
import { namespaceOf } from '../core/names';
import { reportProblems } from '../core/problem';
import { recordGrant } from '../core/record-grant';
import { resource } from '../core/resource';
import { IVersionedWorkload, IWorkloadVersion } from '../core/route-target';
import { labelForWaypoints } from '../core/waypoints';
import { WorkloadKind } from '../core/workload';
import { FLAG, instanceOf, NUMBER, TEXT, TEXT_MAP, usable } from '../core/wrong-type';

const PORT = instanceOf(ContainerPort, '');

/**
 * A service whose pods keep running: a Deployment for each of its versions, one Service in front of all of them, and an identity of its own.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class ContainerService extends Construct implements IVersionedWorkload, IMonitorable, IEventSink {
  /** The Service, for patches that this construct knows nothing of. The Deployments are those of the versions. */
  public readonly apiObject: ApiObject;
  /** Name of the service. */
  public readonly workloadName: string;
  /** Namespace of the service. */
  public readonly workloadNamespace: string;
  /** What runs it. */
  public readonly workloadKind: WorkloadKind = WorkloadKind.DEPLOYMENT;
  /** Service account of the pods, which is their identity in the mesh. */
  public readonly serviceAccountName: string;
  /** The version that the properties of the service describe. */
  public readonly mainVersion: ContainerVersion;

  private readonly props: ContainerServiceProps;
  private readonly ports: readonly ContainerPort[];
  private readonly all: ContainerVersion[] = [];
  private readonly repeated: string[] = [];
  private readonly bindings = new Bindings();
  private scraped = false;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    this.props = props ?? {};
    this.workloadName = usable(this.props.name, TEXT) ?? id;
    this.workloadNamespace = namespaceOf(this);
    this.serviceAccountName = usable(this.props.serviceAccount?.name, TEXT) ?? this.workloadName;
    const given: unknown[] = Array.isArray(this.props.ports) ? this.props.ports : [ContainerPort.http()];
    this.ports = given.filter((port): port is ContainerPort => PORT.holds(port));

    if (!this.props.serviceAccount) {
      resource(this, 'ServiceAccount', {
        gvk: { apiVersion: 'v1', kind: 'ServiceAccount' },
        metadata: { name: this.serviceAccountName },
        fields: { automountServiceAccountToken: () => usable(this.props.automountServiceAccountToken, FLAG) ?? false },
      });
    }
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'v1', kind: 'Service' },
      metadata: { name: this.workloadName, labels: { ...this.labels, ...this.podSelector }, annotations: usable(this.props.annotations, TEXT_MAP) },
      fields: { spec: () => ({ selector: this.podSelector, ports: this.servicePorts() }) },
    });
    labelForWaypoints(this, this.apiObject, use => use.workload === this);
    const version = usable(this.props.version, TEXT);
    this.mainVersion = this.create(version ?? 'v1', version !== undefined, this.props);

    reportProblems(this, () => [
      ...serviceProblems({ props: this.props, ports: this.ports, scraped: this.scraped, membership: this.meshMembership, profile: this.profile, repeated: this.repeated }),
      ...membershipProblems(this.props, this.meshMembership, this.workloadNamespace),
      ...serviceAccountProblems(this.props.serviceAccount, this.workloadNamespace),
    ]);
    Intents.of(this).workloads.add(this);
  }

  /** Fully qualified host at which clients in the cluster reach the service. */
  public get serviceHost(): string {
    return this.profile.serviceHost(this.workloadName, this.workloadNamespace);
  }

  /** Port of that host: the one of the first port. */
  public get servicePort(): number {
    return this.ports[0]?._servicePort(true) ?? 80;
  }

  /** Fully qualified host at which clients in the cluster reach the service. */
  public get host(): string {
    return this.serviceHost;
  }

  /** URL at which clients in the cluster reach the first port that speaks HTTP; the mesh encrypts what is sent there. */
  public get url(): string {
    const port = this.httpPort();
    return `http://${this.serviceHost}${port === 80 ? '' : `:${port}`}`;
  }

  /** Ports on which the pods take requests. */
  public get policyPorts(): number[] {
    return [...new Set(this.ports.map(({ port }) => port))];
  }

  /** The label of the pods of all versions. */
  public get podSelector(): { [key: string]: string } {
    return { app: this.workloadName };
  }

  /** The versions so far. */
  public get versions(): IWorkloadVersion[] {
    return [...this.all];
  }

  /** Names of the Deployments that run the versions. */
  public get deploymentNames(): string[] {
    return this.all.map(({ deploymentName }) => deploymentName);
  }

  /** How the mesh sees the requests that the pods send. */
  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  /** Whether and how the pods are in the mesh. */
  public get meshMembership(): MeshMembership {
    return this.props.inMesh === false || this.props.hostNetwork === true ? MeshMembership.OUTSIDE : labelledPodMembership(this, this.workloadNamespace);
  }

  /** What messages call the service. */
  public get callerName(): string {
    return `service ${this.workloadNamespace}/${this.workloadName}`;
  }

  /** Where events for the service are sent: to the Service, or by its URL where it is not at port 80, which Knative takes for granted. */
  public get sinkReference(): SinkReference {
    return this.httpPort() === 80
      ? { apiVersion: 'v1', kind: 'Service', name: this.workloadName, namespace: this.workloadNamespace }
      : { uri: `${this.url}/` };
  }

  /** Where the pods show their metrics. */
  public get metricsEndpoint(): MetricsEndpoint {
    const metrics = this.metrics;
    const number = metrics?.port ?? this.ports[0]?.port ?? 8080;
    return {
      portName: this.ports.find(({ port }) => port === number)?.name ?? METRICS_PORT_NAME,
      port: number,
      path: usable(metrics?.path, TEXT) ?? '/metrics',
      podLabels: { app: 'app', version: 'version' },
    };
  }

  /**
   * Runs another version beside those that run, behind the same Service: it gets its share of the requests at once, by the number of its pods,
   * unless a route says otherwise. A route or a rollout names it by what this returns.
   * @param version name of the version, a DNS label of at most 32 characters
   * @param options what differs from the service; everything else is the same
   */
  public addVersion(version: string, options: ContainerVersionOptions = {}): ContainerVersion {
    const existing = this.all.find(({ subset }) => subset === version);
    if (existing) {
      this.repeated.push(version);
      return existing;
    }
    return this.create(usable(version, TEXT) ?? `v${this.all.length + 1}`, true, { ...inherited(this.props, options ?? {}), ...said(options ?? {}) });
  }

  /**
   * Makes the service reachable from outside at a host of yours, or at a part of one, by a route of the mesh's gateway. Who may call it is
   * another matter, see `grantInvoke`.
   * @param host the host alone, without scheme, port and path: `shop.example.com`
   * @param options path, rewrite and certificate
   */
  public expose(host: string, options?: ExposeOptions): Exposure {
    return Exposure._of(this, host, options);
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
   * Gives the application of every version what it needs of the cluster.
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

  private get profile(): ClusterProfile {
    return ClusterProfile.of(this);
  }

  private get labels(): { [key: string]: string } {
    return usable(this.props.labels, TEXT_MAP) ?? {};
  }

  private get metrics(): ContainerMetrics | undefined {
    const metrics = usable(this.props.metrics, METRICS);
    return usable(metrics?.port, NUMBER) === undefined ? undefined : metrics;
  }

  private get dedicatedMetricsPort(): number | undefined {
    const number = this.metrics?.port;
    return this.ports.some(({ port }) => port === number) ? undefined : number;
  }

  private httpPort(): number {
    const index = this.ports.findIndex(({ protocol }) => protocol === ContainerProtocol.HTTP || protocol === ContainerProtocol.HTTP2);
    return index < 0 ? this.servicePort : this.ports[index]._servicePort(index === 0);
  }

  private servicePorts(): object[] {
    return this.ports.map((port, index) => ({
      name: port.name, port: port._servicePort(index === 0), targetPort: port.name, appProtocol: port.protocol,
    }));
  }

  private create(subset: string, named: boolean, props: ContainerVersionOptions): ContainerVersion {
    // what is no name is reported, and must not break the tree before
    const id = subset === '' || this.node.tryFindChild(subset) ? `version-${this.all.length + 1}` : subset;
    const version = ContainerVersion._of(this, id, {
      service: this,
      subset,
      named,
      props,
      ports: this.ports,
      labels: this.labels,
      annotations: usable(this.props.annotations, TEXT_MAP),
      ownAccount: !this.props.serviceAccount,
      bindings: this.bindings,
      metricsPort: this.dedicatedMetricsPort,
      openPort: () => this.scraped && this.profile.monitoring.outsideMesh ? this.dedicatedMetricsPort : undefined,
    });
    this.all.push(version);
    return version;
  }
}

/** What a version has of its service: a fixed number of pods and an autoscaler exclude each other, so what it says takes the place of both. */
function inherited(props: ContainerServiceProps, options: ContainerVersionOptions): ContainerVersionOptions {
  const { replicas, autoscaling, ...rest } = props;
  return options.replicas === undefined && options.autoscaling === undefined ? props : rest;
}

function said(options: ContainerVersionOptions): ContainerVersionOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
