import { Panel } from './panel';
import { nameOf } from './request-panels';
import { ACTIVATOR_CONCURRENCY } from '../metrics/activator';
import { PODS_DESIRED, PODS_READY } from '../metrics/autoscaler';
import { QUEUE_DEPTH } from '../metrics/queue-proxy';
import { Match } from '../promql/match';

/** Workloads of one namespace. */
export interface Group {
  readonly namespace: string;
  readonly names: readonly string[];
}

const LABELS = { namespace: 'k8s_namespace_name', workload: 'kn_service_name' } as const;
const BY = [LABELS.namespace, LABELS.workload] as const;

/** What scales a service, and what waits for it. */
export function knativePanels(groups: readonly Group[], systemMetrics: boolean): Panel[] {
  const name = nameOf(LABELS, groups.length > 1);
  const each = groups.map(group => ({
    k8s_namespace_name: Match.is(group.namespace),
    kn_service_name: Match.oneOf(group.names),
  }));
  const pods: Panel = {
    title: 'Pods',
    description: 'Pods that the autoscaler wants and pods that are ready, over all revisions. Read from the autoscaler in Knative\'s own namespace.',
    unit: 'short',
    series: each.flatMap(matchers => [
      // by revision first: after a change of leader, two autoscalers report the same one
      { query: PODS_DESIRED.where(matchers).maxBy(...BY, 'kn_revision_name').sumBy(...BY), legend: `${name} desired`, color: 'blue' },
      { query: PODS_READY.where(matchers).maxBy(...BY, 'kn_revision_name').sumBy(...BY), legend: `${name} ready`, color: 'green' },
    ]),
  };
  const waiting: Panel = {
    title: 'Requests in flight',
    description: 'Fullest pod of each service, running and waiting requests together, as of its latest request; only for services that limit their '
      + `concurrency.${systemMetrics ? ' And requests that the activator holds or passes on, which is where they wait for the first pod.' : ''}`,
    unit: 'short',
    series: each.flatMap(matchers => [
      { query: QUEUE_DEPTH.where(matchers).maxBy(...BY), legend: `${name} in a pod`, color: 'purple' },
      ...systemMetrics ? [{ query: ACTIVATOR_CONCURRENCY.where(matchers).sumBy(...BY), legend: `${name} in the activator`, color: 'orange' }] : [],
    ]),
  };
  return systemMetrics ? [pods, waiting] : [waiting];
}
