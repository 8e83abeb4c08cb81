import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { egressRules } from './egress-rules';
import { ingressRules } from './ingress-rules';
import { NetworkPolicyType } from './network-policy-type';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IWorkload } from '../../core/workload';
import { listOf, memberOf, usable, wrongType } from '../../core/wrong-type';
import { WORKLOAD } from '../policy-target';

/** Whose connections are restricted. */
export interface NetworkIsolationProps {
  /** The workload whose pods are meant. */
  readonly target: IWorkload;

  /**
   * Which connections are restricted.
   * @default [NetworkPolicyType.INGRESS]
   */
  readonly types?: NetworkPolicyType[];
}

const TYPES = listOf(memberOf('NetworkPolicyType', NetworkPolicyType));

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
  public static _ensure(target: IWorkload, types: NetworkPolicyType[]): void {
    // a selector without labels would be for all pods of the namespace
    if (ISOLATIONS.has(target) || Object.keys(target.podSelector).length === 0) return;
    new NetworkIsolation(target as unknown as Construct, 'NetworkIsolation', { target, types });
  }

  /** The workload whose pods are meant. */
  public readonly target: IWorkload;
  /** The NetworkPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: NetworkIsolationProps) {
    super(scope, id);
    Intents.of(this);
    const { target, types } = props ?? {};
    const workload = usable(target, WORKLOAD);
    const policyTypes = usable(types, TYPES) ?? [NetworkPolicyType.INGRESS];
    this.target = target;
    if (workload) ISOLATIONS.set(workload, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
      metadata: { name: workload?.workloadName, namespace: workload?.workloadNamespace ?? namespaceOf(this) },
      fields: { spec: () => specOf(workload, policyTypes) },
    });
    reportProblems(this, () => [...wrongType('target', target ?? 'nothing', WORKLOAD), ...wrongType('types', types, TYPES)]);
  }
}

function specOf(target: IWorkload | undefined, policyTypes: NetworkPolicyType[]): object {
  // pods that nobody has
  if (target === undefined) return { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nothing' } }, policyTypes };
  const of = (type: NetworkPolicyType) => policyTypes.includes(type);
  // without ports a rule is for all of them, so the list is left out where it is empty
  return {
    podSelector: { matchLabels: { ...target.podSelector } },
    policyTypes,
    ...of(NetworkPolicyType.INGRESS) ? { ingress: ingressRules(target).map(({ peers, ports }) => ({ ...peers ? { from: peers } : {}, ...ports.length > 0 ? { ports } : {} })) } : {},
    ...of(NetworkPolicyType.EGRESS) ? { egress: egressRules(target).map(({ peers, ports }) => ({ ...peers ? { to: peers } : {}, ...ports.length > 0 ? { ports } : {} })) } : {},
  };
}
