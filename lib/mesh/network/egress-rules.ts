import { IConstruct } from 'constructs';
import { carriedAt, controlPlane, HBONE, knativeGateways } from './data-plane';
import { GATEWAY_LABEL, merged, NetworkRule, Peer, podsOf, podsSeenFrom, tcp } from './peers';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Edge } from '../../core/edges';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { namespaceOf } from '../../core/names';
import { IWorkload } from '../../core/workload';
import { waypointBefore } from '../ambient/waypoint-path';
import type { ExternalService } from '../external/external-service';

/** The cache of DNS answers that some clusters have on each node (kubernetes.io/docs/tasks/administer-cluster/nodelocaldns). */
const NODE_LOCAL_DNS = '169.254.20.10/32';
const OTLP = [4317, 4318];
/** What the Service of the local gateway leads to (net-istio config/203-local-gateway.yaml; Kourier's does so too). */
const LOCAL_GATEWAY = [8081, 8444];
/** Where brokers and channels take events (eventing config/brokers/mt-channel-broker/deployments/broker-ingress.yaml). */
const EVENTS = [8080, 8443];
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** Connections from the pods of a workload to what it declared to call, and to what every pod of its kind needs. */
export function egressRules(source: IWorkload): NetworkRule[] {
  const profile = ClusterProfile.of(source);
  const intents = Intents.of(source);
  return merged([
    dns(),
    ...controlPlane(source, profile),
    { peers: [podsOf(profile.monitoring.namespace!)], ports: tcp(...OTLP) },
    { peers: [podsOf(profile.knativeEventingNamespace)], ports: tcp(...EVENTS, ...carriedAt(profile)) },
    ...intents.edges.all.filter(({ caller, delivery }) => !delivery && isSource(source, caller)).flatMap(edge => toTarget(source, edge, profile)),
    ...intents.egress.all.filter(({ caller }) => isSource(source, caller)).flatMap(({ construct }) => isExternal(construct) ? toExternal(construct) : []),
    ...intents.externals.all.filter(({ construct }) => namespaceOf(construct) === source.workloadNamespace)
      .map(({ ports }) => outside(ports.map(({ number, targetPort }) => targetPort ?? number))),
  ]);
}

function dns(): NetworkRule {
  return { peers: [podsOf('kube-system'), { ipBlock: { cidr: NODE_LOCAL_DNS } }], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] };
}

function isSource(source: IWorkload, caller: ICaller): boolean {
  const { namespace, serviceAccountName } = caller.meshIdentity;
  return caller === source as ICaller || (namespace === source.workloadNamespace && [undefined, source.serviceAccountName].includes(serviceAccountName));
}

function toTarget(source: IWorkload, { target, options }: Edge, profile: ClusterProfile): NetworkRule[] {
  const ports = tcp(...options.ports?.length ? options.ports : target.policyPorts, ...carriedAt(profile));
  const pods = podsSeenFrom(source.workloadNamespace, target.workloadNamespace, target.podSelector);
  if (isKnativeWorkload(target)) return toKnative(source, pods, ports, profile);
  const waypoint = waypointBefore(target);
  return [
    { peers: [pods], ports },
    ...waypoint ? [{ peers: [podsSeenFrom(source.workloadNamespace, waypoint.namespace, { [GATEWAY_LABEL]: waypoint.name })], ports: tcp(HBONE) }] : [],
  ];
}

/** A sidecar connects to the pods or to the activator, which listens on the same ports; all others connect to the gateway. */
function toKnative(source: IWorkload, pods: Peer, ports: NetworkRule['ports'], profile: ClusterProfile): NetworkRule[] {
  if (source.meshMembership === MeshMembership.SIDECAR) return [{ peers: [pods, podsOf(profile.knativeServingNamespace)], ports }];
  return [{ peers: knativeGateways(profile).map(name => podsOf(name)), ports: tcp(...LOCAL_GATEWAY, ...carriedAt(profile)) }];
}

/** NetworkPolicies know no names: hosts outside are let out to by their ports, or by their addresses where they are written down. */
function toExternal(service: ExternalService): NetworkRule[] {
  if (service._gateways.length > 0) return service._gateways.map(pods => ({ peers: [podsOf(pods.namespace, pods.labels)], ports: [] }));
  const addresses = (service._props.endpoints ?? []).map(({ address }) => address);
  const blocks = addresses.length > 0 && addresses.every(address => /^[\d.]+$|:/.test(address)) ? addresses.map(address => `${address}/${address.includes(':') ? 128 : 32}`) : undefined;
  return [outside(service.ports.map(({ port, targetPort }) => targetPort ?? port), blocks)];
}

function outside(ports: number[], cidrs: readonly string[] = EVERYWHERE): NetworkRule {
  return { peers: cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: tcp(...ports) };
}

/** Told by what it has: its class would load what most apps never use. */
function isExternal(construct: IConstruct): construct is ExternalService {
  return '_gateways' in construct && 'serviceHost' in construct;
}
