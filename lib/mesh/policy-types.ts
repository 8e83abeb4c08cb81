import { MeshPolicyProps } from './mesh-policy-props';
import { MtlsMode } from './mtls/mtls-mode';
import { NetworkPolicyType } from './network/network-policy-type';
import { WORKLOAD } from './policy-target';
import { ProblemReport } from '../core/problem';
import { IWorkload } from '../core/workload';
import { Expected, FLAG, listOf, memberOf, TEXT, usable, wrongType } from '../core/wrong-type';

const WORKLOADS: Expected<IWorkload[]> = {
  what: 'a list of workloads, with at least one in it',
  fix: 'pass the constructs themselves; leave it out to govern the namespace',
  holds: (value): value is IWorkload[] => Array.isArray(value) && value.length > 0 && value.every(WORKLOAD.holds),
};

const EXPECTED = {
  namespace: TEXT,
  workloads: WORKLOADS,
  mtls: memberOf('MtlsMode', MtlsMode),
  defaultDeny: FLAG,
  networkPolicies: FLAG,
  networkPolicyTypes: listOf(memberOf('NetworkPolicyType', NetworkPolicyType)),
};

/** What of the properties can be worked with; what cannot is reported. */
export function usablePolicy(props: MeshPolicyProps | undefined): MeshPolicyProps {
  const given = props ?? {};
  return {
    ...given,
    namespace: usable(given.namespace, EXPECTED.namespace),
    workloads: usable(given.workloads, EXPECTED.workloads),
    mtls: usable(given.mtls, EXPECTED.mtls),
    defaultDeny: usable(given.defaultDeny, EXPECTED.defaultDeny),
    networkPolicies: usable(given.networkPolicies, EXPECTED.networkPolicies),
    networkPolicyTypes: usable(given.networkPolicyTypes, EXPECTED.networkPolicyTypes),
  };
}

export function policyTypeProblems(props: MeshPolicyProps | undefined): ProblemReport[] {
  const given: { readonly [field: string]: unknown } = { ...props };
  return Object.entries(EXPECTED).flatMap(([field, expected]) => wrongType(field, given[field], expected));
}
