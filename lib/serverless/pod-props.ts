import type * as kplus from 'cdk8s-plus-28';
import type { AffinityRule } from './affinity-rule';
import type { Toleration } from './toleration';
import type { TopologySpread } from './topology-spread';

/** What holds for every container of a pod that does not say otherwise. */
export interface PodSecurity {
  /**
   * User that containers run as, 0 to 2147483647.
   * @default - the user of each image
   */
  readonly user?: number;

  /**
   * Group that containers run as, 0 to 2147483647.
   * @default - the group of each image
   */
  readonly group?: number;

  /**
   * Group that owns the files of volumes, 0 to 2147483647.
   * @default - the files stay as they are
   */
  readonly fsGroup?: number;

  /**
   * Further groups of the first process, 0 to 2147483647.
   * @default - none
   */
  readonly supplementalGroups?: number[];

  /**
   * Profile of the node that filters system calls, relative to the directory of the kubelet's profiles. Containers say for themselves what filters
   * theirs, so it holds for those alone that `allowAllSystemCalls` leaves open and for what is injected.
   * @default - none
   */
  readonly localSeccompProfile?: string;

  /**
   * Refuses to start an image that would run as root. Containers of this library say so for themselves.
   * @default - each container says it
   */
  readonly ensureNonRoot?: boolean;
}

/** How names are resolved in a pod. */
export interface PodDnsSettings {
  /**
   * Where the settings come from. With Knative needs the feature flag `kubernetes.podspec-dnspolicy`.
   * @default DnsPolicy.CLUSTER_FIRST
   */
  readonly policy?: kplus.DnsPolicy;

  /**
   * Addresses of further name servers, at most 3. With Knative needs the feature flag `kubernetes.podspec-dnsconfig`, like the two that follow.
   * @default - none
   */
  readonly nameservers?: string[];

  /**
   * Domains in which short names are looked up.
   * @default - those of the policy
   */
  readonly searches?: string[];

  /**
   * Options of the resolver, such as `ndots`.
   * @default - those of the policy
   */
  readonly options?: kplus.DnsOption[];
}

/**
 * What a pod says beside its containers. In a Knative service much of it needs a feature flag of Knative Serving, which the cluster profile
 * declares; in a Deployment or a Job nothing does.
 */
export interface PodSettings {
  /**
   * Whether the token of the service account is mounted, with which the application calls the API server. In a Knative service with an account
   * that was given, only `false` says something: what mounts it is the account.
   * @default - not for an account of its own; as a given account has it
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * Secrets with which the node fetches the images.
   * @default - those of the service account
   */
  readonly imagePullSecrets?: kplus.ISecret[];

  /**
   * Whether every Service of the namespace becomes a handful of variables.
   * @default false; in a Knative service the cluster's `enable-service-links`, which is false as shipped
   */
  readonly enableServiceLinks?: boolean;

  /**
   * What holds for every container that does not say otherwise. With Knative needs the feature flag `kubernetes.podspec-securitycontext`.
   * @default - each container for itself
   */
  readonly podSecurityContext?: PodSecurity;

  /**
   * Runtime class, such as one that isolates pods in virtual machines. With Knative needs the feature flag `kubernetes.podspec-runtimeclassname`.
   * @default - the nodes' default; in a Knative service the one that `config-deployment` names for its labels, if any
   */
  readonly runtimeClass?: string;

  /**
   * Priority class. With Knative needs the feature flag `kubernetes.podspec-priorityclassname`.
   * @default - the cluster's default class
   */
  readonly priorityClass?: string;

  /**
   * Scheduler that places the pods. With Knative needs the feature flag `kubernetes.podspec-schedulername`.
   * @default - the cluster's default scheduler
   */
  readonly scheduler?: string;

  /**
   * Labels that nodes have to have. With Knative needs the feature flag `kubernetes.podspec-nodeselector`.
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Rules about the nodes on which pods run, all of which hold. With Knative needs the feature flag `kubernetes.podspec-affinity`.
   * @default - none; in a Knative service the pods of a revision are rather spread over nodes
   */
  readonly affinity?: AffinityRule[];

  /**
   * Taints of nodes that pods put up with. With Knative needs the feature flag `kubernetes.podspec-tolerations`.
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * How pods are spread. With Knative needs the feature flag `kubernetes.podspec-topologyspreadconstraints`.
   * @default - over nodes and zones as far as there is room where a Deployment runs more than one pod; in a Knative service as the affinity has it
   */
  readonly topologySpread?: TopologySpread[];

  /**
   * Further lines of the pod's `/etc/hosts`. With Knative needs the feature flag `kubernetes.podspec-hostaliases`.
   * @default - none
   */
  readonly hostAliases?: kplus.HostAlias[];

  /**
   * How names are resolved.
   * @default - by the cluster's name service
   */
  readonly dns?: PodDnsSettings;

  /**
   * Whether containers see each other's processes. With Knative needs the feature flag `kubernetes.podspec-shareprocessnamespace`.
   * @default false
   */
  readonly shareProcessNamespace?: boolean;

  /**
   * Whether pods use the network of their node, which keeps them out of the mesh. With Knative needs the feature flag `kubernetes.podspec-hostnetwork`.
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Whether pods see the processes of their node. With Knative needs the feature flag `kubernetes.podspec-hostpid`.
   * @default false
   */
  readonly hostPid?: boolean;

  /**
   * Whether pods share memory and semaphores with their node. With Knative needs the feature flag `kubernetes.podspec-hostipc`.
   * @default false
   */
  readonly hostIpc?: boolean;

  /**
   * CPU and memory of the mesh's sidecar in each pod. What is left out is what Istio ships: requests 100m CPU and 128 MiB, limits 2 CPUs and 1 GiB.
   * @default - the mesh's (`global.proxy.resources`)
   */
  readonly meshProxyResources?: kplus.ContainerResources;
}
