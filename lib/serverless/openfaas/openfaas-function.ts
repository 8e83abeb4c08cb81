import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { OpenFaasFunctionProps } from './openfaas-function-props';
import { openFaasProblems } from './openfaas-problems';
import { openFaasSpec } from './openfaas-spec';
import { Caller, ICaller, MeshIdentity } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { GrantOptions } from '../../core/grants';
import { Intents } from '../../core/intents';
import { podMembership } from '../../core/membership';
import { MeshMembership } from '../../core/mesh-mode';
import { reportProblems } from '../../core/problem';
import { recordGrant } from '../../core/record-grant';
import { resource } from '../../core/resource';
import { IWorkload, WorkloadKind } from '../../core/workload';
import { TEXT, TEXT_MAP, usable } from '../../core/wrong-type';

export { OpenFaasFunctionProps, OpenFaasScaleType, OpenFaasScaling } from './openfaas-function-props';

const FUNCTIONS_NAMESPACE = 'openfaas-fn';
const PORT = 8080;

/**
 * A function of OpenFaaS. It needs the operator, which comes with OpenFaaS Standard and for Enterprises; the Community Edition is for personal use, and for
 * 60 days of commercial trial.
 *
 * @see https://docs.openfaas.com/openfaas-pro/function-crd/
 */
export class OpenFaasFunction extends Construct implements IWorkload {
  /** The Function, for patches that this construct knows nothing of. */
  public readonly apiObject: ApiObject;
  /** Name of the function. */
  public readonly workloadName: string;
  /** Namespace of its pods. */
  public readonly workloadNamespace: string;
  /** What runs them. */
  public readonly workloadKind: WorkloadKind = WorkloadKind.OTHER;
  /** Port of the function's own Service. */
  public readonly servicePort: number = PORT;
  /** Service account of the pods. */
  public readonly serviceAccountName: string;
  /** The gateway of OpenFaaS: whoever calls the function through it, its pods see the gateway. */
  public readonly gateway: ICaller;

  private readonly props: OpenFaasFunctionProps;
  private readonly gatewayNamespace: string;
  private granted = false;

  constructor(scope: Construct, id: string, props: OpenFaasFunctionProps) {
    super(scope, id);
    this.props = props ?? {};
    this.workloadName = usable(this.props.name, TEXT) ?? id;
    this.workloadNamespace = usable(this.props.namespace, TEXT) ?? FUNCTIONS_NAMESPACE;
    this.serviceAccountName = usable(this.props.serviceAccount?.name, TEXT) ?? 'default';
    this.gatewayNamespace = usable(this.props.gatewayNamespace, TEXT) ?? 'openfaas';
    this.gateway = Caller.serviceAccount(this.gatewayNamespace, usable(this.props.gatewayServiceAccount, TEXT) ?? 'openfaas-operator');
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'openfaas.com/v1', kind: 'Function' },
      metadata: { name: this.workloadName, namespace: this.workloadNamespace },
      fields: { spec: () => openFaasSpec(this.workloadName, this.props) },
    });
    reportProblems(this, () => openFaasProblems(this.props));
    Intents.of(this).workloads.add(this);
  }

  /** URL of the function at the gateway, which wakes it up where it has no pod. */
  public get url(): string {
    return `${this.gatewayUrl}/function/${this.path}`;
  }

  /** URL at which the gateway takes requests and answers at once; the function gets them later, from a queue. */
  public get asyncUrl(): string {
    return `${this.gatewayUrl}/async-function/${this.path}`;
  }

  /** Host of the function's own Service, past the gateway: nobody answers there while the function has no pod. */
  public get serviceHost(): string {
    return ClusterProfile.of(this).serviceHost(this.workloadName, this.workloadNamespace);
  }

  /** Port on which the pods take requests. */
  public get policyPorts(): number[] {
    return [PORT];
  }

  /** The label that OpenFaaS puts on the pods of the function. */
  public get podSelector(): { [key: string]: string } {
    return { faas_function: this.workloadName };
  }

  /** How the mesh sees the requests that the pods send. */
  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.workloadNamespace, this.serviceAccountName);
  }

  /** Whether and how the pods are in the mesh: as their labels say, otherwise as their namespace does. */
  public get meshMembership(): MeshMembership {
    return podMembership(this, this.workloadNamespace, { ...usable(this.props.labels, TEXT_MAP) });
  }

  /** What messages call the function. */
  public get callerName(): string {
    return `function ${this.workloadNamespace}/${this.workloadName}`;
  }

  /**
   * Lets a caller send requests to the function. With the first grant the gateway of OpenFaaS is let in too, since it is what calls the function for
   * everybody who uses `url`: who may use the gateway is for a policy of the gateway to say.
   * @param caller who may call
   * @param options methods and paths that it may use, all of them unless said otherwise
   */
  public grantInvoke(caller: ICaller, options?: GrantOptions): void {
    recordGrant(this, caller, options);
    if (this.granted || caller === this.gateway) return;
    this.granted = true;
    recordGrant(this, this.gateway);
  }

  private get gatewayUrl(): string {
    return `http://${ClusterProfile.of(this).serviceHost('gateway', this.gatewayNamespace)}:${PORT}`;
  }

  private get path(): string {
    return this.workloadNamespace === FUNCTIONS_NAMESPACE ? this.workloadName : `${this.workloadName}.${this.workloadNamespace}`;
  }
}
