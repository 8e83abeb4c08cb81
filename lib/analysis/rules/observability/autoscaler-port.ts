import { endpointsOf, isPort, selectedPods } from './monitors';
import { QUEUE_PROXY } from '../../../core/knative-workload';
import { Rule } from '../../rule';

const PORT_NAME = 'http-autometric';

export const autoscalerPort: Rule = {
  code: 'SM0430',
  title: 'a monitor on the port of Knative\'s autoscaler',
  explanation: 'Port 9090 of queue-proxy answers the autoscaler in its own protobuf format, which Prometheus does not read; what Prometheus reads is on port '
    + '9091 (knative/serving pkg/queue/sharedmain/main.go, pkg/networking/constants.go).',
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  selector: { matchLabels: { serving.knative.dev/service: orders } }
  podMetricsEndpoints: [{ port: http-autometric }]
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
    for (const endpoint of endpointsOf(context.model)) {
      const { monitor, body } = endpoint;
      // the number alone means something else on other pods: Prometheus itself listens on 9090
      const onKnative = () => selectedPods(context.model, monitor).length > 0;
      if (!isNamed(body) && !(isPort(endpoint, PORT_NAME, QUEUE_PROXY.autoscalerMetrics) && onKnative())) continue;
      context.report(monitor, {
        field: endpoint.field,
        value: body.port ?? body.portNumber ?? body.targetPort,
        reason: 'this port of queue-proxy answers the autoscaler in a format of its own, so every scrape fails',
        fix: `scrape the port ${QUEUE_PROXY.userMetricsPortName} (${QUEUE_PROXY.userMetrics}), path /metrics`,
      });
    }
  },
};

function isNamed({ port, targetPort }: Record<string, unknown>): boolean {
  return port === PORT_NAME || targetPort === PORT_NAME;
}
