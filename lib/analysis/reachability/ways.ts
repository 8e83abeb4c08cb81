import { accountParty, isGatewayAccount, KNATIVE_SERVICE_LABEL } from './parties';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { GatewayReference } from '../../core/gateway-reference';
import { QUEUE_PROXY } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { ManifestModel } from '../model';
import { Kept } from '../workloads/kept';
import { membershipOf } from '../workloads/mesh-membership';

/** Ports of queue-proxy on which requests of clients arrive; on all others pods are reached as any other pods are. */
const REQUEST_PORTS: readonly number[] = [QUEUE_PROXY.http1, QUEUE_PROXY.http2, 8112];
const PREFIX = 'autoscaling.knative.dev/';
const ACTIVATOR_LABELS = { 'app': 'activator', 'role': 'activator', 'app.kubernetes.io/component': 'activator', 'app.kubernetes.io/name': 'knative-serving' };

/** One way that a request may take: everybody who opens a connection, in order, and the pods at the end. */
export interface Way {
  readonly stops: readonly Party[];
  /** Which of several ways it is. */
  readonly name?: string;
}

/**
 * The ways of a request to some pods. Pods of a Knative service stand behind the activator unless it is kept out of the path, and who has no
 * sidecar reaches them through a gateway; each of them opens a connection of its own, so pods see it in place of the caller.
 */
export function waysOf(model: ManifestModel, from: Party, to: Party, profile: ClusterProfile, throughActivator?: boolean): Way[] {
  if (to.labels?.[KNATIVE_SERVICE_LABEL] === undefined || !REQUEST_PORTS.includes(to.port ?? QUEUE_PROXY.http1)) return [{ stops: [from, to] }];
  const target = to.port === undefined ? { ...to, port: QUEUE_PROXY.http1 } : to;
  // Knative's own components address the pods themselves
  if (from.namespace === profile.knativeServingNamespace) return [{ stops: [from, target] }];
  const gateway = gatewayFor(model, from, profile);
  const approach = gateway ? [from, gateway] : [from];
  const direct = { name: gateway ? `through ${gateway.name}` : 'past the activator', stops: [...approach, target] };
  const forwarded = {
    name: gateway ? `through ${gateway.name} and the activator` : 'through the activator',
    stops: [...approach, model.derived(platform).of(profile).activator, target],
  };
  switch (throughActivator ?? activatorUse(to)) {
    case true: return [forwarded];
    case false: return [direct];
    default: return [direct, forwarded];
  }
}

/** Whether the activator forwards requests: always, never while a pod is ready, or as load has it. */
function activatorUse({ workload }: Party): boolean | undefined {
  const annotations = workload?.annotations ?? {};
  const burst = annotations[`${PREFIX}target-burst-capacity`] ?? annotations[`${PREFIX}targetBurstCapacity`];
  const least = Number(annotations[`${PREFIX}min-scale`] ?? annotations[`${PREFIX}minScale`] ?? 0);
  if (Number(burst) < 0) return true;
  return burst !== undefined && Number(burst) === 0 && least >= 1 ? false : undefined;
}

function gatewayFor(model: ManifestModel, from: Party, profile: ClusterProfile): Party | undefined {
  if (isGatewayAccount(profile, from.namespace, from.serviceAccount)) return undefined;
  if (from.namespace === undefined) return model.derived(platform).of(profile).publicGateway;
  return from.membership === MeshMembership.SIDECAR ? undefined : model.derived(platform).of(profile).localGateway;
}

/** What stands in the way of requests, by profile: the same for all of them. */
function platform(model: ManifestModel): Kept<ClusterProfile, Readonly<Record<'publicGateway' | 'localGateway' | 'activator', Party>>> {
  return new Kept(profile => ({
    publicGateway: gatewayParty(model, 'the public gateway', profile.publicGateway, profile),
    localGateway: gatewayParty(model, 'the cluster-local gateway', profile.localGateway, profile),
    activator: activator(model, profile),
  }));
}

function gatewayParty(model: ManifestModel, name: string, { serviceNamespace, serviceAccount }: GatewayReference, profile: ClusterProfile): Party {
  const membership = !profile.hasIstio ? MeshMembership.OUTSIDE : MeshMembership.SIDECAR;
  return accountParty(model, name, serviceNamespace, serviceAccount, membership);
}

function activator(model: ManifestModel, profile: ClusterProfile): Party {
  const membership = profile.knativeServingInMesh ? profile.defaultMembership : MeshMembership.OUTSIDE;
  const party = accountParty(model, 'the activator', profile.knativeServingNamespace, 'activator', membership, ACTIVATOR_LABELS);
  return { ...party, membership: (party.workload && membershipOf(model, party.workload)) ?? membership, port: QUEUE_PROXY.http1 };
}
