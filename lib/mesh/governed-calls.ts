import { Construct } from 'constructs';
import { AccessPolicy } from './access-policy';
import { allCalls, Calls, callsTo } from './calls';
import { TokenChecks } from './jwt/token-checks';
import { LinkerdGrants } from './linkerd/linkerd-grants';
import { MutualTls } from './mtls/mutual-tls';
import { NetworkIsolation } from './network/network-isolation';
import { policiesOver } from './policies';
import { needsOpenPort } from './scrape-rules';
import { ClusterProfile } from '../core/cluster-profile';
import { tokensOf } from '../core/edges';
import { Intents, ScrapeIntent } from '../core/intents';
import { isKnativeWorkload } from '../core/knative-workload';
import { MeshMode } from '../core/mesh-mode';
import { IWorkload } from '../core/workload';

/**
 * Gives a workload its policy as soon as somebody restricts who may call it. A delivery of events alone restricts nothing: no user wrote it
 * down to keep others out, so it only counts where a policy denies by default or somebody was granted access too.
 */
export function governCalls(intents: Intents): void {
  const governed = (calls: Calls) => intents.denyByDefault.all.some(policy => policy.namespace === calls.target.workloadNamespace)
    || policiesOver(calls.target).some(policy => policy.defaultDeny);
  const admitWhereGoverned = (calls: Calls) => {
    if (governed(calls) && (isKnativeWorkload(calls.target) || !calls.isEmpty)) restrict(calls.target);
    else if (LinkerdGrants.of(calls.target)) restrict(calls.target);
  };

  intents.workloads.forEach(workload => {
    admitWhereGoverned(callsTo(workload));
    const isolating = policiesOver(workload).find(policy => policy.networkPolicies);
    if (isolating) NetworkIsolation._ensure(workload, isolating.networkPolicyTypes);
  });
  intents.edges.forEach(edge => {
    const calls = callsTo(edge.target);
    calls.edges.push(edge);
    if (ClusterProfile.of(edge.target).mesh !== MeshMode.LINKERD) tokensOf(edge).forEach(({ issuer }) => TokenChecks.of(edge.target, edge.target as unknown as Construct).admit(issuer));
    if (edge.delivery) admitWhereGoverned(calls);
    else restrict(edge.target);
  });
  intents.scrapes.forEach(scrape => {
    const calls = callsTo(scrape.target);
    // several monitors of one workload read the same port
    if (calls.scrapes.length > 0) return;
    calls.scrapes.push(scrape);
    admitWhereGoverned(calls);
    if (governed(calls) && ClusterProfile.of(calls.target).hasIstio) openWhereNeeded(scrape);
  });
  intents.denyByDefault.forEach(policy => {
    for (const calls of allCalls(intents.root)) {
      if (calls.target.workloadNamespace !== policy.namespace) continue;
      admitWhereGoverned(calls);
      if (ClusterProfile.of(calls.target).hasIstio) calls.scrapes.forEach(openWhereNeeded);
    }
  });
}

/** One policy for what was granted on a workload, in the words of the mesh that the cluster has. */
function restrict(target: IWorkload): void {
  if (ClusterProfile.of(target).mesh === MeshMode.LINKERD) LinkerdGrants.keep(target);
  else AccessPolicy._ensure(target);
}

/** Denies what nobody granted on a workload, also where nobody grants anything. */
export function denyUnlessGranted(workload: IWorkload): void {
  AccessPolicy._ensure(workload);
  callsTo(workload).scrapes.forEach(openWhereNeeded);
}

function openWhereNeeded(scrape: ScrapeIntent): void {
  if (needsOpenPort(scrape)) MutualTls._ensure(scrape.target).addPort(scrape.target.metricsEndpoint.port);
}
