import { Construct } from 'constructs';
import {
  ActivatorStrategy, ClusterProfile, GrantOptions, ICaller, IKnativeWorkload, IMonitorable, MeshIdentity, MeshMembership, MetricsEndpoint,
  WorkloadKind,
} from '../../lib';
import { Caller } from '../../lib/core/caller';
import { Intents } from '../../lib/core/intents';
import { labelledPodMembership } from '../../lib/core/membership';
import { namespaceOf } from '../../lib/core/names';
import '../../lib/mesh';

/** A workload with nothing but what the mesh asks of one. */
abstract class TestWorkload extends Construct implements IMonitorable {
  public abstract readonly workloadKind: WorkloadKind;
  public abstract readonly servicePort: number;
  public abstract readonly policyPorts: number[];
  public abstract readonly podSelector: { [key: string]: string };
  public abstract readonly metricsEndpoint: MetricsEndpoint;
  public readonly workloadName: string;
  public readonly workloadNamespace: string;
  public readonly serviceAccountName: string;

  constructor(scope: Construct, id: string, private readonly membership?: MeshMembership) {
    super(scope, id);
    this.workloadName = id;
    this.workloadNamespace = namespaceOf(this);
    this.serviceAccountName = id;
  }

  public get serviceHost(): string {
    return ClusterProfile.of(this).serviceHost(this.workloadName, this.workloadNamespace);
  }

  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  public get meshMembership(): MeshMembership {
    return this.membership ?? labelledPodMembership(this, this.workloadNamespace);
  }

  public get callerName(): string {
    return `service ${this.workloadNamespace}/${this.workloadName}`;
  }

  public grantInvoke(caller: ICaller, options: GrantOptions = {}): void {
    Intents.of(this).edges.add({ caller, target: this, options });
  }

  /** What the eventing room records for a subscriber. */
  public receiveEvents(options: GrantOptions = {}): void {
    Intents.of(this).edges.add({ caller: Caller.eventing(this), target: this, options, delivery: true });
  }

  public scrapedByPrometheus(): void {
    Intents.of(this).scrapes.add({ target: this });
  }
}

export interface TestServiceProps {
  readonly activator?: ActivatorStrategy;
  readonly membership?: MeshMembership;
}

/** A Knative service. */
export class TestService extends TestWorkload implements IKnativeWorkload {
  public readonly workloadKind = WorkloadKind.KNATIVE_SERVICE;
  public readonly servicePort = 80;
  public readonly policyPorts = [8012];
  public readonly metricsEndpoint = { portName: 'http-usermetric', port: 9091, path: '/metrics' };
  public readonly podSelector: { [key: string]: string };
  public readonly activatorStrategy?: ActivatorStrategy;

  constructor(scope: Construct, id: string, props: TestServiceProps = {}) {
    super(scope, id, props.membership);
    this.activatorStrategy = props.activator;
    this.podSelector = { 'serving.knative.dev/service': id };
    Intents.of(this).workloads.add(this);
  }
}

/** A Deployment behind a Service. */
export class TestDeployment extends TestWorkload {
  public readonly workloadKind = WorkloadKind.DEPLOYMENT;
  public readonly servicePort = 80;
  public readonly policyPorts = [8080];
  public readonly metricsEndpoint = { portName: 'http-metrics', port: 9464, path: '/metrics' };
  public readonly podSelector: { [key: string]: string };

  constructor(scope: Construct, id: string, membership?: MeshMembership) {
    super(scope, id, membership);
    this.podSelector = { app: id };
    Intents.of(this).workloads.add(this);
  }
}
