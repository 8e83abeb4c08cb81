import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile, KnativeMetrics, MonitoringSettings } from '../../lib';
import { ManifestModel } from '../../lib/analysis/model';
import { Rule, RuleContext } from '../../lib/analysis/rule';
import { Problem } from '../../lib/core/problem';
import { Json } from '../support';

/** A chart in a cluster whose Knative shows metrics. */
export function monitoredChart(monitoring: MonitoringSettings = {}, namespace = 'shop'): Chart {
  const app = new App();
  ClusterProfile.sidecar({ monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS, ...monitoring } }).applyTo(app);
  return new Chart(app, 'chart', { namespace });
}

/** What one rule finds in an app, whether or not it is registered. */
export function findings(rule: Rule, scope: IConstruct): Problem[] {
  const context = new RuleContext(rule, ManifestModel.of(scope.node.root));
  rule.check(context);
  return context.problems;
}

/** An app of raw objects. */
export function raw(...objects: Json[]): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
  return chart;
}

/** A raw PrometheusRule with one group. */
export function prometheusRule(...rules: Json[]): Json {
  return prometheusRuleOf([{ name: 'group', rules }]);
}

export function prometheusRuleOf(groups: Json): Json {
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'rules' }, spec: { groups } };
}

/** A raw Knative Service. */
export function knativeService(name: string, template: Json = {}): Json {
  return { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name }, spec: { template: { metadata: template } } };
}

/** A raw PodMonitor on Knative services. */
export function podMonitor(name: string, endpoint: Json, spec: Json = {}, labels: Json = { release: 'kube-prometheus-stack' }): Json {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, labels },
    spec: { selector: { matchExpressions: [{ key: 'serving.knative.dev/service', operator: 'Exists' }] }, podMetricsEndpoints: [endpoint], ...spec },
  };
}

/** Manifests that no cluster would take: what rules must get over. */
export const GARBAGE: Json[] = [
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'a' } },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'b' }, spec: { groups: 'all' } },
  prometheusRuleOf([null, 3, { name: 4, rules: {} }, { rules: [null, 'x', [], { expr: {}, labels: 7, annotations: ['x'], alert: {}, record: [] }] }]),
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'c', labels: 'none' }, spec: { selector: 3, podMetricsEndpoints: 'all' } },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'd', labels: { release: 7 } },
    spec: { namespaceSelector: [], selector: { matchExpressions: [null, { key: 3 }] }, podMetricsEndpoints: [null, { port: 'http-usermetric', relabelings: 3 }] },
  },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'e' }, spec: null },
  { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'f' }, spec: { template: 'none' } },
  { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'g' }, spec: { mtls: 'STRICT', selector: 'all', portLevelMtls: [] } },
];
