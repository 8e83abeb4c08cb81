import { Construct } from 'constructs';
import { ICaller, IMonitorable, MeshIdentity, MeshMembership, MetricsEndpoint, WorkloadKind } from '../../lib';

/** What a stack needs to know of a workload, and what it does to it. */
abstract class Fake extends Construct implements IMonitorable {
  public abstract readonly workloadKind: WorkloadKind;
  public abstract readonly metricsEndpoint: MetricsEndpoint;
  public abstract readonly podSelector: { [key: string]: string };
  public readonly servicePort = 80;
  public readonly policyPorts = [8012];
  public readonly serviceAccountName: string;
  /** How often it was told that it is scraped. */
  public scrapes = 0;

  constructor(
    scope: Construct,
    public readonly workloadName: string,
    public readonly workloadNamespace: string,
    public readonly meshMembership: MeshMembership,
  ) {
    super(scope, workloadName);
    this.serviceAccountName = workloadName;
  }

  public get callerName(): string {
    return this.workloadName;
  }

  public get serviceHost(): string {
    return `${this.workloadName}.${this.workloadNamespace}.svc.cluster.local`;
  }

  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  public grantInvoke(_caller: ICaller): void {}

  public scrapedByPrometheus(): void {
    this.scrapes += 1;
  }
}

/** A Knative service, as far as it matters here. */
export class KnativeFake extends Fake {
  public readonly workloadKind = WorkloadKind.KNATIVE_SERVICE;
  public readonly podSelector = { 'serving.knative.dev/service': this.workloadName };
  public readonly metricsEndpoint: MetricsEndpoint = {
    portName: 'http-usermetric',
    port: 9091,
    path: '/metrics',
    podLabels: { kn_service_name: 'serving.knative.dev/service', kn_revision_name: 'serving.knative.dev/revision' },
  };

  constructor(scope: Construct, name: string, namespace = 'shop') {
    super(scope, name, namespace, MeshMembership.SIDECAR);
  }
}

/** A Deployment with metrics of its own. */
export class DeploymentFake extends Fake {
  public readonly workloadKind = WorkloadKind.DEPLOYMENT;
  public readonly podSelector = { 'app': this.workloadName, 'app.kubernetes.io/part-of': 'shop' };
  public readonly metricsEndpoint: MetricsEndpoint = { portName: 'http-metrics', port: 8081, path: '/internal/metrics' };

  constructor(scope: Construct, name: string, membership = MeshMembership.SIDECAR, namespace = 'shop') {
    super(scope, name, namespace, membership);
  }
}
