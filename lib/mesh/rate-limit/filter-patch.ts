import { Json } from './limits';
import {
  EnvoyFilterSpec, EnvoyFilterSpecConfigPatches, EnvoyFilterSpecConfigPatchesApplyTo as ApplyTo, EnvoyFilterSpecConfigPatchesMatchContext as Context,
  EnvoyFilterSpecConfigPatchesPatchOperation as Operation,
} from '../../../imports/networking.istio.io';
import { IRequestTarget } from '../../core/workload';
import { asWorkload, attachmentOf, isGatewayTarget } from '../policy-target';

/** Puts an HTTP filter before the router: after tokens and policies were asked, so that who is turned away there uses nothing up. */
export function filterPatches(target: IRequestTarget, value: Json): EnvoyFilterSpecConfigPatches[] {
  const ports = asWorkload(target)?.policyPorts ?? [];
  const filterChain = { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } };
  const listeners = ports.length > 0 ? [...new Set(ports)].sort((a, b) => a - b).map(portNumber => ({ portNumber, filterChain })) : [{ filterChain }];
  return listeners.map(listener => ({
    applyTo: ApplyTo.HTTP_UNDERSCORE_FILTER,
    match: { context: contextOf(target), listener },
    patch: { operation: Operation.INSERT_UNDERSCORE_BEFORE, value },
  }));
}

/** Adds to every virtual host on the way to a target. */
export function hostPatch(target: IRequestTarget, value: Json): EnvoyFilterSpecConfigPatches {
  return {
    applyTo: ApplyTo.VIRTUAL_UNDERSCORE_HOST,
    match: { context: contextOf(target), routeConfiguration: { vhost: {} } },
    patch: { operation: Operation.MERGE, value },
  };
}

/** The proxies that a filter is for. */
export function proxiesOf(target: IRequestTarget): Pick<EnvoyFilterSpec, 'workloadSelector' | 'targetRefs'> {
  const { targetRefs, selector } = attachmentOf(target);
  return targetRefs ? { targetRefs } : { workloadSelector: { labels: selector?.matchLabels } };
}

function contextOf(target: IRequestTarget): Context {
  return isGatewayTarget(target) ? Context.GATEWAY : Context.SIDECAR_UNDERSCORE_INBOUND;
}
