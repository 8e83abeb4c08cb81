import { AuthorizationPolicySpecRules } from '../../imports/security.istio.io';
import { ClusterProfile } from '../core/cluster-profile';
import { ScrapeIntent } from '../core/intents';
import { MeshMembership } from '../core/mesh-mode';

/** Whether Prometheus, which has no identity, must reach the pods past the mesh: a sidecar can be told to leave a port alone, ztunnel cannot. */
export function needsOpenPort(scrape: ScrapeIntent): boolean {
  return ClusterProfile.of(scrape.target).monitoring.outsideMesh === true && scrape.target.meshMembership === MeshMembership.AMBIENT;
}

/** What lets Prometheus fetch metrics from a workload's pods. */
export function scrapeRules(scrapes: readonly ScrapeIntent[]): AuthorizationPolicySpecRules[] {
  return scrapes.flatMap(({ target }) => {
    const { namespace, outsideMesh } = ClusterProfile.of(target).monitoring;
    const { port, path } = target.metricsEndpoint;
    if (outsideMesh || namespace === undefined) return [];
    const request = target.meshMembership === MeshMembership.AMBIENT ? {} : { methods: ['GET'], paths: [path] };
    return [{ from: [{ source: { namespaces: [namespace] } }], to: [{ operation: { ...request, ports: [String(port)] } }] }];
  });
}

/** Ports that take plain text from anyone: their callers have no identity that a rule could name. */
export function openPortRules(ports: Iterable<number>): AuthorizationPolicySpecRules[] {
  const sorted = [...new Set(ports)].sort((a, b) => a - b).map(String);
  return sorted.length === 0 ? [] : [{ to: [{ operation: { ports: sorted } }] }];
}
