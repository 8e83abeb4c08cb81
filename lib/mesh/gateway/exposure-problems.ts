import { ClusterProfile } from '../../core/cluster-profile';
import { ExposureIntent } from '../../core/exposure';
import { Intents } from '../../core/intents';
import { MeshMode } from '../../core/mesh-mode';
import { ProblemReport } from '../../core/problem';
import { IWorkload } from '../../core/workload';
import { AccessPolicy } from '../access-policy';
import { callsTo } from '../calls';
import { covers, gatewayAccounts } from '../identity';

/** Whether some policy names who may call a workload. */
export function isGoverned(intents: Intents, workload: IWorkload): boolean {
  return AccessPolicy.of(workload) !== undefined || intents.denyByDefault.all.some(({ namespace }) => namespace === workload.workloadNamespace);
}

/** An exposed workload whose policy does not let the gateway in. */
export function exposureDenied(intents: Intents, { workload, host }: ExposureIntent): ProblemReport[] {
  const profile = ClusterProfile.of(workload);
  if (profile.mesh === MeshMode.NONE || !isGoverned(intents, workload)) return [];
  const accounts = gatewayAccounts(profile);
  if (callsTo(workload).edges.some(({ caller }) => accounts.some(account => covers(caller, account)))) return [];
  return [{
    code: 'SM1235',
    field: 'expose',
    value: host,
    reason: `policies admit to ${workload.workloadName} only who was granted access, and the gateway was not: every request to ${host} would be answered with 403`,
    fix: 'say grantInvoke(Caller.ingressGateway(this), { methods: [...], paths: [...] }) on the service, with what is public',
  }];
}
