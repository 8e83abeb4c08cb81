import { ClusterProfile } from '../../core/cluster-profile';
import { ExposureIntent } from '../../core/exposure';
import { Intents } from '../../core/intents';
import { ProblemReport } from '../../core/problem';
import { knativeServiceOf } from '../../core/route-target';
import { IWorkload } from '../../core/workload';
import { AccessPolicy } from '../access-policy';
import { callsTo } from '../calls';
import { covers, ServiceAccount } from '../identity';

/** Whether some policy names who may call a workload. */
export function isGoverned(intents: Intents, workload: IWorkload): boolean {
  return AccessPolicy.of(workload) !== undefined || intents.denyByDefault.all.some(({ namespace }) => namespace === workload.workloadNamespace);
}

/** An exposed workload whose policy does not let in the gateway through which its requests come. */
export function exposureDenied(intents: Intents, { workload, host }: ExposureIntent, pods: ServiceAccount | undefined): ProblemReport[] {
  const profile = ClusterProfile.of(workload);
  if (!profile.hasIstio || !isGoverned(intents, workload)) return [];
  const [local, outer] = [profile.localGateway, profile.publicGateway].map(({ serviceNamespace, serviceAccount }) => ({ namespace: serviceNamespace, name: serviceAccount }));
  const account = pods === undefined ? outer : knativeServiceOf(workload) ? local : pods;
  if (callsTo(workload).edges.some(({ caller }) => covers(caller, account))) return [];
  const caller = account.namespace === outer.namespace && account.name === outer.name ? 'Caller.ingressGateway(this)' : `Caller.serviceAccount('${account.namespace}', '${account.name}')`;
  return [{
    code: 'SM1235',
    field: 'expose',
    value: host,
    reason: `policies admit to ${workload.workloadName} only who was granted access, and the gateway was not: every request to ${host} would be answered with 403`,
    fix: `say grantInvoke(${caller}, { methods: [...], paths: [...] }) on the service, with what is public`,
  }];
}
