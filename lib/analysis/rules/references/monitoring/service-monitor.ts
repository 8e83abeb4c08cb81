import { endpointsOf, monitors, monitorSelector, namespacesOf } from './targets';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { Fields, numberOf, portsOf, selectorText, Service, servicesOf, textOf } from '../../../workloads';
import { serviceNames } from '../kubernetes/absence';
import { listing, paths } from '../listing';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

const monitor = (label: string, port: string) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { app: ${label} } }
  endpoints: [{ port: ${port} }]
`;

export const serviceMonitorTarget: Rule = {
  code: 'SM0868',
  title: 'a ServiceMonitor that finds no Service',
  explanation: 'A ServiceMonitor chooses Services by the labels of the Services, not of the pods, and in its own namespace unless namespaceSelector says more. Advice where the app writes no '
    + 'Services there (prometheus-operator.dev, api-reference, ServiceMonitorSpec).',
  severity: Severity.WARNING,
  peers: ['dangling-servicemonitor'],
  example: { refused: SERVICE + monitor('order', 'http'), accepted: SERVICE + monitor('orders', 'http') },
  check(context) {
    for (const object of monitors(context.model, 'ServiceMonitor')) {
      if (chosenServices(context.model, object).length > 0) continue;
      const scope = namespacesOf(object);
      context.report(object, {
        field: 'spec.selector',
        value: selectorText(monitorSelector(object)),
        severity: isComplete(context, object) ? Severity.WARNING : Severity.INFO,
        reason: `no Service of the app ${scope === undefined ? '' : `in ${scope.join(', ')} `}has these labels`,
        fix: 'write labels that the Service itself has (not its pods), and its namespace in namespaceSelector.matchNames',
      });
    }
  },
};

export const serviceMonitorPort: Rule = {
  code: 'SM0869',
  title: 'a ServiceMonitor for a port that its Services do not have',
  explanation: 'port is the name of a port of the Service, targetPort name or number of one of its pods. What no Service has is not scraped '
    + '(prometheus-operator.dev, api-reference, Endpoint).',
  severity: Severity.WARNING,
  example: { refused: SERVICE + monitor('orders', 'metrics'), accepted: SERVICE + monitor('orders', 'http') },
  check(context) {
    for (const object of monitors(context.model, 'ServiceMonitor')) {
      const services = chosenServices(context.model, object);
      if (services.length === 0) continue;
      for (const { field, value } of endpointsOf(object, 'endpoints')) {
        const wanted = wantedPort(value);
        if (wanted === undefined || services.some(service => wanted.isIn(context.model, service))) continue;
        const names = [...new Set(services.slice(0, 20).flatMap(({ ports }) => ports.map(port => port.name ?? `${port.number} (without a name)`)))];
        context.report(object, {
          field: `${field}.${wanted.field}`,
          value: wanted.value,
          reason: `${paths(services.slice(0, 4).map(service => service.object))} ${services.length > 1 ? 'have' : 'has'} ${listing(names, 6) || 'no ports'}`,
          fix: wanted.field === 'port' ? 'write the name of a port of the Service' : 'write name or number of a port of the pods',
        });
      }
    }
  },
};

interface WantedPort {
  readonly field: string;
  readonly value: string | number;
  isIn(model: ManifestModel, service: Service): boolean;
}

function wantedPort(endpoint: Fields): WantedPort | undefined {
  const port = textOf(endpoint.port);
  if (port !== undefined) return { field: 'port', value: port, isIn: (_model, service) => service.ports.some(known => known.name === port) };
  const target = numberOf(endpoint.targetPort) ?? textOf(endpoint.targetPort);
  if (target === undefined) return undefined;
  return {
    field: 'targetPort',
    value: target,
    isIn: (model, service) => {
      const pods = servicesOf(model).podsOf(service);
      return pods.length === 0 || pods.some(workload => !workload.complete) || service.ports.some(known => known.target === target)
        // a container may listen to a port that it does not declare
        || pods.flatMap(portsOf).some(known => known.name === target || known.number === target) || typeof target === 'number';
    },
  };
}

function chosenServices(model: ManifestModel, object: ModelObject): readonly Service[] {
  return servicesOf(model).labelled(monitorSelector(object), namespacesOf(object));
}

/** Whether the app writes all Services where a monitor looks, as far as one can see. */
function isComplete(context: RuleContext, object: ModelObject): boolean {
  const scope = namespacesOf(object);
  return scope !== undefined && scope.every(namespace => {
    const written = servicesOf(context.model).inNamespace(namespace).length;
    // of those that controllers make only they know the labels
    return written > 0 && written === serviceNames(context.model, namespace).length && !isForeign(namespace, context.profile(object));
  });
}
