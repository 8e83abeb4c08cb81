import { endpointsOf, isPort, KnativePods, selectedPods } from './monitors';
import { mtlsModeOf } from './mtls-mode';
import { someOf } from './some-of';
import { QUEUE_PROXY } from '../../../core/knative-workload';
import { podMembership } from '../../../core/membership';
import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const INCLUDED = 'traffic.sidecar.istio.io/includeInboundPorts';
const PORT = QUEUE_PROXY.userMetrics;

export const strictScrape: Rule = {
  code: 'SM0432',
  title: 'a scrape that STRICT mTLS turns away',
  explanation: 'Under STRICT a sidecar, and ztunnel in ambient mode, takes only connections with a mesh identity. A Prometheus outside of the mesh has none, so its '
    + 'scrapes are reset (knative/serving#2921, #13097).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata:
      labels: { sidecar.istio.io/inject: "true" }
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
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata:
      labels: { sidecar.istio.io/inject: "true" }
      annotations: { traffic.sidecar.istio.io/excludeInboundPorts: "9091" }
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
    const refuses = new Map<KnativePods, boolean>();
    const isRefusing = (pods: KnativePods) => {
      const known = refuses.get(pods) ?? (turnsAway(pods) && mtlsModeOf(context, pods, PORT) === 'STRICT');
      refuses.set(pods, known);
      return known;
    };
    for (const endpoint of endpointsOf(context.model)) {
      if (!context.profile(endpoint.monitor).monitoring.outsideMesh) continue;
      if (!isPort(endpoint, QUEUE_PROXY.userMetricsPortName, PORT)) continue;
      const refusing = selectedPods(context.model, endpoint.monitor).filter(isRefusing);
      for (const ambient of [false, true]) {
        const pods = refusing.filter(candidate => (membershipOf(candidate) === MeshMembership.AMBIENT) === ambient);
        if (pods.length === 0) continue;
        const names = someOf(pods.map(({ name }) => name));
        context.report(endpoint.monitor, {
          field: endpoint.field,
          value: endpoint.body.port,
          reason: `the pods of ${names} take only mTLS on port ${PORT}, and Prometheus has no mesh identity, so every scrape fails`,
          fix: ambient
            ? `add a PeerAuthentication for the pods of ${names} with portLevelMtls "${PORT}": PERMISSIVE`
            : `annotate the template of ${names} with ${EXCLUDED}: "${PORT}" (ServerlessService does so once it is monitored), or set portLevelMtls "${PORT}": PERMISSIVE`,
        });
      }
    }
  },
};

function turnsAway(pods: KnativePods): boolean {
  const membership = membershipOf(pods);
  if (membership === MeshMembership.OUTSIDE) return false;
  if (membership === MeshMembership.AMBIENT) return true;
  const ports = (text: string | undefined) => (text ?? '').split(',').map(port => port.trim());
  if (ports(pods.annotations[EXCLUDED]).includes(String(PORT))) return false;
  const included = pods.annotations[INCLUDED];
  return included === undefined || included.trim() === '*' || ports(included).includes(String(PORT));
}

function membershipOf({ service, namespace, labels }: KnativePods): MeshMembership {
  return podMembership(service.construct, namespace, labels);
}
