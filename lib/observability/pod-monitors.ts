import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { promDuration } from './promql/duration';
import type { PodMonitorSpec, PodMonitorSpecPodMetricsEndpointsRelabelings, PodMonitorSpecSelector } from '../../imports/monitoring.coreos.com';
import { isKnativeWorkload, QUEUE_PROXY } from '../core/knative-workload';
import { IMonitorable, MetricsEndpoint } from '../core/monitorable';
import { namespaceOf } from '../core/names';
import { resource } from '../core/resource';

/** How a stack scrapes. */
export interface ScrapeSettings {
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly interval: Duration;
}

/** Pods that one PodMonitor covers. */
interface Group {
  readonly namespace: string;
  readonly endpoint: MetricsEndpoint;
  readonly selectors: { [key: string]: string }[];
  readonly apiObject: ApiObject;
}

/**
 * The PodMonitors of a stack. The Knative services of a namespace share one, so that no pod is scraped twice; every
 * other workload has its own, because its endpoint is its own.
 */
export class PodMonitors {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly scope: Construct, private readonly settings: ScrapeSettings) {}

  public get apiObjects(): ApiObject[] {
    return [...this.groups.values()].map(group => group.apiObject);
  }

  public add(workload: IMonitorable): void {
    const name = this.nameFor(workload);
    const group = this.groups.get(name) ?? this.create(name, workload);
    group.selectors.push(workload.podSelector);
  }

  private create(name: string, workload: IMonitorable): Group {
    const group: Group = {
      namespace: workload.workloadNamespace,
      endpoint: workload.metricsEndpoint,
      selectors: [],
      apiObject: resource(this.scope, `Monitor-${name}`, {
        gvk: { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' },
        metadata: { name, labels: { ...this.settings.labels } },
        // the module of the types takes 20 ms to load, and these fields are called in JSON what they are called here
        fields: { spec: () => this.spec(group) },
      }),
    };
    this.groups.set(name, group);
    return group;
  }

  // a namespace has no dot in its name, so none of these names is taken for another
  private nameFor(workload: IMonitorable): string {
    const { name } = this.settings;
    const elsewhere = this.isElsewhere(workload.workloadNamespace) ? `.${workload.workloadNamespace}` : '';
    return sharesMonitor(workload) ? `${name}${elsewhere}` : `${name}-${workload.workloadName}${elsewhere}`;
  }

  private isElsewhere(namespace: string): boolean {
    return namespace !== namespaceOf(this.scope);
  }

  private spec({ namespace, endpoint, selectors }: Group): PodMonitorSpec {
    return {
      namespaceSelector: this.isElsewhere(namespace) ? { matchNames: [namespace] } : undefined,
      selector: selectorOf(selectors),
      podMetricsEndpoints: [{
        port: endpoint.portName,
        path: endpoint.path,
        interval: promDuration(this.settings.interval),
        relabelings: relabelings(endpoint.podLabels ?? {}),
      }],
    };
  }
}

function sharesMonitor(workload: IMonitorable): boolean {
  return isKnativeWorkload(workload)
    && workload.metricsEndpoint.portName === QUEUE_PROXY.userMetricsPortName
    && Object.keys(workload.podSelector).length === 1;
}

function selectorOf(selectors: readonly { [key: string]: string }[]): PodMonitorSpecSelector {
  const keys = Object.keys(selectors[0]);
  if (keys.length !== 1) return { matchLabels: { ...selectors[0] } };
  const [key] = keys;
  return { matchExpressions: [{ key, operator: 'In', values: [...new Set(selectors.map(labels => labels[key]))].sort() }] };
}

/** Pod labels as metric labels; the namespace too, under the name that Knative's own components give it. */
function relabelings(podLabels: { [key: string]: string }): PodMonitorSpecPodMetricsEndpointsRelabelings[] {
  const fromPod = Object.entries(podLabels).map(([targetLabel, label]) => ({
    sourceLabels: [`__meta_kubernetes_pod_label_${label.replace(/[^a-zA-Z0-9_]/g, '_')}`],
    targetLabel,
  }));
  return [...fromPod, { sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'k8s_namespace_name' }];
}
