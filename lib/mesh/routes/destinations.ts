import { HeaderChanges, WeightedTarget } from './route-action';
import { VirtualServiceSpecHttpRoute, VirtualServiceSpecHttpRouteDestination } from '../../../imports/networking.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { IRouteTarget, isWorkloadVersion, knativeServiceOf } from '../../core/route-target';

/** Where a target's requests are sent: those of a serverless service to Knative's cluster-local gateway, which looks at the host. */
export function destinationOf(target: IRouteTarget, profile: ClusterProfile): VirtualServiceSpecHttpRouteDestination {
  if (knativeServiceOf(target) !== undefined) {
    const { serviceName, serviceNamespace } = profile.localGateway;
    return { host: profile.serviceHost(serviceName, serviceNamespace), port: { number: 80 } };
  }
  return {
    host: target.serviceHost,
    port: { number: target.servicePort },
    ...isWorkloadVersion(target) ? { subset: target.subset } : {},
  };
}

/** The one host that all targets of a route have to be asked for, where they are one serverless service. */
export function commonAuthority(targets: readonly WeightedTarget[]): string | undefined {
  const hosts = new Set(targets.map(({ target }) => knativeServiceOf(target) === undefined ? undefined : target.serviceHost));
  return hosts.size === 1 ? [...hosts][0] : undefined;
}

/** The targets of a route. Where they differ in the host that they have to be asked for, each says its own. */
export function renderTargets(targets: readonly WeightedTarget[], profile: ClusterProfile): VirtualServiceSpecHttpRoute[] {
  const common = commonAuthority(targets);
  return targets.map(({ target, weight, requestHeaders, responseHeaders }) => {
    const own = common === undefined && knativeServiceOf(target) !== undefined ? { Host: target.serviceHost } : undefined;
    const request = headerChanges(own ? { ...requestHeaders, set: { ...requestHeaders?.set, ...own } } : requestHeaders);
    const response = headerChanges(responseHeaders);
    return {
      destination: destinationOf(target, profile),
      weight: targets.length > 1 ? weight : undefined,
      headers: request || response ? { request, response } : undefined,
    };
  });
}

/** Header changes, or undefined where nothing is changed. */
export function headerChanges(changes: HeaderChanges | undefined): HeaderChanges | undefined {
  const { set, add, remove } = changes ?? {};
  return set || add || remove?.length ? { set, add, remove } : undefined;
}
