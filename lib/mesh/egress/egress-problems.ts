import type { EgressGateway } from './egress-gateway';
import type { EgressRoute } from './egress-route';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { MeshMode } from '../../core/mesh-mode';
import { ProblemReport, Severity } from '../../core/problem';
import { instanceOf, wrongType } from '../../core/wrong-type';
import { ExternalService } from '../external/external-service';

/** Why requests do not leave through the gateway. */
export function gatewayProblems(gateway: EgressGateway): ProblemReport[] {
  const profile = ClusterProfile.of(gateway);
  if (profile.mesh !== MeshMode.SIDECAR) {
    return [{
      code: 'SM1263',
      reason: !profile.hasIstio ? `the cluster profile has ${profile._inPlaceOfIstio}` : 'in ambient mode ztunnel does not follow the routes that lead to the gateway',
      fix: !profile.hasIstio ? 'leave it out' : 'use a waypoint as the way out: label the ServiceEntry istio.io/use-waypoint with its name',
    }];
  }
  const wrong = gateway._wrong.flatMap(service => service === undefined || service === null
    ? [{ code: 'SM1263', field: 'route', reason: 'nobody is named to whom the requests go', fix: 'pass an ExternalService' }]
    : wrongType('route', service, instanceOf(ExternalService, 'pass an ExternalService')));
  const empty = gateway._routes.length === 0 && wrong.length === 0
    ? [{ code: 'SM1263', field: 'route', reason: 'nothing leaves through this gateway, and Istio refuses one without servers', fix: 'call route(service) for each external service' }] : [];
  return [...wrong, ...empty, ...gateway._routes.flatMap(route => [...hosts(route), ...unseen(route), ...elsewhere(gateway, route)])];
}

function hosts({ _service: service }: EgressRoute): ProblemReport[] {
  const wildcard = service.hosts.some(host => host.startsWith('*'));
  if (!wildcard && service.hosts.length === 1) return [];
  return [{
    code: 'SM1264',
    field: `route(${service.node.id})`,
    value: service.hosts,
    reason: wildcard ? 'the gateway has to know where it sends requests, and a wildcard is no place' : 'the gateway would send the requests for all of these hosts to the first',
    fix: 'declare an ExternalService for each host',
  }];
}

function unseen({ _service: service, _plain, _sealed }: EgressRoute): ProblemReport[] {
  return service.ports.filter(port => !_plain.includes(port) && !_sealed.includes(port)).map(({ port, protocol }) => ({
    code: 'SM1264',
    severity: Severity.WARNING,
    field: `route(${service.node.id})`,
    value: port,
    reason: `nothing in ${protocol} names the host, so what goes to port ${port} does not pass the gateway`,
    fix: 'leave the port out, or block it by a NetworkPolicy',
  }));
}

/** Proxies look for the rule of a host in their own namespace, that of the host's Service and that of Istio. */
function elsewhere(gateway: EgressGateway, { _service: service }: EgressRoute): ProblemReport[] {
  const seen = [gateway.gatewayNamespace];
  if ([gateway.pods.namespace, ClusterProfile.of(gateway).istioNamespace].includes(gateway.gatewayNamespace)) return [];
  return Intents.of(gateway).egress.all.filter(({ construct, caller }) => construct === service && !seen.includes(caller.meshIdentity.namespace)).map(({ caller }) => ({
    code: 'SM1267',
    field: `route(${service.node.id})`,
    value: caller.callerName,
    reason: `the DestinationRule for the gateway's pods is in ${gateway.gatewayNamespace}, where sidecars of ${caller.meshIdentity.namespace} do not look for it`,
    fix: `write the EgressGateway in a chart of the namespace ${gateway.pods.namespace}`,
  }));
}
