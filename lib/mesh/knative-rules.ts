import { forwardedRules, policyPorts, toOf } from './grant-rules';
import { gatewayAccounts, ServiceAccount } from './identity';
import { AuthorizationPolicySpecRules } from '../../imports/security.istio.io';
import { ClusterProfile } from '../core/cluster-profile';
import { Edge, isByTokenAlone, tokensOf } from '../core/edges';
import { IngressClass } from '../core/gateway-reference';
import { IKnativeWorkload, QUEUE_PROXY } from '../core/knative-workload';
import { MeshMembership } from '../core/mesh-mode';

export const PROBE = { header: 'request.headers[K-Network-Probe]', path: '/healthz', byActivator: 'queue', byIngress: 'probe' };
const METRICS_PATH = '/metrics';

/** Who Knative's own components are in the mesh. The autoscaler runs under the controller's account. */
export function knativeAccounts(profile: ClusterProfile): { activator: ServiceAccount; autoscaler: ServiceAccount } {
  const namespace = profile.knativeServingNamespace;
  return { activator: { namespace, name: 'activator' }, autoscaler: { namespace, name: 'controller' } };
}

/** What the pods of a Knative service must accept so that Knative itself works, beside what callers were granted. */
export function knativeRules(target: IKnativeWorkload, edges: readonly Edge[], profile: ClusterProfile): AuthorizationPolicySpecRules[] {
  return [
    ...forwardedByActivator(target, edges, profile),
    ...target.meshMembership === MeshMembership.AMBIENT ? [] : probes(target, profile),
    metricsForAutoscaler(target, profile),
  ];
}

/** What the activator may forward. Whoever is known by a token alone needs nothing: the token is the same behind the activator. */
function forwardedByActivator(target: IKnativeWorkload, edges: readonly Edge[], profile: ClusterProfile): AuthorizationPolicySpecRules[] {
  const strategy = target.activatorStrategy;
  if (!strategy?.trustsActivator) return [];
  const { namespace, name } = knativeAccounts(profile).activator;
  const forwarded = edges.filter(edge => !isByTokenAlone(edge) && (!strategy.requiresToken || tokensOf(edge).length > 0));
  return forwardedRules(forwarded, profile.principal(namespace, name));
}

/**
 * The header keeps these rules to probes. queue-proxy answers them itself, and the activator refuses to forward a request that carries it,
 * so nobody reaches the app's own `/healthz` this way.
 */
function probes(target: IKnativeWorkload, profile: ClusterProfile): AuthorizationPolicySpecRules[] {
  const probe = (accounts: ServiceAccount[], value: string): AuthorizationPolicySpecRules => ({
    from: from(profile, ...accounts),
    ...toOf([{ methods: ['GET'], paths: [PROBE.path], ...policyPorts(target) }]),
    when: [{ key: PROBE.header, values: [value] }],
  });
  const throughMesh = profile.ingressClass === IngressClass.ISTIO || profile.ingressClass === IngressClass.GATEWAY_API;
  return [
    probe([knativeAccounts(profile).activator], PROBE.byActivator),
    ...throughMesh ? [probe(gatewayAccounts(profile), PROBE.byIngress)] : [],
  ];
}

function metricsForAutoscaler(target: IKnativeWorkload, profile: ClusterProfile): AuthorizationPolicySpecRules {
  const request = target.meshMembership === MeshMembership.AMBIENT ? {} : { methods: ['GET'], paths: [METRICS_PATH] };
  return {
    from: from(profile, knativeAccounts(profile).autoscaler),
    ...toOf([{ ...request, ports: [String(QUEUE_PROXY.autoscalerMetrics)] }]),
  };
}

function from(profile: ClusterProfile, ...accounts: ServiceAccount[]): AuthorizationPolicySpecRules['from'] {
  return [{ source: { principals: accounts.map(account => profile.principal(account.namespace, account.name)) } }];
}
