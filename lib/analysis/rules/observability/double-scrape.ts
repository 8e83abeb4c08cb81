import { Endpoint, endpointsOf, isPort, KnativePods, selectedPods } from './monitors';
import { someOf } from './some-of';
import { QUEUE_PROXY } from '../../../core/knative-workload';
import { Severity } from '../../../core/problem';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf, listOf } from '../../values';

export const doubleScrape: Rule = {
  code: 'SM0433',
  title: 'two monitors on the metrics of one Knative service',
  explanation: 'Each endpoint of a monitor is a scrape job of its own (prometheus-operator pkg/prometheus/promcfg.go), so Prometheus takes every sample of the pod twice. '
    + 'Where a PodMonitor is involved the label job differs and sums double; two ServiceMonitors write into the same series.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/shop/orders:1.4.2 }]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-usermetric }]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders-again, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-usermetric }]
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/shop/orders:1.4.2 }]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-usermetric }]
`,
  },
  check(context) {
    const scraping = endpointsOf(context.model).filter(endpoint => isSelected(context, endpoint) && isWhole(endpoint)
      && isPort(endpoint, QUEUE_PROXY.userMetricsPortName, QUEUE_PROXY.userMetrics));
    const first = new Map<KnativePods, Endpoint>();
    for (const endpoint of scraping) {
      // a ServiceMonitor selects Services, and Knative gives those of a revision the labels of the service
      const twice = new Map<Endpoint, string[]>();
      for (const pods of selectedPods(context.model, endpoint.monitor)) {
        const earlier = first.get(pods);
        if (!earlier) first.set(pods, endpoint);
        else if (!twice.get(earlier)?.push(pods.name)) twice.set(earlier, [pods.name]);
      }
      for (const [{ monitor }, names] of twice) {
        context.report(endpoint.monitor, {
          field: endpoint.field,
          reason: `the ${monitor.manifest.kind} ${monitor.name} of ${monitor.path} already scrapes the pods of ${someOf(names)}, so every sample is taken twice`,
          fix: 'keep one of the two, or have this one select other pods',
        });
      }
    }
  },
};

/** Whether the Prometheus that the profile tells of takes the monitor; another one may well scrape the same pods. */
function isSelected(context: RuleContext, { monitor }: Endpoint): boolean {
  const labels = monitor.manifest.metadata?.labels ?? {};
  return Object.entries(context.profile(monitor).monitoring.monitorLabels!).every(([key, value]) => labels[key] === value);
}

/** Whether all of what is scraped is kept: two monitors that each keep another half of it are no mistake. */
function isWhole({ body }: Endpoint): boolean {
  return listOf(body.metricRelabelings).length === 0
    && !listOf(body.relabelings).some(relabeling => ['keep', 'drop', 'keepequal', 'dropequal'].includes(String(fieldsOf(relabeling).action).toLowerCase()));
}
