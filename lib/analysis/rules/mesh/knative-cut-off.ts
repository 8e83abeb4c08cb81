import { asksForHttp, mayAdmit, Request } from './admission';
import { KnativePods, knativePods, maySelect, SERVICE_LABEL } from './knative-pods';
import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, namespaceOf, rulesOf, selectorOf } from './policies';
import { ClusterProfile } from '../../../core/cluster-profile';
import { QUEUE_PROXY } from '../../../core/knative-workload';
import { MeshMode } from '../../../core/mesh-mode';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';

export const knativeCutOff: Rule = {
  code: 'SM0222',
  title: 'a policy that shuts Knative out of its own pods',
  explanation: 'Once an ALLOW policy holds for the pods of a Knative service, everything is denied that no rule admits. The autoscaler fetches /metrics from '
    + 'port 9090 (serving pkg/autoscaler/metrics/stats_scraper.go), the activator asks /healthz on the port of the requests before it forwards any '
    + '(serving pkg/activator/net/revision_backends.go). Without them nothing scales, and a service at zero pods never answers.',
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: checkout, namespace: shop }
spec:
  selector:
    matchLabels: { serving.knative.dev/service: checkout }
  rules:
    - to:
        - operation: { methods: [POST] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: checkout, namespace: shop }
spec:
  selector:
    matchLabels: { serving.knative.dev/service: checkout }
  rules:
    - to:
        - operation: { methods: [POST] }
    - from:
        - source: { namespaces: [knative-serving] }
      to:
        - operation: { paths: [/healthz, /metrics] }
`,
  },
  check(context) {
    const policies = authorizationPolicies(context.model).filter(policy => actionOf(policy) === 'ALLOW' && !hasTargetRefs(policy));
    for (const pods of [...knativePods(context.model), ...podsOfOtherApps(context.model, policies)]) {
      const holding = policies.filter(policy => holdsFor(policy, pods, context.profile(policy)));
      const [policy] = [...holding].sort((a, b) => Number(isNamespaceWide(a)) - Number(isNamespaceWide(b)));
      if (policy === undefined) continue;
      const profile = context.profile(policy);
      if (profile.mesh === MeshMode.NONE) continue;
      const rules = holding.flatMap(rulesOf).filter(rule => profile.mesh !== MeshMode.AMBIENT || asksForHttp(rule) === undefined);
      const shutOut = systemRequests(pods, profile).filter(({ request }) => !rules.some(rule => mayAdmit(rule, request)));
      if (shutOut.length === 0) continue;
      const { namespace } = shutOut[0].request;
      context.report(policy, {
        field: 'spec.rules',
        reason: `no rule admits ${shutOut.map(({ what }) => what).join(' nor ')} of Knative service ${pods.service}: ${shutOut.map(({ effect }) => effect).join('; ')}`,
        fix: `use a construct of this library and grantInvoke, or add a rule with from.source.namespaces: ["${namespace}"] and to.operation.paths: ["/healthz", "/metrics"]`,
      });
    }
  },
};

function holdsFor(policy: ModelObject, pods: KnativePods, profile: ClusterProfile): boolean {
  const namespace = namespaceOf(policy);
  return (namespace === pods.namespace || namespace === profile.istioNamespace) && maySelect(selectorOf(policy), pods);
}

/** Services that only a selector speaks of. */
function podsOfOtherApps(model: ManifestModel, policies: readonly ModelObject[]): KnativePods[] {
  const known = new Set(knativePods(model).map(pods => `${pods.namespace}/${pods.service}`));
  return policies.flatMap(policy => {
    const selector = selectorOf(policy);
    const service = selector[SERVICE_LABEL];
    const namespace = namespaceOf(policy);
    if (service === undefined || known.has(`${namespace}/${service}`)) return [];
    known.add(`${namespace}/${service}`);
    return [{ service, namespace, labels: selector, annotations: {}, appPort: 8080 }];
  });
}

function systemRequests(pods: KnativePods, profile: ClusterProfile): { what: string; effect: string; request: Request }[] {
  const { annotations } = pods;
  const base = { namespace: profile.knativeServingNamespace, trustDomain: profile.trustDomain, method: 'GET' };
  const excluded = (annotations['traffic.sidecar.istio.io/excludeInboundPorts'] ?? '').split(',').map(port => port.trim());
  const scaledByKubernetes = annotations['autoscaling.knative.dev/class'] === 'hpa.autoscaling.knative.dev';
  const withoutActivator = annotations['autoscaling.knative.dev/target-burst-capacity'] === '0'
    && Number(annotations['autoscaling.knative.dev/min-scale'] ?? 0) >= 1;
  // without HTTP a probe looks like any request, so a policy may well keep the activator out on purpose
  const l4 = profile.mesh === MeshMode.AMBIENT;
  return [
    ...scaledByKubernetes || excluded.includes(String(QUEUE_PROXY.autoscalerMetrics)) ? [] : [{
      what: 'the autoscaler to the metrics',
      effect: 'it cannot see the load and does not scale',
      request: { ...base, serviceAccount: 'controller', path: '/metrics', port: QUEUE_PROXY.autoscalerMetrics, headers: {} },
    }],
    ...withoutActivator || l4 ? [] : [{
      what: 'the activator to the health check',
      effect: 'requests that it holds are never forwarded',
      request: { ...base, serviceAccount: 'activator', path: '/healthz', port: QUEUE_PROXY.http1, headers: { 'k-network-probe': 'queue' } },
    }],
  ];
}
