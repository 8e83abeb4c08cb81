import { App, Chart, Duration } from 'cdk8s';
import { ClusterProfile, KnativeMetrics, MeshMembership } from '../../lib';
import { AlertSeverity, ObservabilityStack } from '../../lib/observability';
import { DeploymentFake, KnativeFake } from '../../test/observability/workloads';

const RUNBOOK = 'https://runbooks.example.com/orders';

/** Groups of rules as a Prometheus of their own would load them. */
export interface RuleFile {
  readonly name: string;
  readonly groups: unknown;
}

/** What stacks write for the ways in which Knative shows metrics, and for workloads in the mesh. */
export function ruleFiles(): RuleFile[] {
  return [
    { name: 'knative', groups: knative(KnativeMetrics.PROMETHEUS) },
    { name: 'knative-pushed', groups: knative(KnativeMetrics.OTLP_PUSH) },
    { name: 'mesh', groups: mesh() },
  ];
}

function knative(knativeMetrics: KnativeMetrics): unknown {
  const { chart, stack } = app(knativeMetrics);
  stack.alertOnErrors(new KnativeFake(chart, 'orders'), { severity: AlertSeverity.CRITICAL, runbookUrl: RUNBOOK });
  stack.alertOnErrors(new KnativeFake(chart, 'reports'), {
    severity: AlertSeverity.WARNING, runbookUrl: RUNBOOK, thresholdPercent: 0.5, window: Duration.hours(1), pendingFor: Duration.minutes(15),
  });
  stack.alertOnErrors(new KnativeFake(chart, 'billing'), { severity: AlertSeverity.CRITICAL, runbookUrl: RUNBOOK, minimumRequests: 30 });
  return groupsOf(stack);
}

function mesh(): unknown {
  const { chart, stack } = app(KnativeMetrics.DISABLED);
  stack.alertOnErrors(new DeploymentFake(chart, 'cache', MeshMembership.SIDECAR), { severity: AlertSeverity.CRITICAL, runbookUrl: RUNBOOK });
  return groupsOf(stack);
}

function app(knativeMetrics: KnativeMetrics): { chart: Chart; stack: ObservabilityStack } {
  const root = new App();
  ClusterProfile.sidecar({ monitoring: { knativeMetrics } }).applyTo(root);
  const chart = new Chart(root, 'shop', { namespace: 'shop' });
  return { chart, stack: new ObservabilityStack(chart, 'watch') };
}

function groupsOf(stack: ObservabilityStack): unknown {
  return stack.ruleObject!.toJson().spec.groups;
}
