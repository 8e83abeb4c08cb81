import { IConstruct } from 'constructs';
import { Caller, ICaller } from '../core/caller';
import { ClusterProfile } from '../core/cluster-profile';
import { isKnativeWorkload } from '../core/knative-workload';
import { namespaceMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { IWorkload } from '../core/workload';

/** A service account, which in the mesh is who somebody is. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The gateways through which requests reach Knative services, each identity once. */
export function gatewayAccounts(profile: ClusterProfile): ServiceAccount[] {
  const [local, outer] = [profile.localGateway, profile.publicGateway]
    .map(gateway => ({ namespace: gateway.serviceNamespace, name: gateway.serviceAccount }));
  return local.namespace === outer.namespace && local.name === outer.name ? [local] : [local, outer];
}

/** Whether naming a caller also names a service account. */
export function covers(caller: ICaller, account: ServiceAccount): boolean {
  const { namespace, serviceAccountName } = caller.meshIdentity;
  return namespace === account.namespace && (serviceAccountName === undefined || serviceAccountName === account.name);
}

/** Whether a caller is a gateway; those are proxies themselves, whatever the labels of their namespace say. */
export function isGateway(scope: IConstruct, caller: ICaller): boolean {
  return gatewayAccounts(ClusterProfile.of(scope)).some(account => covers(caller, account));
}

/** How a caller's pods take part in the mesh; of callers that are no construct the namespace tells. */
export function callerMembership(scope: IConstruct, caller: ICaller): MeshMembership {
  // whoever is known by a token alone may be anywhere
  if (caller.meshIdentity.isAnyone) return MeshMembership.SIDECAR;
  if (!(caller instanceof Caller) || caller.meshMembership === MeshMembership.OUTSIDE) return caller.meshMembership;
  return namespaceMembership(scope, caller.meshIdentity.namespace) ?? ClusterProfile.of(scope).defaultMembership;
}

/**
 * Whether the pods of a target see a gateway in place of the caller. The host of a Knative service is an alias of the cluster-local
 * gateway; only a sidecar knows net-istio's routes and goes around it.
 */
export function arrivesAsGateway(target: IWorkload, caller: ICaller): boolean {
  return isKnativeWorkload(target) && !isGateway(target, caller) && callerMembership(target, caller) !== MeshMembership.SIDECAR;
}
