import { IConstruct } from 'constructs';
import { MtlsMode } from './mtls/mtls-mode';
import { NetworkPolicyType } from './network/network-policy-type';
import { Intents } from '../core/intents';

/** A policy over a namespace as the rest of the room needs to know it. */
export interface NamespacePolicy {
  readonly namespace: string;
  readonly mtls: MtlsMode;
  /** Whether connections of workloads of the namespace are restricted, and which. */
  readonly networkPolicies: boolean;
  readonly networkPolicyTypes: NetworkPolicyType[];
}

const POLICIES = new WeakMap<IConstruct, NamespacePolicy[]>();

export function addPolicy(scope: IConstruct, policy: NamespacePolicy): void {
  const { root } = Intents.of(scope);
  POLICIES.set(root, [...POLICIES.get(root) ?? [], policy]);
}

export function policiesOver(scope: IConstruct, namespace: string): NamespacePolicy[] {
  return (POLICIES.get(Intents.of(scope).root) ?? []).filter(policy => policy.namespace === namespace);
}

/** Whether a construct is a policy over a namespace, which reports what is wrong with its parts itself. */
export function isPolicy(construct: IConstruct | undefined): boolean {
  return construct !== undefined && (POLICIES.get(construct.node.root) ?? []).some(policy => policy as unknown === construct);
}
