import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ErrorAlert, ErrorAlertOptions } from './error-alert';
import { errorRules } from './error-rules';
import { KnativeRequests } from './requests/knative-requests';
import { MeshRequests } from './requests/mesh-requests';
import type { PrometheusRuleSpec, PrometheusRuleSpecGroups, PrometheusRuleSpecGroupsRules } from '../../imports/monitoring.coreos.com';
import { isKnativeWorkload } from '../core/knative-workload';
import { resource } from '../core/resource';
import { runnersOf } from '../core/route-target';
import { IWorkload } from '../core/workload';
import { DURATION, NUMBER, TEXT, TEXT_MAP, usable } from '../core/wrong-type';

/** How Prometheus finds the rules of a stack. */
export interface RuleSettings {
  readonly name: string;
  readonly labels: { [key: string]: string };
}

/** The PrometheusRule of a stack: one group for each workload, so that its recordings and alerts are evaluated in their order. */
export class AlertRules {
  private readonly alerts = new Map<IWorkload, ErrorAlert[]>();
  private object?: ApiObject;

  constructor(private readonly scope: Construct, private readonly settings: RuleSettings) {}

  public get apiObject(): ApiObject | undefined {
    return this.object;
  }

  public add(workload: IWorkload, options: ErrorAlertOptions): ErrorAlert {
    this.object ??= resource(this.scope, 'Rules', {
      gvk: { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
      metadata: { name: this.settings.name, labels: { ...this.settings.labels } },
      // as with PodMonitors, the types are not worth loading their module: these fields are called the same in JSON
      fields: { spec: (): PrometheusRuleSpec => ({ groups: this.groups() }) },
    });
    const alert = complete(options);
    this.alerts.set(workload, [...this.alerts.get(workload) ?? [], alert]);
    return alert;
  }

  private groups(): PrometheusRuleSpecGroups[] {
    return [...this.alerts].map(([workload, alerts]) => ({
      name: `${workload.workloadNamespace}.${workload.workloadName}.errors`,
      rules: rulesOf(workload, alerts),
    }));
  }
}

function rulesOf(workload: IWorkload, alerts: readonly ErrorAlert[]): PrometheusRuleSpecGroupsRules[] {
  const { workloadNamespace: namespace, workloadName } = workload;
  if (isKnativeWorkload(workload)) {
    return errorRules({ namespace, name: workloadName, alertName: 'KnativeServiceErrors', meter: new KnativeRequests(namespace, [workloadName]) }, alerts);
  }
  return runnersOf(workload).flatMap(name =>
    errorRules({ namespace, name, alertName: 'WorkloadErrors', meter: new MeshRequests(namespace, [name]) }, alerts));
}

// what has the wrong type is reported, and must not break the rendering before
function complete(options: ErrorAlertOptions): ErrorAlert {
  return {
    severity: options.severity,
    runbookUrl: String(options.runbookUrl),
    thresholdPercent: usable(options.thresholdPercent, NUMBER) ?? 5,
    window: usable(options.window, DURATION) ?? Duration.minutes(5),
    pendingFor: usable(options.pendingFor, DURATION) ?? Duration.minutes(5),
    minimumRequests: usable(options.minimumRequests, NUMBER) ?? 0,
    alertName: usable(options.alertName, TEXT),
    labels: usable(options.labels, TEXT_MAP),
  };
}
