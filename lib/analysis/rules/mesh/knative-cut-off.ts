import { asksForHttp, mayAdmit, Request } from './admission';
import { KnativePods, knativePods, knativePodsSelectedBy, SERVICE_LABEL } from './knative-pods';
import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, namespaceOf, rulesOf, selectorOf } from './policies';
import { ClusterProfile } from '../../../core/cluster-profile';
import { QUEUE_PROXY } from '../../../core/knative-workload';
import { MeshMode } from '../../../core/mesh-mode';
import { ManifestModel, ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { Fields } from '../../values';
import { Kept } from '../../workloads';

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
    const admitting = admission();
    const requestsTo = systemRequests();
    const policies = authorizationPolicies(context.model).filter(policy => actionOf(policy) === 'ALLOW' && !hasTargetRefs(policy));
    for (const [pods, holding] of policiesByPods(policies, context)) {
      const [policy] = [...holding].sort((a, b) => Number(isNamespaceWide(a)) - Number(isNamespaceWide(b)));
      if (policy === undefined) continue;
      const profile = context.profile(policy);
      if (!profile.hasIstio) continue;
      const shutOut = requestsTo(pods, profile).filter(({ request }) => !holding.some(admitting(request, profile.mesh)));
      if (shutOut.length === 0) continue;
      const { namespace } = shutOut[0].request;
      // a rule on paths would not reach ztunnel
      const operation = profile.mesh === MeshMode.AMBIENT ? `ports: ["${QUEUE_PROXY.autoscalerMetrics}"]` : 'paths: ["/healthz", "/metrics"]';
      context.report(policy, {
        field: 'spec.rules',
        reason: `no rule admits ${shutOut.map(({ what }) => what).join(' nor ')} of Knative service ${pods.service}: ${shutOut.map(({ effect }) => effect).join('; ')}`,
        fix: `add a rule with from.source.namespaces: ["${namespace}"] and to.operation.${operation}; or, with the constructs, use grantInvoke, which adds it`,
      });
    }
  },
};

/** Which policies admit a request of Knative. There are few different requests, and a policy may hold for many pods. */
function admission(): (request: Request, mesh: MeshMode) => (policy: ModelObject) => boolean {
  const answers = new Kept((_: Request) => new Map<ModelObject, boolean>());
  return (request, mesh) => {
    const known = answers.of(request);
    const isEnforced = (rule: Fields) => mesh !== MeshMode.AMBIENT || asksForHttp(rule) === undefined;
    return policy => {
      const answer = known.get(policy) ?? rulesOf(policy).some(rule => isEnforced(rule) && mayAdmit(rule, request));
      known.set(policy, answer);
      return answer;
    };
  };
}

/** The policies that hold for the pods of each Knative service: those that select them in their namespace or in that of the mesh-wide configuration. */
function policiesByPods(policies: readonly ModelObject[], context: RuleContext): Map<KnativePods, ModelObject[]> {
  const { model } = context;
  const others = podsOfOtherApps(model, policies);
  const found = new Map<KnativePods, ModelObject[]>([...knativePods(model), ...others.values()].map(pods => [pods, []]));
  const isMeshWide = (policy: ModelObject) => namespaceOf(policy) === context.profile(policy).istioNamespace;
  for (const policy of policies) {
    const namespace = isMeshWide(policy) ? undefined : namespaceOf(policy);
    for (const pods of knativePodsSelectedBy(model, selectorOf(policy), namespace)) found.get(pods)!.push(policy);
    const other = others.get(serviceNamedBy(policy) ?? '');
    if (other) found.get(other)!.push(policy);
  }
  const general = policies.filter(isNamespaceWide);
  for (const pods of others.values()) {
    found.get(pods)!.push(...general.filter(policy => namespaceOf(policy) === pods.namespace || isMeshWide(policy)));
  }
  return found;
}

/** Services that only a selector speaks of, by namespace and name. */
function podsOfOtherApps(model: ManifestModel, policies: readonly ModelObject[]): Map<string, KnativePods> {
  const written = new Set(knativePods(model).map(pods => `${pods.namespace}/${pods.service}`));
  const found = new Map<string, KnativePods>();
  for (const policy of policies) {
    const key = serviceNamedBy(policy);
    if (key === undefined || written.has(key) || found.has(key)) continue;
    const selector = selectorOf(policy);
    found.set(key, { service: selector[SERVICE_LABEL], namespace: namespaceOf(policy), labels: selector, annotations: {}, appPort: 8080 });
  }
  return found;
}

function serviceNamedBy(policy: ModelObject): string | undefined {
  const service = selectorOf(policy)[SERVICE_LABEL];
  return service === undefined ? undefined : `${namespaceOf(policy)}/${service}`;
}

interface SystemRequest {
  readonly what: string;
  readonly effect: string;
  readonly request: Request;
}

/** What Knative asks of pods. There are few different answers. */
function systemRequests(): (pods: KnativePods, profile: ClusterProfile) => readonly SystemRequest[] {
  const known = new Kept((_: ClusterProfile) => new Map<string, readonly SystemRequest[]>());
  return ({ annotations }, profile) => {
    const excluded = annotations['traffic.sidecar.istio.io/excludeInboundPorts'] ?? '';
    const scraped = annotations['autoscaling.knative.dev/class'] !== 'hpa.autoscaling.knative.dev'
      && !(excluded !== '' && excluded.split(',').map(port => port.trim()).includes(String(QUEUE_PROXY.autoscalerMetrics)));
    const withoutActivator = annotations['autoscaling.knative.dev/target-burst-capacity'] === '0'
      && Number(annotations['autoscaling.knative.dev/min-scale'] ?? 0) >= 1;
    // without HTTP a probe looks like any request, so a policy may well keep the activator out on purpose
    const probed = !withoutActivator && profile.mesh !== MeshMode.AMBIENT;
    const requests = known.of(profile);
    const key = `${scraped} ${probed}`;
    if (!requests.has(key)) requests.set(key, [...scraped ? [scrape(profile)] : [], ...probed ? [probe(profile)] : []]);
    return requests.get(key)!;
  };
}

function scrape(profile: ClusterProfile): SystemRequest {
  return {
    what: 'the autoscaler to the metrics',
    effect: 'it cannot see the load and does not scale',
    request: { ...sender(profile), serviceAccount: 'controller', path: '/metrics', port: QUEUE_PROXY.autoscalerMetrics, headers: {} },
  };
}

function probe(profile: ClusterProfile): SystemRequest {
  return {
    what: 'the activator to the health check',
    effect: 'requests that it holds are never forwarded',
    request: { ...sender(profile), serviceAccount: 'activator', path: '/healthz', port: QUEUE_PROXY.http1, headers: { 'k-network-probe': 'queue' } },
  };
}

function sender(profile: ClusterProfile) {
  return { namespace: profile.knativeServingNamespace, trustDomain: profile.trustDomain, method: 'GET' };
}
