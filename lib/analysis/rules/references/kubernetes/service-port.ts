import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { Kept, PodPort, portsOf, servicesOf, Workload } from '../../../workloads';
import { listing, paths } from '../listing';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, ports: [{ name: http, containerPort: 8080 }] }]
---
`;

/** Ports of containers that the injector adds. */
const OF_THE_SIDECAR = ['http-envoy-prom'];
const NUMBERS_OF_THE_SIDECAR = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15090];

export const serviceTargetPort: Rule = {
  code: 'SM0851',
  title: 'a Service that leads to a port which its pods do not have',
  explanation: 'targetPort is a port of the pods. By name it has to be one that a container declares, or the Service has no endpoints at that port. By number it may be one that a '
    + 'container listens to without saying so; hence advice only (kubernetes.io, concepts/services-networking/service; kiali business/checkers/services/port_mapping_checker.go).',
  severity: Severity.WARNING,
  peers: ['KIA0701'],
  example: {
    refused: `${WORKLOAD}apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: web }]
`,
    accepted: `${WORKLOAD}apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: http }]
`,
  },
  check(context) {
    const services = servicesOf(context.model);
    // Services with one selector have one list of pods
    const portsByPods = new Kept((pods: readonly Workload[]) => pods.flatMap(portsOf));
    for (const service of services.all) {
      const pods = services.podsOf(service);
      if (pods.length === 0 || !pods.every(({ complete }) => complete)) continue;
      const ports = portsByPods.of(pods);
      for (const { field, target } of service.ports) {
        const named = typeof target === 'string';
        if (named ? OF_THE_SIDECAR.includes(target) : NUMBERS_OF_THE_SIDECAR.includes(target)) continue;
        if (ports.some(port => named ? port.name === target : port.number === target)) continue;
        context.report(service.object, {
          field: `${field}.targetPort`,
          value: target,
          severity: named ? Severity.WARNING : Severity.INFO,
          reason: `no container of ${paths(pods.slice(0, 3).map(({ object }) => object))} declares this port${declared(ports)}`,
          fix: named ? 'write the number of the port, or give the container\'s port this name' : 'write the port that the container listens to, or declare it in the container\'s ports',
        });
      }
    }
  },
};

function declared(ports: readonly PodPort[]): string {
  return ports.length === 0 ? '' : `; they declare ${listing([...new Set(ports.slice(0, 20).map(({ name, number }) => String(name ?? number)))], 6)}`;
}
