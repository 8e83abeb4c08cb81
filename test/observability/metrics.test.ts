import { queueProxyExposition } from './exposition';
import { isKnown } from '../../lib/analysis/rules/observability/knative-metric-names';
import { ACTIVATOR_CONCURRENCY } from '../../lib/observability/metrics/activator';
import { PODS_DESIRED, PODS_READY } from '../../lib/observability/metrics/autoscaler';
import { HTTP_SERVER_REQUEST_DURATION, INVOCATION_DURATION, QUEUE_DEPTH } from '../../lib/observability/metrics/queue-proxy';

const exposition = queueProxyExposition();
const histograms = [HTTP_SERVER_REQUEST_DURATION, INVOCATION_DURATION];
const gauges = [QUEUE_DEPTH, PODS_DESIRED, PODS_READY, ACTIVATOR_CONCURRENCY];
/** What the PodMonitor adds. */
const SCRAPED = ['k8s_namespace_name', 'kn_service_name', 'kn_revision_name'];

/** OpenTelemetry's rules for Prometheus names: dots become underscores, the unit a suffix unless it is an annotation in braces. */
function prometheusName({ name, unit }: { name: string; unit: string }): string {
  const suffixes: Record<string, string> = { s: '_seconds' };
  return name.replace(/\./g, '_') + (unit.startsWith('{') ? '' : suffixes[unit]);
}

function requestsBy(metric: string): Record<string, number> {
  return Object.fromEntries(exposition.filter(line => line.name === `${metric}_count`).map(({ labels, value }) => [labels.http_response_status_code, value]));
}

describe('the metric catalogue', () => {
  test.each([...histograms, ...gauges].map(metric => [metric.facts.name, metric.facts] as const))('%s is named as its instrument says', (name, facts) => {
    expect(name).toBe(prometheusName(facts.instrument!));
  });

  test.each([...histograms.map(metric => [`${metric.facts.name}_count`, metric.facts] as const), [QUEUE_DEPTH.facts.name, QUEUE_DEPTH.facts] as const])(
    '%s is what queue-proxy shows, with the labels that are said to be its own', (name, facts) => {
      const lines = exposition.filter(line => line.name === name);
      expect(lines.length).toBeGreaterThan(0);
      const own = facts.labels.filter(label => !SCRAPED.includes(label));
      for (const line of lines) expect(Object.keys(line.labels)).toEqual(expect.arrayContaining(own));
    });

  test.each(histograms.map(metric => [metric.facts.name, metric] as const))('%s has the buckets that are said to be its own', (name, metric) => {
    const edges = exposition.filter(line => line.name === `${name}_bucket` && line.labels.http_response_status_code === '200').map(line => line.labels.le);
    expect(edges).toEqual([...metric.buckets.map(String), '+Inf']);
  });

  test('queue-proxy names service and namespace in target_info alone, so scraping has to add them', () => {
    const naming = exposition.filter(line => 'kn_service_name' in line.labels).map(line => line.name);
    expect(naming).toEqual(['target_info']);
  });

  test('counts what callers got: the full queue and the timeout too, the probe not', () => {
    expect(requestsBy(HTTP_SERVER_REQUEST_DURATION.facts.name)).toEqual({ 200: 15, 500: 1, 503: 2, 504: 1 });
  });

  test('does not take failures from the metric of the app, where a timeout is a success and a full queue is nothing', () => {
    expect(requestsBy(INVOCATION_DURATION.facts.name)).toEqual({ 200: 16, 500: 1 });
  });

  test('has no name under Knative\'s prefixes that the rule on unknown metrics would warn of', () => {
    const names = [...gauges.map(metric => metric.facts.name), `${INVOCATION_DURATION.facts.name}_count`];
    expect(names.filter(name => !isKnown(name))).toEqual([]);
  });
});
