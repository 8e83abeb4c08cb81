import type * as kplus from 'cdk8s-plus-28';
import { AffinityRule } from './affinity-rule';
import { shapeProblems } from './container-problems';
import { resourceProblems } from './container-resources';
import type { PodDnsSettings, PodSecurity, PodSettings } from './pod-props';
import { NUMBERS } from './pod-spec';
import { Toleration } from './toleration';
import { TopologySpread } from './topology-spread';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport, Severity } from '../core/problem';
import { Expected, FLAG, instanceOf, listOf, NUMBER, optionsLike, TEXT, TEXT_MAP, TEXTS, usable } from '../core/wrong-type';

export const RESOURCES = optionsLike<kplus.ContainerResources>('an object with cpu and memory', 'pass { cpu: { request: kplus.Cpu.millis(100) } } or the like');
const SECURITY = optionsLike<PodSecurity>('an object with user, group or fsGroup', 'pass { fsGroup: 2000 } or the like');
const DNS = optionsLike<PodDnsSettings>('an object with policy or nameservers', 'pass { policy: kplus.DnsPolicy.CLUSTER_FIRST } or the like');
const NAMED = listOf(optionsLike<object>('a Secret of cdk8s-plus', 'pass the constructs, or adapt what exists by its name, as in kplus.Secret.fromSecretName()'));

const AFFINITY = listOf(instanceOf(AffinityRule, "use a factory, as in AffinityRule.requireNodes(NodeRequirement.exists('gpu'))"));

/** What each of the settings of a pod has to be. */
export const POD_SETTINGS: { readonly [name in keyof PodSettings]-?: Expected<unknown> } = {
  automountServiceAccountToken: FLAG,
  imagePullSecrets: NAMED,
  enableServiceLinks: FLAG,
  podSecurityContext: SECURITY,
  runtimeClass: TEXT,
  priorityClass: TEXT,
  scheduler: TEXT,
  nodeSelector: TEXT_MAP,
  affinity: AFFINITY,
  tolerations: listOf(instanceOf(Toleration, "use a factory, as in Toleration.exists('gpu')")),
  topologySpread: listOf(instanceOf(TopologySpread, 'use a factory, as in TopologySpread.overZones()')),
  hostAliases: listOf(optionsLike<kplus.HostAlias>('an object with ip and hostnames', "pass { ip: '10.0.0.1', hostnames: ['ledger'] }")),
  dns: DNS,
  shareProcessNamespace: FLAG,
  hostNetwork: FLAG,
  hostPid: FLAG,
  hostIpc: FLAG,
  meshProxyResources: RESOURCES,
};

const SECURITY_FIELDS: { readonly [name in keyof PodSecurity]-?: Expected<unknown> } = {
  user: NUMBER, group: NUMBER, fsGroup: NUMBER, supplementalGroups: NUMBERS, localSeccompProfile: TEXT, ensureNonRoot: FLAG,
};

const DNS_FIELDS: { readonly [name in keyof PodDnsSettings]-?: Expected<unknown> } = {
  policy: TEXT,
  nameservers: TEXTS,
  searches: TEXTS,
  options: listOf(optionsLike<kplus.DnsOption>('an object with name and value', "pass { name: 'ndots', value: '2' }")),
};

/** What is wrong inside of the settings of a pod that are what they have to be. */
export function podProblems(settings: PodSettings, membership: MeshMembership): ProblemReport[] {
  return [
    ...shapeProblems(usable(settings.podSecurityContext, SECURITY) ?? {}, SECURITY_FIELDS, 'podSecurityContext.'),
    ...shapeProblems(usable(settings.dns, DNS) ?? {}, DNS_FIELDS, 'dns.'),
    ...resourceProblems(usable(settings.meshProxyResources, RESOURCES), 'meshProxyResources'),
    ...(usable(settings.affinity, AFFINITY) ?? []).flatMap(rule => rule._problems),
    ...usable(settings.meshProxyResources, RESOURCES) && membership !== MeshMembership.SIDECAR ? [{
      code: 'SM1105',
      severity: Severity.WARNING,
      field: 'meshProxyResources',
      reason: 'the pods get no sidecar of the mesh, so there is nothing that could have these resources',
      fix: 'leave it out; in ambient mode ztunnel and waypoints have resources of their own',
    }] : [],
  ];
}
