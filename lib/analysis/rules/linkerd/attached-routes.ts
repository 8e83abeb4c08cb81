import { MeshMode } from '../../../core/mesh-mode';
import { ModelObject } from '../../model';
import { RuleContext } from '../../rule';
import { Entry, entriesOf, fieldsOf, textMapOf, textOf } from '../../values';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';
export const POLICY_GROUP = 'policy.linkerd.io';

const ANNOTATION = /^(retry|timeout)\.linkerd\.io\//;

/** HTTP and gRPC routes, of the Gateway API and of Linkerd's own group. */
export function routes({ model }: RuleContext): ModelObject[] {
  return [...model.ofKind(GATEWAY_GROUP, 'HTTPRoute'), ...model.ofKind(GATEWAY_GROUP, 'GRPCRoute'), ...model.ofKind(POLICY_GROUP, 'HTTPRoute')];
}

/** The parents of a route for whose clients it holds: Services and egress networks. */
export function parentsOfClients(route: ModelObject): Entry[] {
  return entriesOf(fieldsOf(route.manifest.spec).parentRefs, 'spec.parentRefs').filter(({ value }) => {
    // without a group it is the Gateway API's own for the API server
    const [group, kind] = [value.group, textOf(value.kind)];
    return (kind === 'Service' && (group === '' || group === 'core')) || (kind === 'EgressNetwork' && group === POLICY_GROUP);
  });
}

/** The retries and timeouts of Linkerd that an object says. */
export function linkerdAnnotations(object: ModelObject): [string, string][] {
  return Object.entries(textMapOf(object.manifest.metadata?.annotations)).filter(([key]) => ANNOTATION.test(key));
}

/** Whether Linkerd is the mesh that follows a route, as far as the app says it. */
export function isForLinkerd(context: RuleContext, route: ModelObject): boolean {
  return route.group === POLICY_GROUP || context.profile(route).mesh === MeshMode.LINKERD || linkerdAnnotations(route).length > 0;
}
