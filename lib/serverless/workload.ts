import { Construct } from 'constructs';
import { DeploymentSource } from './deployment-source';
import type { DeploymentWorkloadProps, WorkloadAttributes } from './workload-props';
import { AttributesSource, WorkloadSource } from './workload-source';
import { ICaller, MeshIdentity } from '../core/caller';
import { GrantOptions } from '../core/grants';
import { Intents } from '../core/intents';
import { MeshMembership } from '../core/mesh-mode';
import { reportProblems } from '../core/problem';
import { IWorkload, WorkloadKind } from '../core/workload';

export { DeploymentWorkloadProps, WorkloadAttributes } from './workload-props';

/** A workload that something else runs, so that policies, grants, routes and monitors can name it. Writes no object of its own. */
export class Workload extends Construct implements IWorkload {
  /**
   * A Deployment of cdk8s-plus behind a Service. Names, ports, labels, service account and mesh membership are read off what the two
   * objects turn out to be, later changes and patches included.
   */
  public static fromDeployment(scope: Construct, id: string, props: DeploymentWorkloadProps): Workload {
    return new Workload(scope, id, construct => new DeploymentSource(construct, props));
  }

  /** A workload of which the app only knows how it looks from outside. */
  public static fromAttributes(scope: Construct, id: string, attributes: WorkloadAttributes): Workload {
    return new Workload(scope, id, construct => new AttributesSource(construct, attributes));
  }

  private readonly source: WorkloadSource;

  private constructor(scope: Construct, id: string, source: (construct: Construct) => WorkloadSource) {
    super(scope, id);
    this.source = source(this);
    reportProblems(this, () => this.source.problems());
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

  /**
   * Lets a caller send requests to this workload. What is not granted is denied once one grant or a mesh policy exists.
   * @param caller who may call
   * @param options methods and paths that it may use, all of them unless said otherwise
   */
  public grantInvoke(caller: ICaller, options?: GrantOptions): void {
    Intents.of(this).edges.add({ caller, target: this, options: options ?? {} });
  }
}
