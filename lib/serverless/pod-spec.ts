import type * as kplus from 'cdk8s-plus-28';
import { AffinityRule, renderAffinity } from './affinity-rule';
import { ContainerSecurity, renderSecurity } from './container-security';
import { list } from './containers';
import type { PodDnsSettings, PodSecurity, PodSettings } from './pod-props';
import { Toleration } from './toleration';
import { TopologySpread } from './topology-spread';
import { ServiceSpecTemplateSpec } from '../../imports/serving.knative.dev';
import { Expected, FLAG, instanceOf, NUMBER, optionsLike, TEXT, TEXT_MAP, TEXTS, usable } from '../core/wrong-type';

export const NUMBERS: Expected<number[]> = {
  what: 'a list of numbers',
  fix: 'pass an array of numbers',
  holds: (value): value is number[] => Array.isArray(value) && value.every(entry => typeof entry === 'number'),
};
const TOLERATION = instanceOf(Toleration, '');
const SPREAD = instanceOf(TopologySpread, '');
const RULE = instanceOf(AffinityRule, '');
const OBJECT = optionsLike<object>('', '');

/** A pod outside of Knative, by the names of its API. */
interface NativePod {
  readonly topologySpreadConstraints?: object[];
  readonly [field: string]: unknown;
}

type NativePodSettings = PodSettings & { readonly securityContext?: ContainerSecurity };

/** The pods that are made from one template. */
export interface PodGroup {
  readonly selector: { [key: string]: string };
  /** Label that tells those of the current template from older ones. */
  readonly generation: string;
}

/** What a pod of Knative says beside its containers. */
export function renderPod(settings: PodSettings, pods: PodGroup, ownAccount: boolean): Omit<ServiceSpecTemplateSpec, 'containers'> {
  const dns = usable(settings.dns, OBJECT) as PodDnsSettings | undefined;
  return {
    automountServiceAccountToken: !ownAccount && settings.automountServiceAccountToken === false ? false : undefined,
    imagePullSecrets: some(list<kplus.ISecret>(settings.imagePullSecrets).map(secret => ({ name: usable(secret?.name, TEXT) }))),
    enableServiceLinks: usable(settings.enableServiceLinks, FLAG),
    securityContext: renderPodSecurity(usable(settings.podSecurityContext, OBJECT) as PodSecurity | undefined),
    runtimeClassName: usable(settings.runtimeClass, TEXT),
    priorityClassName: usable(settings.priorityClass, TEXT),
    schedulerName: usable(settings.scheduler, TEXT),
    nodeSelector: usable(settings.nodeSelector, TEXT_MAP),
    affinity: renderAffinity(list<AffinityRule>(settings.affinity).filter(RULE.holds)),
    tolerations: some(list<Toleration>(settings.tolerations).filter(TOLERATION.holds).map(toleration => toleration._toJson())),
    topologySpreadConstraints: some(list<TopologySpread>(settings.topologySpread).filter(SPREAD.holds).map(spread => spread._toJson(pods.selector, pods.generation))),
    hostAliases: some(list<kplus.HostAlias>(settings.hostAliases).map(({ ip, hostnames }) => ({ ip, hostnames }))),
    dnsPolicy: usable(dns?.policy, TEXT),
    dnsConfig: renderDns(dns),
    shareProcessNamespace: switchedOn(settings.shareProcessNamespace),
    hostNetwork: switchedOn(settings.hostNetwork),
    hostPid: switchedOn(settings.hostPid),
    hostIpc: switchedOn(settings.hostIpc),
  };
}

/** What a pod of a Deployment or a Job says beside its containers. */
export function renderNativePod(settings: NativePodSettings, pods: PodGroup, ownAccount: boolean): NativePod {
  const { hostPid, hostIpc, ...said } = renderPod(settings, pods, ownAccount);
  return {
    ...said,
    // unlike Knative, Kubernetes takes both
    automountServiceAccountToken: ownAccount ? undefined : usable(settings.automountServiceAccountToken, FLAG),
    // a Service of the namespace for every variable is what nobody asks for
    enableServiceLinks: said.enableServiceLinks ?? false,
    securityContext: {
      ...said.securityContext,
      // also for what the mesh puts into the pod
      seccompProfile: said.securityContext?.seccompProfile ?? renderSecurity(settings.securityContext).seccompProfile,
    },
    hostPID: hostPid,
    hostIPC: hostIpc,
  };
}

function renderPodSecurity(security: PodSecurity | undefined): object | undefined {
  if (!security) return undefined;
  const profile = usable(security.localSeccompProfile, TEXT);
  return {
    runAsNonRoot: usable(security.ensureNonRoot, FLAG),
    runAsUser: usable(security.user, NUMBER),
    runAsGroup: usable(security.group, NUMBER),
    fsGroup: usable(security.fsGroup, NUMBER),
    supplementalGroups: usable(security.supplementalGroups, NUMBERS),
    seccompProfile: profile === undefined ? undefined : { type: 'Localhost', localhostProfile: profile },
  };
}

function renderDns(dns: PodDnsSettings | undefined): object | undefined {
  const config = {
    nameservers: usable(dns?.nameservers, TEXTS),
    searches: usable(dns?.searches, TEXTS),
    options: some(list<kplus.DnsOption>(dns?.options).map(({ name, value }) => ({ name, value }))),
  };
  return Object.values(config).some(entry => entry !== undefined) ? config : undefined;
}

// the API server drops a false, which says nothing, and what it drops would show as a difference
function switchedOn(flag: boolean | undefined): true | undefined {
  return usable(flag, FLAG) === true ? true : undefined;
}

function some<T>(entries: T[]): T[] | undefined {
  return entries.length > 0 ? entries : undefined;
}
