import { IConstruct } from 'constructs';
import { MtlsMode } from './mtls/mtls-mode';
import { NetworkPolicyType } from './network/network-policy-type';
import { Intents } from '../core/intents';
import { IWorkload } from '../core/workload';

/** A policy over workloads as the rest of the room needs to know it. */
export interface GoverningPolicy {
  readonly mtls: MtlsMode;
  readonly defaultDeny: boolean;
  /** Whether connections of workloads of the namespace are restricted, and which. */
  readonly networkPolicies: boolean;
  readonly networkPolicyTypes: NetworkPolicyType[];
  /** Whether it is for this workload. */
  governs(workload: IWorkload): boolean;
}

const POLICIES = new WeakMap<IConstruct, GoverningPolicy[]>();

export function addPolicy(scope: IConstruct, policy: GoverningPolicy): void {
  const { root } = Intents.of(scope);
  POLICIES.set(root, [...POLICIES.get(root) ?? [], policy]);
}

export function policiesOver(workload: IWorkload): GoverningPolicy[] {
  return (POLICIES.get(Intents.of(workload).root) ?? []).filter(policy => policy.governs(workload));
}

/** Whether a construct is such a policy, which reports what is wrong with its parts itself. */
export function isPolicy(construct: IConstruct | undefined): boolean {
  return construct !== undefined && (POLICIES.get(construct.node.root) ?? []).some(policy => policy as unknown === construct);
}
