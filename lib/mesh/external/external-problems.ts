import { declarersOf } from './external-hosts';
import { ExternalServicePort } from './external-port';
import type { ExternalService } from './external-service';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMode } from '../../core/mesh-mode';
import { ProblemReport, Severity } from '../../core/problem';
import { IstioVersion } from '../../core/versions';
import { instanceOf, listOf, TEXTS, wrongType } from '../../core/wrong-type';

/** Why an external service cannot be called as it is said. */
export function externalProblems(service: ExternalService): ProblemReport[] {
  const { hosts, ports } = service._props;
  const types = [
    ...Array.isArray(hosts) && hosts.length > 0 ? wrongType('hosts', hosts, TEXTS)
      : [{ code: 'SM1260', field: 'hosts', value: hosts, reason: 'nobody is named who could be called', fix: "name the hosts in full: hosts: ['api.bank.example']" }],
    ...wrongType('ports', ports, listOf(instanceOf(ExternalServicePort, 'use a factory, as in ExternalServicePort.https()'))),
  ];
  if (types.length > 0) return types;
  const profile = ClusterProfile.of(service);
  if (!profile.hasIstio) {
    return [{ code: 'SM1260', reason: `the cluster profile has ${profile._inPlaceOfIstio}, to which the host could be made known`, fix: 'leave it out: without a mesh pods call hosts by their names' }];
  }
  return [...taken(service), ...inCluster(service, profile), ...wildcards(service, profile), ...secrets(service), ...plainInAmbient(service, profile)];
}

function taken(service: ExternalService): ProblemReport[] {
  const others = service.hosts.flatMap(host => declarersOf(service.node.root, host).filter(other => other !== service).map(other => ({ host, other })));
  return others.slice(0, 1).map(({ host, other }) => ({
    code: 'SM1261',
    field: 'hosts',
    value: host,
    reason: `${other.node.path} makes the host known as well, and what the mesh does with two declarations of a host is undefined`,
    fix: 'declare each host once and pass the construct on',
  }));
}

function inCluster(service: ExternalService, profile: ClusterProfile): ProblemReport[] {
  if (service._props.endpoints || service._props.podSelector || service._props.insideMesh) return [];
  return service.hosts.filter(host => host.endsWith(`.svc.${profile.clusterDomain}`)).map(host => ({
    code: 'SM1260',
    field: 'hosts',
    value: host,
    reason: 'this is a host of the cluster, which the mesh knows by itself',
    fix: `leave it out, and write RouteTarget.host('${host}', port) where a route or a policy needs it`,
  }));
}

function wildcards(service: ExternalService, profile: ClusterProfile): ProblemReport[] {
  const wildcard = service.hosts.find(host => host.startsWith('*'));
  if (wildcard === undefined) return [];
  const { resolution } = service;
  const problem = (field: string, value: unknown, reason: string, fix: string) => [{ code: 'SM1262', field, value, reason, fix }];
  if (resolution === 'DYNAMIC_DNS') {
    const needed = profile.mesh === MeshMode.SIDECAR ? IstioVersion.V1_30 : IstioVersion.V1_29;
    return profile.istioAtLeast(needed) ? []
      : problem('resolution', resolution, `Istio ${profile.istio} does not look up the hosts that a wildcard stands for`, `leave the resolution out, which is NONE, or say istio: IstioVersion.V${needed.replace('.', '_')} if the cluster has it`);
  }
  if (['DNS', 'DNS_ROUND_ROBIN'].includes(resolution) && !service._props.endpoints?.length) {
    return problem('resolution', resolution, `no DNS server has an answer for ${wildcard}`, 'leave the resolution out, which is NONE, or name the hosts');
  }
  const originating = service.ports.find(port => port._tls !== undefined);
  return resolution === 'NONE' && originating !== undefined
    ? problem('ports', originating.port, `for ${wildcard} the proxy connects to the address and port that the client asked for, and ${originating.port} is not the port that speaks TLS`,
      'name the hosts, or use resolution: HostResolution.DYNAMIC_DNS with Istio 1.30') : [];
}

function secrets(service: ExternalService): ProblemReport[] {
  if (service._throughGateway) return [];
  return service.ports.filter(({ _tls }) => _tls?._secret !== undefined).map(port => ({
    code: 'SM1255',
    field: 'ports',
    value: port._tls!._secret!.name,
    reason: 'sidecars read a Secret only where a rule names the pods that are meant, lest every pod of the mesh could ask for it; without it they send plain text',
    fix: `write a TrafficPolicy with target, clients and addPort(${port.port}, { tls }), or originate TLS at an EgressGateway`,
  }));
}

function plainInAmbient(service: ExternalService, profile: ClusterProfile): ProblemReport[] {
  const originating = service.ports.find(({ _tls }) => _tls !== undefined);
  if (profile.mesh !== MeshMode.AMBIENT || originating === undefined || service.apiObject.metadata.getLabel('istio.io/use-waypoint') !== undefined) return [];
  return [{
    code: 'SM0169',
    severity: Severity.WARNING,
    field: 'ports',
    value: originating.port,
    reason: `ztunnel adds no TLS: without a waypoint, what pods send to ${service.serviceHost} on port ${originating.port} leaves as plain text`,
    fix: 'call it over https, or label its ServiceEntry istio.io/use-waypoint with the name of a waypoint of the namespace',
  }];
}
