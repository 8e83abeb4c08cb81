import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ingressRules } from './ingress-rules';
import { Intents } from '../../core/intents';
import { resource } from '../../core/resource';
import { IWorkload } from '../../core/workload';

/** Whose connections are restricted. */
export interface NetworkIsolationProps {
  /** The workload that is connected to. */
  readonly target: IWorkload;
}

const ISOLATIONS = new WeakMap<IWorkload, NetworkIsolation>();

/**
 * The NetworkPolicy of a workload, made from the same grants as its AuthorizationPolicy, together with what Knative, Prometheus and the mesh itself need.
 * It holds where the mesh does not: for connections past a sidecar, and before one is there. It appears by itself where a `MeshPolicy` denies by default.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkIsolation extends Construct {
  /** That of a workload, or undefined where nobody restricts who may connect. */
  public static of(target: IWorkload): NetworkIsolation | undefined {
    return ISOLATIONS.get(target);
  }

  /** @internal */
  public static _ensure(target: IWorkload): void {
    // a selector without labels would be for all pods of the namespace
    if (ISOLATIONS.has(target) || Object.keys(target.podSelector).length === 0) return;
    new NetworkIsolation(target as unknown as Construct, 'NetworkIsolation', { target });
  }

  /** The workload that is connected to. */
  public readonly target: IWorkload;
  /** The NetworkPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: NetworkIsolationProps) {
    super(scope, id);
    Intents.of(this);
    const { target } = props;
    this.target = target;
    ISOLATIONS.set(target, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
      metadata: { name: target.workloadName, namespace: target.workloadNamespace },
      fields: {
        spec: () => ({
          podSelector: { matchLabels: { ...target.podSelector } },
          policyTypes: ['Ingress'],
          // without ports a rule is for all of them, so the list is left out where it is empty
          ingress: ingressRules(target).map(({ from, ports }) => ({ ...from ? { from } : {}, ...ports.length > 0 ? { ports } : {} })),
        }),
      },
    });
  }
}
