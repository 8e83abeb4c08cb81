import { createHash } from 'crypto';
import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Group, knativePanels } from './knative-panels';
import { arrange } from './layout';
import { DashboardModel, DatasourceReference } from './model';
import { Section } from './panel';
import { requestPanels } from './request-panels';
import { KnativeMetrics } from '../../core/knative-metrics';
import { isKnativeWorkload } from '../../core/knative-workload';
import { namespaceOf } from '../../core/names';
import { reportProblems, Severity } from '../../core/problem';
import { resource } from '../../core/resource';
import { runnersOf } from '../../core/route-target';
import { IWorkload } from '../../core/workload';
import { TEXT, usable, wrongType } from '../../core/wrong-type';
import { CODES } from '../codes';
import { promDuration } from '../promql/duration';
import { KnativeRequests } from '../requests/knative-requests';
import { MeshRequests } from '../requests/mesh-requests';

/** What a dashboard shows. */
export interface DashboardOptions {
  /** Its title. */
  readonly title: string;

  /** The workloads that it is about. */
  readonly workloads: IWorkload[];

  /**
   * Name of the ConfigMap.
   * @default - the id of the dashboard
   */
  readonly name?: string;
}

/** What the stack knows and the dashboard needs. */
export interface DashboardContext extends DashboardOptions {
  readonly labels: { [key: string]: string };
  readonly interval: Duration;
  readonly systemMetrics: KnativeMetrics;
}

// Grafana takes no longer one
const UID_LENGTH = 40;
const SCHEMA_VERSION = 39;
const DATASOURCE: DatasourceReference = { type: 'prometheus', uid: '${datasource}' };

/** A Grafana dashboard in a ConfigMap, from which Grafana's sidecar loads it. */
export class Dashboard extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, context: DashboardContext): Dashboard {
    return new Dashboard(scope, id, context);
  }

  /** The ConfigMap, for patches. */
  public readonly apiObject: ApiObject;
  /** Stable identity of the dashboard in Grafana: last part of its URL, `/d/<uid>`. */
  public readonly uid: string;

  private readonly context: DashboardContext;

  private constructor(scope: Construct, id: string, context: DashboardContext) {
    super(scope, id);
    this.context = context;
    const name = usable(context.name, TEXT) ?? id;
    const qualified = `${namespaceOf(this)}-${name}`;
    this.uid = uidOf(qualified);
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name, labels: { ...context.labels } },
      // the sidecar puts the files of all namespaces into one folder, where one name is one dashboard
      fields: { data: () => ({ [`${qualified}.json`]: `${JSON.stringify(this.model(), null, 2)}\n` }) },
    });
    reportProblems(this, () => [
      ...wrongType('title', context.title, TEXT),
      ...wrongType('name', context.name, TEXT),
      ...this.workloads.length > 0 ? [] : [{
        code: CODES.emptyDashboard,
        severity: Severity.WARNING,
        field: 'workloads',
        reason: 'a dashboard about no workload shows nothing',
        fix: 'name the workloads that it is about',
      }],
    ]);
  }

  private get workloads(): readonly IWorkload[] {
    return this.context.workloads ?? [];
  }

  private model(): DashboardModel {
    const interval = promDuration(this.context.interval);
    return {
      uid: this.uid,
      title: String(this.context.title),
      tags: ['serverless-mesh'],
      timezone: 'browser',
      schemaVersion: SCHEMA_VERSION,
      editable: false,
      graphTooltip: 1,
      refresh: '1m',
      time: { from: 'now-3h', to: 'now' },
      templating: { list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }] },
      panels: arrange(this.sections(), DATASOURCE, interval),
    };
  }

  private sections(): Section[] {
    const systemMetrics = this.context.systemMetrics !== KnativeMetrics.DISABLED;
    const knative = byNamespace(this.workloads.filter(isKnativeWorkload));
    const others = byNamespace(this.workloads.filter(workload => !isKnativeWorkload(workload)));
    return [
      {
        title: 'Knative services',
        panels: [
          ...requestPanels(knative.map(({ namespace, names }) => new KnativeRequests(namespace, names))),
          ...knativePanels(knative, systemMetrics),
        ],
        used: knative.length > 0,
      },
      {
        title: 'Workloads in the mesh',
        panels: requestPanels(others.map(({ namespace, names }) => new MeshRequests(namespace, names))),
        used: others.length > 0,
      },
    ].filter(section => section.used);
  }
}

function byNamespace(workloads: readonly IWorkload[]): Group[] {
  const namespaces = [...new Set(workloads.map(workload => workload.workloadNamespace))].sort();
  return namespaces.map(namespace => ({
    namespace,
    names: workloads.filter(workload => workload.workloadNamespace === namespace).flatMap(runnersOf),
  }));
}

function uidOf(name: string): string {
  const plain = name.replace(/[^a-zA-Z0-9_-]/g, '-');
  if (plain === name && plain.length <= UID_LENGTH) return plain;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plain.slice(0, UID_LENGTH - digest.length - 1)}-${digest}`;
}
