import { MONITORING } from './targets';
import { Severity } from '../../../../core/problem';
import { ManifestModel, ModelObject } from '../../../model';
import { FileObject } from '../../../reading/file-object';
import { Rule } from '../../../rule';
import { fieldsOf, isGiven, labelSelector, labelsOf, selectorText, selects } from '../../../workloads';

const SELECTED: readonly { readonly kind: string; readonly field: string; readonly by: readonly string[] }[] = [
  { kind: 'ServiceMonitor', field: 'serviceMonitor', by: ['Prometheus', 'PrometheusAgent'] },
  { kind: 'PodMonitor', field: 'podMonitor', by: ['Prometheus', 'PrometheusAgent'] },
  { kind: 'Probe', field: 'probe', by: ['Prometheus', 'PrometheusAgent'] },
  { kind: 'ScrapeConfig', field: 'scrapeConfig', by: ['Prometheus', 'PrometheusAgent'] },
  { kind: 'PrometheusRule', field: 'rule', by: ['Prometheus', 'ThanosRuler'] },
];

const prometheus = `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: shop, namespace: shop }
spec:
  serviceMonitorSelector: { matchLabels: { team: shop } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

const monitor = (team: string) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: orders, namespace: shop, labels: { team: ${team} } }
spec:
  selector: { matchLabels: { app: orders } }
  endpoints: [{ port: http }]
`;

export const notSelected: Rule = {
  code: 'SM0872',
  title: 'a monitor or rule that no Prometheus of the app selects',
  explanation: 'A Prometheus takes the monitors and rules that its selectors match: an empty selector matches all, a missing one none. Where it looks, the namespace selectors say: an '
    + 'empty one means everywhere, a missing one its own namespace (prometheus-operator.dev, api-reference, PrometheusSpec).',
  severity: Severity.WARNING,
  example: { refused: prometheus + monitor('orders'), accepted: prometheus + monitor('shop') },
  check(context) {
    const { model } = context;
    for (const { kind, field, by } of SELECTED) {
      const servers = by.flatMap(server => [...model.ofKind(MONITORING, server)]);
      if (servers.length === 0) continue;
      for (const object of model.ofKind(MONITORING, kind).filter(isObject)) {
        if (servers.some(server => takes(model, server, field, object))) continue;
        const [server] = servers;
        context.report(object, {
          field: 'metadata.labels',
          value: labelsOf(object.manifest.metadata.labels),
          reason: `${servers.map(other => other.path).join(' and ')} ${servers.length > 1 ? 'do' : 'does'} not take it: ${demand(server, field, object)}`,
          fix: `give it the labels that the selector asks for, or widen ${field}Selector or ${field}NamespaceSelector`,
        });
      }
    }
  },
};

/** A file of rules that Prometheus reads itself has no labels to be selected by. */
function isObject({ construct }: ModelObject): boolean {
  return !(FileObject.is(construct) && construct.document.standIn);
}

function takes(model: ManifestModel, server: ModelObject, field: string, object: ModelObject): boolean {
  const spec = fieldsOf(server.manifest.spec);
  const selector = spec[`${field}Selector`];
  return isGiven(selector) && selects(labelSelector(selector), labelsOf(object.manifest.metadata.labels))
    && looksInto(model, server, spec[`${field}NamespaceSelector`], object.namespace ?? 'default');
}

function looksInto(model: ManifestModel, server: ModelObject, selector: unknown, namespace: string): boolean {
  if (!isGiven(selector)) return server.namespace === namespace;
  const declared = model.byName('', 'Namespace', undefined, namespace);
  const labels = { ...labelsOf(declared?.manifest.metadata.labels), 'kubernetes.io/metadata.name': namespace };
  // of a namespace that the app does not write nobody knows the labels
  return selects(labelSelector(selector), labels, () => declared === undefined);
}

function demand(server: ModelObject, field: string, object: ModelObject): string {
  const spec = fieldsOf(server.manifest.spec);
  const selector = spec[`${field}Selector`];
  if (!isGiven(selector)) return `without ${field}Selector it takes none`;
  if (selects(labelSelector(selector), labelsOf(object.manifest.metadata.labels))) return 'it does not look into this namespace';
  return `it asks for ${selectorText(labelSelector(selector))}`;
}
