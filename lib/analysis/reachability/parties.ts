import { Party } from './party';
import { RequestSource, SourcePodsOptions } from './request-source';
import { RequestTarget } from './request-target';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { QUEUE_PROXY } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { IRequestTarget, isWorkload } from '../../core/workload';
import { ManifestModel } from '../model';
import { Labels, mapSelector } from '../workloads/labels';
import { membershipOf, namespaceMembership } from '../workloads/mesh-membership';
import { groupBy } from '../workloads/multi-map';
import { Service, servicesOf } from '../workloads/services';
import { portsOf, serviceAccountOf, Workload } from '../workloads/workload';
import { workloadsOf } from '../workloads/workloads';

/** Label of the pods of a Knative service. */
export const KNATIVE_SERVICE_LABEL = 'serving.knative.dev/service';

/** Whether pods are those of a Knative service. */
export function isKnative({ labels }: Party): boolean {
  return labels?.[KNATIVE_SERVICE_LABEL] !== undefined;
}

/** The sender of a request, as the manifests have it. */
export function senderOf(model: ManifestModel, caller: ICaller, profile: ClusterProfile): Party {
  if (caller instanceof RequestSource) {
    return caller._pods ? podsLike(model, caller._pods, profile) : { name: caller.callerName, membership: MeshMembership.OUTSIDE, address: caller._address };
  }
  if (isWorkload(caller)) {
    const { workloadNamespace: namespace, podSelector } = caller;
    const [made] = workloadsOf(model).selectedBy(mapSelector(podSelector), namespace);
    if (made) return { ...partyOf(model, made, profile), name: caller.callerName };
    return { name: caller.callerName, namespace, labels: podSelector, serviceAccount: caller.serviceAccountName, membership: caller.meshMembership };
  }
  const { namespace, serviceAccountName } = caller.meshIdentity;
  const made = serviceAccountName === undefined ? undefined : runningUnder(model, namespace, serviceAccountName);
  return {
    name: caller.callerName,
    namespace,
    ...made ? { workload: made, labels: made.labels } : {},
    serviceAccount: serviceAccountName,
    membership: membershipOfCaller(model, caller, profile),
  };
}

/** The pods that a request is for: one party for each kind of pods that answers. */
export function receiversOf(model: ManifestModel, target: IRequestTarget, wantedPort: number | undefined, profile: ClusterProfile): Party[] {
  const { workloadNamespace: namespace, podSelector } = target;
  const known = isWorkload(target) ? target : undefined;
  const said = target instanceof RequestTarget ? target : undefined;
  const made = workloadsOf(model).selectedBy(mapSelector(podSelector), namespace);
  const own = { host: known?.serviceHost ?? said?.host, port: wantedPort ?? said?.port ?? known?.policyPorts[0] };
  if (made.length === 0) {
    const name = known?.callerName ?? `pods ${labelText(podSelector)} in namespace ${namespace}`;
    const membership = known?.meshMembership ?? givenBy(model, namespace, profile);
    return [{ name, namespace, labels: podSelector, serviceAccount: known?.serviceAccountName, membership, ...own }];
  }
  return made.map(workload => {
    const party = partyOf(model, workload, profile);
    const [service] = servicesOf(model).ofWorkload(workload);
    return {
      ...party,
      ...known && made.length === 1 ? { name: known.callerName } : {},
      host: own.host ?? (service && profile.serviceHost(service.name, service.namespace)),
      port: own.port ?? targetPort(service, workload),
    };
  });
}

/** Pods of a service account that the cluster has, whether or not the app makes them. */
export function accountParty(model: ManifestModel, name: string, namespace: string, serviceAccount: string, membership: MeshMembership, labels?: Labels): Party {
  const workload = runningUnder(model, namespace, serviceAccount);
  return { name, namespace, serviceAccount, membership, workload, labels: workload?.labels ?? labels };
}

function partyOf(model: ManifestModel, workload: Workload, profile: ClusterProfile): Party {
  return {
    name: `${workload.object.manifest.kind} ${workload.namespace}/${workload.name}`,
    namespace: workload.namespace,
    labels: workload.labels,
    workload,
    serviceAccount: serviceAccountOf(workload),
    membership: membershipOf(model, workload) ?? profile.defaultMembership,
  };
}

function podsLike(model: ManifestModel, options: SourcePodsOptions, profile: ClusterProfile): Party {
  const { namespace, labels, serviceAccount, mesh, address } = options;
  const [made] = labels === undefined ? [] : workloadsOf(model).selectedBy(mapSelector(labels), namespace);
  const party = made && partyOf(model, made, profile);
  return {
    name: party?.name ?? `a pod in namespace ${namespace}`,
    namespace,
    labels: party ? { ...party.labels, ...labels } : labels,
    workload: made,
    serviceAccount: serviceAccount ?? party?.serviceAccount ?? 'default',
    membership: mesh ?? party?.membership ?? givenBy(model, namespace, profile),
    address,
  };
}

function membershipOfCaller(model: ManifestModel, caller: ICaller, profile: ClusterProfile): MeshMembership {
  if (!profile.hasIstio || caller.meshMembership === MeshMembership.OUTSIDE) return MeshMembership.OUTSIDE;
  // gateways are proxies themselves, whatever their namespace says
  return isGatewayAccount(profile, caller.meshIdentity.namespace, caller.meshIdentity.serviceAccountName)
    ? MeshMembership.SIDECAR : givenBy(model, caller.meshIdentity.namespace, profile);
}

/** Whether a service account is that of a gateway of the profile. */
export function isGatewayAccount(profile: ClusterProfile, namespace: string | undefined, serviceAccount: string | undefined): boolean {
  return [profile.localGateway, profile.publicGateway].some(gateway => gateway.serviceNamespace === namespace && gateway.serviceAccount === serviceAccount);
}

function givenBy(model: ManifestModel, namespace: string, profile: ClusterProfile): MeshMembership {
  if (!profile.hasIstio) return MeshMembership.OUTSIDE;
  return namespaceMembership(model, namespace, profile) ?? profile.defaultMembership;
}

/** The one workload that runs under a service account; none where several do, whose labels differ. */
function runningUnder(model: ManifestModel, namespace: string, serviceAccount: string): Workload | undefined {
  const running = model.derived(byAccount).get(`${namespace}/${serviceAccount}`) ?? [];
  return running.length === 1 ? running[0] : undefined;
}

function byAccount(model: ManifestModel): Map<string, Workload[]> {
  return groupBy(workloadsOf(model).all, workload => `${workload.namespace}/${serviceAccountOf(workload)}`);
}

function targetPort(service: Service | undefined, workload: Workload): number | undefined {
  // the app's own port is behind queue-proxy, where nothing of a request is seen
  if (workload.labels[KNATIVE_SERVICE_LABEL] !== undefined) return portsOf(workload).some(({ name }) => name === 'h2c') ? QUEUE_PROXY.http2 : QUEUE_PROXY.http1;
  const port = service?.ports[0]?.target ?? portsOf(workload)[0]?.number;
  return typeof port === 'string' ? portsOf(workload).find(one => one.name === port)?.number : port;
}

function labelText(labels: Labels): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}
