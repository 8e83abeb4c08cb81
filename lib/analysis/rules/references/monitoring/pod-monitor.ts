import { endpointsOf, monitors, monitorSelector, namespacesOf } from './targets';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { Kept, membershipOf, numberOf, portsOf, selectorText, textOf, Workload, workloadsOf } from '../../../workloads';
import { listing, paths } from '../listing';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, ports: [{ name: metrics, containerPort: 9102 }] }]
---
`;

const monitor = (label: string, port: string) => `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { app: ${label} } }
  podMetricsEndpoints: [{ port: ${port} }]
`;

export const podMonitorTarget: Rule = {
  code: 'SM0870',
  title: 'a PodMonitor that finds no pods',
  explanation: 'A PodMonitor chooses pods by their labels, in its own namespace unless namespaceSelector says more. Advice where the app writes no pods there '
    + '(prometheus-operator.dev, api-reference, PodMonitorSpec).',
  severity: Severity.WARNING,
  example: { refused: WORKLOAD + monitor('order', 'metrics'), accepted: WORKLOAD + monitor('orders', 'metrics') },
  check(context) {
    for (const object of monitors(context.model, 'PodMonitor')) {
      if (chosenPods(context.model, object).length > 0) continue;
      const scope = namespacesOf(object);
      const workloads = workloadsOf(context.model);
      const some = scope !== undefined && scope.every(namespace => !isForeign(namespace, context.profile(object))
        && workloads.inNamespace(namespace).some(({ complete }) => complete));
      context.report(object, {
        field: 'spec.selector',
        value: selectorText(monitorSelector(object)),
        severity: some ? Severity.WARNING : Severity.INFO,
        reason: `no pods of the app ${scope === undefined ? '' : `in ${scope.join(', ')} `}have these labels`,
        fix: 'write labels of the pod template, and the namespace of the pods in namespaceSelector.matchNames',
      });
    }
  },
};

export const podMonitorPort: Rule = {
  code: 'SM0871',
  title: 'a PodMonitor for a port that its pods do not declare',
  explanation: 'port is the name of a port that a container declares. What no container declares is not scraped; Knative calls the port of the app user-port, whatever its name in the '
    + 'service, and that with queue-proxy\'s metrics http-usermetric (prometheus-operator.dev, api-reference, PodMetricsEndpoint; serving pkg/reconciler/revision/resources/queue.go).',
  severity: Severity.WARNING,
  example: { refused: WORKLOAD + monitor('orders', 'http-metrics'), accepted: WORKLOAD + monitor('orders', 'metrics') },
  check(context) {
    // monitors with one selector have one list of pods
    const portsByPods = new Kept((pods: readonly Workload[]) => ({
      complete: pods.every(workload => workload.complete),
      names: new Set(pods.flatMap(workload => portNames(context.model, workload))),
    }));
    for (const object of monitors(context.model, 'PodMonitor')) {
      const pods = chosenPods(context.model, object);
      if (pods.length === 0) continue;
      const { complete, names } = portsByPods.of(pods);
      if (!complete) continue;
      for (const { field, value } of endpointsOf(object, 'podMetricsEndpoints')) {
        const name = textOf(value.port);
        const target = typeof value.targetPort === 'number' ? undefined : textOf(value.targetPort);
        const wanted = name ?? target;
        if (wanted === undefined || numberOf(value.portNumber) !== undefined || names.has(wanted)) continue;
        context.report(object, {
          field: `${field}.${name === undefined ? 'targetPort' : 'port'}`,
          value: wanted,
          reason: `the containers of ${paths(pods.slice(0, 3).map(workload => workload.object))} declare ${listing([...names], 8) || 'no port with a name'}`,
          fix: 'write the name of a port that a container declares, or the number as portNumber',
        });
      }
    }
  },
};

function chosenPods(model: ManifestModel, chooser: ModelObject): readonly Workload[] {
  const workloads = workloadsOf(model);
  const selector = monitorSelector(chooser);
  const scope = namespacesOf(chooser);
  if (scope === undefined || scope.length === 1) return workloads.selectedBy(selector, scope?.[0]);
  return scope.flatMap(namespace => workloads.selectedBy(selector, namespace));
}

function portNames(model: ManifestModel, workload: Workload): string[] {
  const names = portsOf(workload).map(({ name }) => name).filter(name => name !== undefined);
  // the injector adds a container with this port
  return membershipOf(model, workload) === MeshMembership.OUTSIDE ? names : [...names, 'http-envoy-prom'];
}
