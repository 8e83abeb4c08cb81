import { IConstruct } from 'constructs';
import { CODES } from './codes';
import { earlierScraper, Scraper } from './scrape-register';
import { ClusterProfile } from '../core/cluster-profile';
import { KnativeMetrics } from '../core/knative-metrics';
import { MeshMembership } from '../core/mesh-mode';
import { IMonitorable } from '../core/monitorable';
import { ProblemReport } from '../core/problem';
import { IWorkload } from '../core/workload';

/** Knative services whose metrics are asked for although the cluster's Knative shows none. */
export function metricsDisabled(stack: IConstruct, services: readonly IWorkload[]): ProblemReport[] {
  const profile = ClusterProfile.of(stack);
  if (services.length === 0 || profile.monitoring.knativeMetrics !== KnativeMetrics.DISABLED) return [];
  const names = services.map(service => service.workloadName).join(', ');
  return [{
    code: CODES.metricsDisabled,
    field: 'ClusterProfile.monitoring.knativeMetrics',
    value: KnativeMetrics.DISABLED,
    reason: `Knative ships with request metrics switched off, so there would be nothing to scrape, to alert on or to show of ${names}`,
    fix: `set \`request-metrics-protocol: prometheus\` in the ConfigMap config-observability of namespace ${profile.knativeServingNamespace}, `
      + 'then say so with `monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS }` in the ClusterProfile',
  }];
}

/** A workload that another stack has the same Prometheus scrape. */
export function scrapedTwice(workload: IMonitorable, scraper: Scraper): ProblemReport[] {
  const earlier = earlierScraper(workload, scraper);
  return earlier === undefined ? [] : [{
    code: CODES.scrapedTwice,
    field: `monitor(${workload.workloadName})`,
    reason: `${earlier.stack.node.path} already has the same Prometheus scrape it, so every request would count twice`,
    fix: 'monitor the workload in one stack, or give this one the monitorLabels of another Prometheus',
  }];
}

/** A workload whose requests nothing counts. */
export function uncountedRequests(workload: IWorkload, field: string): ProblemReport[] {
  if (workload.meshMembership === MeshMembership.SIDECAR) return [];
  const ambient = workload.meshMembership === MeshMembership.AMBIENT;
  return [{
    code: CODES.noRequestMetric,
    field,
    value: workload.meshMembership,
    reason: ambient
      ? `ztunnel carries connections and does not see requests, so no metric counts those of ${workload.workloadName}`
      : `${workload.workloadName} is neither a Knative service nor in the mesh, so no metric that the platform knows counts its requests`,
    fix: 'put the workload into the mesh with a sidecar, or make it a ServerlessService',
  }];
}
