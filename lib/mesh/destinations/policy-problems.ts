import { ClientTls } from './client-tls';
import { LoadBalancing } from './load-balancing';
import { LocalityRouting } from './locality-routing';
import type { TrafficPolicy } from './traffic-policy';
import { HostTrafficSettings } from './traffic-settings';
import { ClusterProfile } from '../../core/cluster-profile';
import { ProblemReport } from '../../core/problem';
import { IRouteTarget, isWorkloadVersion, knativeServiceOf, workloadOf } from '../../core/route-target';
import { Expected, instanceOf, optionsLike, wrongType } from '../../core/wrong-type';

const SECTIONS = ['loadBalancing', 'locality', 'connectionPool', 'outlierDetection', 'tls', 'retryBudget', 'proxyProtocol', 'tunnel'] as const;

const TARGET: Expected<IRouteTarget> = {
  what: 'a workload, a version of one, or RouteTarget.host(host, port)',
  fix: 'pass the construct itself and not its name',
  holds: (value): value is IRouteTarget => typeof value === 'object' && value !== null && typeof (value as Partial<IRouteTarget>).serviceHost === 'string',
};

/** Why a traffic policy cannot hold. */
export function policyProblems(policy: TrafficPolicy): ProblemReport[] {
  const { target } = policy._props;
  const types = [
    ...target === undefined || target === null ? [{ code: 'SM1251', field: 'target', reason: 'nobody is named to whom requests go', fix: 'pass a workload, a version of one or RouteTarget.host(host, port)' }]
      : wrongType('target', target, TARGET),
    ...policy._settings.flatMap(({ field, settings }) => typeProblems(field === '' ? '' : `${field}.`, settings)),
  ];
  if (types.length > 0) return types;
  if (!ClusterProfile.of(policy).hasIstio) {
    return [{ code: 'SM1251', reason: `the cluster profile has ${ClusterProfile.of(policy)._inPlaceOfIstio}, so nobody follows this policy`, fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio' }];
  }
  if (knativeServiceOf(target) !== undefined) return onKnative(policy);
  return [...nothingSaid(policy), ...foreignVersions(policy), ...unreadableSecrets(policy)];
}

function typeProblems(prefix: string, settings: HostTrafficSettings): ProblemReport[] {
  const options = (name: string) => optionsLike('an object', `pass an object with the properties of ${name}`);
  return [
    ...wrongType(`${prefix}loadBalancing`, settings.loadBalancing, instanceOf(LoadBalancing, 'use a factory, as in LoadBalancing.roundRobin()')),
    ...wrongType(`${prefix}locality`, settings.locality, instanceOf(LocalityRouting, 'use a factory, as in LocalityRouting.failover()')),
    ...wrongType(`${prefix}tls`, settings.tls, instanceOf(ClientTls, 'use a factory, as in ClientTls.simple()')),
    ...wrongType(`${prefix}connectionPool`, settings.connectionPool, options('ConnectionPool')),
    ...wrongType(`${prefix}outlierDetection`, settings.outlierDetection, options('OutlierDetection')),
    ...wrongType(`${prefix}retryBudget`, settings.retryBudget, options('RetryBudget')),
    ...wrongType(`${prefix}tunnel`, settings.tunnel, options('Tunnel')),
  ];
}

/** What says the same for a serverless service. */
const INSTEAD: Readonly<Record<string, string>> = {
  loadBalancing: 'Knative chooses the pod with room for one more request (containerConcurrency)',
  locality: 'spread its pods by topology constraints',
  connectionPool: 'limit what a pod takes by containerConcurrency, and what waits by autoscaling with maxScale',
  outlierDetection: 'give the service a readiness probe; taking out addresses would hit the activator, which all services share',
  tls: 'the mesh and Knative encrypt by themselves',
  retryBudget: 'put retries on the route of a MeshGateway, the only one that is yours',
};

function onKnative(policy: TrafficPolicy): ProblemReport[] {
  const said = SECTIONS.filter(section => policy._settings.some(({ settings }) => settings[section] !== undefined) || policy._props[section] !== undefined);
  const fixes = said.flatMap(section => INSTEAD[section] ?? []);
  return [{
    code: 'SM1253',
    field: said.length === 1 ? said[0] : 'target',
    value: policy._props.target.serviceHost,
    reason: 'this is a serverless service: its host is an alias of the cluster-local gateway, to which no DestinationRule applies since Istio 1.21, and requests go to '
      + 'the hosts of its revisions, whose addresses are the activator\'s while it is in the path',
    fix: fixes.length > 0 ? fixes.join('; ') : 'set what you need on the service: timeout, containerConcurrency, autoscaling, traffic',
  }];
}

function nothingSaid(policy: TrafficPolicy): ProblemReport[] {
  const { target, clients, exportTo } = policy._props;
  const says = policy._settings.some(({ settings, version }) => version !== undefined || SECTIONS.some(section => settings[section] !== undefined));
  if (says || clients || exportTo) return [];
  return [{ code: 'SM1251', field: 'target', value: target.serviceHost, reason: 'nothing is said about how requests are sent there', fix: 'say connectionPool, outlierDetection, loadBalancing or the like, or leave it out' }];
}

function foreignVersions(policy: TrafficPolicy): ProblemReport[] {
  const { target } = policy._props;
  const workload = workloadOf(target);
  return policy._settings.filter(({ version }) => version !== undefined && (!isWorkloadVersion(version) || version.workload !== workload)).map(({ field, version }) => ({
    code: 'SM1256',
    field,
    value: version?.serviceHost,
    reason: `this is no version of ${target.serviceHost}, so none of its requests would be meant`,
    fix: 'write a TrafficPolicy for its own workload',
  }));
}

function unreadableSecrets(policy: TrafficPolicy): ProblemReport[] {
  if (policy._props.clients !== undefined) return [];
  return policy._settings.filter(({ settings }) => settings.tls?._secret !== undefined).map(({ field, settings }) => ({
    code: 'SM1255',
    field: field === '' ? 'tls' : `${field}.tls`,
    value: settings.tls!._secret!.name,
    reason: 'sidecars read a Secret only where a rule names the pods that are meant, lest every pod of the mesh could ask for it; without it they send plain text',
    fix: 'name the pods by clients: { app: ... }, or originate TLS at an EgressGateway',
  }));
}
