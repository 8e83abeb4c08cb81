import { isGoverned } from './exposure-problems';
import type { MeshGateway } from './mesh-gateway';
import { ClusterProfile } from '../../core/cluster-profile';
import { GatewayApi } from '../../core/gateway-api';
import { IngressClass } from '../../core/gateway-reference';
import { Intents } from '../../core/intents';
import { ProblemReport } from '../../core/problem';
import { publicHostProblems } from '../../core/public-host';
import { IRouteTarget, knativeServiceOf, workloadOf } from '../../core/route-target';
import { callsTo } from '../calls';
import { covers } from '../identity';
import { listenerProblems } from '../kubernetes/kubernetes-problems';
import { allRoutes } from '../routes/all-routes';
import type { MeshRoute } from '../routes/mesh-route';

/** Why a gateway cannot serve what it was told to. */
export function gatewayProblems(gateway: MeshGateway): ProblemReport[] {
  const profile = ClusterProfile.of(gateway);
  if (!profile.hasIstio) {
    return [{
      code: 'SM1230',
      reason: `the cluster profile has ${profile._inPlaceOfIstio}, so nobody sets up this gateway`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio',
    }];
  }
  // what is amiss with a host that services are exposed at is said of the exposures
  if (gateway._implicit) return [];
  return [
    ...gateway.hosts.filter(host => host !== '*').flatMap(host => publicHostProblems('hosts', host, profile, { wildcard: true })),
    ...gateway.gatewayApi === GatewayApi.KUBERNETES ? gateway._servers.flatMap(listenerProblems) : [],
    ...everyHost(gateway, profile),
    ...strangeHosts(gateway),
    ...denied(gateway, profile),
  ];
}

/** net-istio writes a Gateway for every host at port 80 of the same pods. */
function everyHost({ hosts, pods }: MeshGateway, profile: ClusterProfile): ProblemReport[] {
  const knatives = pods.labels.istio === 'ingressgateway' && profile.ingressClass === IngressClass.ISTIO;
  if (!hosts.includes('*') || !knatives) return [];
  return [{
    code: 'SM1231',
    field: 'hosts',
    value: '*',
    reason: `${profile.publicGateway.namespace}/${profile.publicGateway.name} of Knative has every host at the same pods, and of two gateways with one host at one port one loses its routes`,
    fix: "name the hosts, such as 'shop.example.com' or '*.shop.example.com', or set up pods of your own (pods)",
  }];
}

function strangeHosts(gateway: MeshGateway): ProblemReport[] {
  return routes(gateway).flatMap(route => route.hosts.filter(host => !gateway._serves(host)).map(host => ({
    code: 'SM1232',
    field: 'routesOf',
    value: host,
    reason: `the gateway does not serve this host, but ${gateway.hosts.join(', ')}`,
    fix: 'add the host to the gateway, or route one of its own',
  })));
}

/** Targets whose policy admits others and not the gateway through which their requests would come. */
function denied(gateway: MeshGateway, profile: ClusterProfile): ProblemReport[] {
  const targets = routes(gateway).flatMap(route => route._targets()).map(({ target }) => target).filter(target => workloadOf(target) && !admits(gateway, target, profile));
  return [...new Set(targets.map(target => workloadOf(target)!))].map(workload => {
    const byLocal = knativeServiceOf(workload) !== undefined && !isLocal(gateway, profile);
    return {
      code: 'SM1233',
      field: 'route.action',
      value: workload.workloadName,
      reason: `policies admit to ${workload.workloadName} only who was granted access, and ${byLocal ? "Knative's cluster-local gateway, through which the route goes," : 'the gateway'} `
        + 'was not: every request would be answered with 403',
      fix: byLocal ? 'say grantInvoke(Caller.localGateway(this)) on the service' : 'say grantInvoke(gateway) on the workload, with the methods and paths that are public',
    };
  });
}

function admits(gateway: MeshGateway, target: IRouteTarget, profile: ClusterProfile): boolean {
  const workload = workloadOf(target)!;
  const account = knativeServiceOf(target)
    ? { namespace: profile.localGateway.serviceNamespace, name: profile.localGateway.serviceAccount }
    : { namespace: gateway.pods.namespace, name: gateway.pods.serviceAccountName };
  return !isGoverned(Intents.of(gateway), workload) || callsTo(workload).edges.some(({ caller }) => covers(caller, account));
}

function isLocal({ pods }: MeshGateway, { localGateway }: ClusterProfile): boolean {
  return pods.namespace === localGateway.serviceNamespace && pods.serviceAccountName === localGateway.serviceAccount;
}

function routes(gateway: MeshGateway): MeshRoute[] {
  return allRoutes(gateway).filter(route => route._props.gateways?.includes(gateway));
}
