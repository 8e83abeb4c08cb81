import { knativePodsSelectedBy, SERVICE_LABEL } from './knative-pods';
import { authorizationPolicies, isNamespaceWide, namespaceOf, operationsOf, peerAuthentications, selectorOf, specOf } from './policies';
import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, textsOf } from '../../values';

const QUEUE_PROXY_PORTS = '8012 (HTTP/1), 8013 (h2c), 9090 (metrics for the autoscaler) or 9091 (metrics for Prometheus)';

export const knativePort: Rule = {
  code: 'SM0226',
  title: 'a port that no request to a Knative pod has',
  explanation: 'Policies see the port of the pod on which a request arrives. That is queue-proxy\'s: the port of the service (80) ends before, and queue-proxy reaches '
    + 'the app over loopback, which no proxy watches (serving pkg/networking/constants.go; pkg/queue/sharedmain/main.go, buildProxyHandler).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: checkout, namespace: shop }
spec:
  selector:
    matchLabels: { serving.knative.dev/service: checkout }
  mtls: { mode: STRICT }
  portLevelMtls:
    8080: { mode: PERMISSIVE }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: checkout, namespace: shop }
spec:
  selector:
    matchLabels: { serving.knative.dev/service: checkout }
  mtls: { mode: STRICT }
  portLevelMtls:
    8012: { mode: PERMISSIVE }
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      const never = portsNeverSeen(context.model, policy);
      for (const { field, part } of never.size === 0 ? [] : operationsOf(policy)) {
        for (const list of ['ports', 'notPorts']) {
          for (const port of textsOf(part[list]).filter(value => never.has(value))) report(policy, `${field}.${list}`, port);
        }
      }
    }
    for (const policy of peerAuthentications(context.model)) {
      const never = portsNeverSeen(context.model, policy);
      for (const port of Object.keys(fieldsOf(specOf(policy).portLevelMtls)).filter(value => never.has(value))) report(policy, 'spec.portLevelMtls', port);
    }

    function report(policy: ModelObject, field: string, port: string): void {
      context.report(policy, {
        field,
        value: port,
        reason: `requests to the pods of a Knative service arrive at queue-proxy, never at port ${port}, so this never matches`,
        fix: `use the ports of queue-proxy: ${QUEUE_PROXY_PORTS}`,
      });
    }
  },
};

/** Ports that somebody would write who thinks of the service or of the app; empty for a policy that is not about one Knative service. */
function portsNeverSeen(model: ManifestModel, policy: ModelObject): Set<string> {
  const selector = selectorOf(policy);
  if (isNamespaceWide(policy)) return new Set();
  const selected = knativePodsSelectedBy(model, selector, namespaceOf(policy));
  if (selected.length === 0 && selector[SERVICE_LABEL] === undefined) return new Set();
  const appPorts = selected.length > 0 ? selected.map(pods => pods.appPort) : [8080];
  return new Set(['80', '443', ...appPorts.map(String)]);
}
