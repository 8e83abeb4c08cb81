import { Construct } from 'constructs';
import { DeploymentSource } from './deployment-source';
import type { DeploymentWorkloadProps, StatefulSetWorkloadProps, WorkloadAttributes } from './workload-props';
import { AttributesSource, WorkloadSource } from './workload-source';
import { WorkloadVersion } from './workload-version';
import { ICaller, MeshIdentity } from '../core/caller';
import { ClusterProfile } from '../core/cluster-profile';
import { IEventSink, SinkReference } from '../core/event-sink';
import { GrantOptions } from '../core/grants';
import { Intents } from '../core/intents';
import { MeshMembership } from '../core/mesh-mode';
import { IMonitorable, MetricsEndpoint } from '../core/monitorable';
import { ProblemReport, reportProblems } from '../core/problem';
import { recordGrant } from '../core/record-grant';
import { WorkloadKind } from '../core/workload';

export { DeploymentWorkloadProps, StatefulSetWorkloadProps, WorkloadAttributes, WorkloadMetricsAttributes } from './workload-props';

/** A workload that something else runs, so that policies, grants, routes and monitors can name it. Writes no object of its own. */
export class Workload extends Construct implements IMonitorable, IEventSink {
  /**
   * A Deployment of cdk8s-plus behind a Service. Names, ports, labels, service account and mesh membership are read off what the two
   * objects turn out to be, later changes and patches included.
   */
  public static fromDeployment(scope: Construct, id: string, props: DeploymentWorkloadProps): Workload {
    return new Workload(scope, id, construct => new DeploymentSource(construct, {
      owner: props?.deployment, property: 'deployment', service: props?.service, mesh: props?.mesh, metrics: props?.metrics,
    }));
  }

  /**
   * A StatefulSet of cdk8s-plus behind a Service, read off the objects as a Deployment is. Requests to the host reach any of its pods; through a sidecar
   * a single pod is reached by its own name only where the Service is headless.
   */
  public static fromStatefulSet(scope: Construct, id: string, props: StatefulSetWorkloadProps): Workload {
    return new Workload(scope, id, construct => new DeploymentSource(construct, {
      owner: props?.statefulSet,
      property: 'statefulSet',
      service: props?.service ?? props?.statefulSet?.service,
      mesh: props?.mesh,
      metrics: props?.metrics,
    }));
  }

  /** A workload of which the app only knows how it looks from outside. */
  public static fromAttributes(scope: Construct, id: string, attributes: WorkloadAttributes): Workload {
    return new Workload(scope, id, construct => new AttributesSource(construct, attributes));
  }

  private readonly source: WorkloadSource;
  private scraped = false;

  private constructor(scope: Construct, id: string, source: (construct: Construct) => WorkloadSource) {
    super(scope, id);
    this.source = source(this);
    reportProblems(this, () => [...this.source.problems(), ...this.metricsProblems()]);
    Intents.of(this).workloads.add(this);
  }

  /** Name of the object that runs the pods. */
  public get workloadName(): string {
    return this.source.name;
  }

  /** Namespace of the pods. */
  public get workloadNamespace(): string {
    return this.source.namespace;
  }

  /** What runs the pods. */
  public get workloadKind(): WorkloadKind {
    return this.source.kind;
  }

  /** Fully qualified host at which clients in the cluster reach the workload. */
  public get serviceHost(): string {
    return this.source.host;
  }

  /** Port of that host. */
  public get servicePort(): number {
    return this.source.port;
  }

  /** Ports on which the pods take requests. */
  public get policyPorts(): number[] {
    return this.source.policyPorts;
  }

  /** Labels that select the pods. */
  public get podSelector(): { [key: string]: string } {
    return this.source.podSelector;
  }

  /** Service account of the pods. */
  public get serviceAccountName(): string {
    return this.source.serviceAccountName;
  }

  /** How the mesh sees the requests that the pods send. */
  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  /** Whether and how the pods are in the mesh. */
  public get meshMembership(): MeshMembership {
    return this.source.membership;
  }

  /** What messages call the workload. */
  public get callerName(): string {
    return `workload ${this.workloadNamespace}/${this.workloadName}`;
  }

  /** Where events for the workload are sent: to its Service, or by URL where it is not at port 80, which Knative takes for granted. */
  public get sinkReference(): SinkReference {
    const [name] = this.serviceHost.split('.');
    return this.servicePort === 80
      ? { apiVersion: 'v1', kind: 'Service', name, namespace: this.workloadNamespace }
      : { uri: `http://${this.serviceHost}:${this.servicePort}/` };
  }

  /** Where the pods show their metrics. */
  public get metricsEndpoint(): MetricsEndpoint {
    return this.source.metrics ?? { portName: 'http-metrics', port: this.policyPorts[0] ?? this.servicePort, path: '/metrics' };
  }

  /**
   * Names a version among the pods, so that routes can tell it from others.
   * @param name name of the version: a DNS label, which becomes the name of a subset
   * @param podLabels labels of its pods that others lack, the label `version` of that name unless said otherwise
   */
  public version(name: string, podLabels?: { [key: string]: string }): WorkloadVersion {
    return WorkloadVersion._of(this, name, podLabels);
  }

  /**
   * Says that Prometheus scrapes the pods. Where it runs outside of a sidecar mesh, the sidecars of a Deployment or StatefulSet leave the metrics
   * port alone: a Prometheus without an identity cannot speak mTLS.
   */
  public scrapedByPrometheus(): void {
    if (this.scraped) return;
    this.scraped = true;
    if (this.meshMembership === MeshMembership.SIDECAR && ClusterProfile.of(this).monitoring.outsideMesh) this.source.openForScraping();
    Intents.of(this).scrapes.add({ target: this });
  }

  /**
   * Lets a caller send requests to this workload. What is not granted is denied once one grant or a mesh policy exists.
   * @param caller who may call
   * @param options methods and paths that it may use, all of them unless said otherwise
   */
  public grantInvoke(caller: ICaller, options?: GrantOptions): void {
    recordGrant(this, caller, options);
  }

  private metricsProblems(): ProblemReport[] {
    return !this.scraped || this.source.metrics ? [] : [{
      code: 'SM1176',
      field: 'metrics',
      reason: 'Prometheus is to scrape the pods, and nothing says where they show their metrics',
      fix: 'say it: metrics: { port: 9090 }',
    }];
  }
}
