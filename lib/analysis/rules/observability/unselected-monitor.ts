import { RootConstruct } from 'constructs';
import { monitors } from './monitors';
import { ClusterProfile } from '../../../core/cluster-profile';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { FileObject } from '../../reading/file-object';
import { Rule, RuleContext } from '../../rule';

/** What holds where nobody has said anything about the cluster. */
const UNDECLARED = ClusterProfile.of(new RootConstruct());

export const unselectedMonitor: Rule = {
  code: 'SM0431',
  title: 'a monitor or rule that Prometheus does not select',
  explanation: 'Prometheus takes the monitors and rules that its selectors match (prometheus-operator pkg/apis/monitoring/v1/prometheus_types.go); kube-prometheus-stack '
    + 'asks for the label release, unless its values say otherwise (prometheus-community/helm-charts charts/kube-prometheus-stack/templates/prometheus/prometheus.yaml). '
    + 'What has not the label is ignored without a word.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-usermetric }]
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-usermetric }]
`,
  },
  check(context) {
    // an app that brings its own Prometheus has selectors of its own
    if (context.model.ofKind('monitoring.coreos.com', 'Prometheus').length > 0) return;
    for (const monitor of [...monitors(context.model), ...context.model.ofKind('monitoring.coreos.com', 'Probe')]) {
      check(context, monitor, context.profile(monitor).monitoring.monitorLabels!);
    }
    for (const rule of context.model.ofKind('monitoring.coreos.com', 'PrometheusRule')) {
      // a rule file is read by Prometheus itself
      if (FileObject.is(rule.construct) && rule.construct.document.standIn !== undefined) continue;
      check(context, rule, context.profile(rule).monitoring.ruleLabels!);
    }
  },
};

function check(context: RuleContext, object: ModelObject, wanted: { [key: string]: string }): void {
  const labels = object.manifest.metadata?.labels ?? {};
  // nobody said how monitors are selected here, so labels of any kind may be the right ones
  if (context.profile(object) === UNDECLARED && Object.keys(labels).length > 0) return;
  const missing = Object.entries(wanted).filter(([key, value]) => labels[key] !== value);
  if (missing.length === 0) return;
  const text = missing.map(([key, value]) => `${key}: ${value}`).join(', ');
  context.report(object, {
    field: 'metadata.labels',
    value: Object.keys(labels).length === 0 ? undefined : labels,
    reason: `according to the cluster profile, Prometheus selects a ${object.manifest.kind} by ${text}, so this one is ignored`,
    fix: `add ${text}, or declare in the cluster profile what Prometheus selects (with the constructs, ClusterProfile.monitoring)`,
  });
}
