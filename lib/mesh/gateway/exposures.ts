import { Construct } from 'constructs';
import { ExposureGateway } from './exposure-gateway';
import { exposureDenied } from './exposure-problems';
import { GatewayTls } from './gateway-tls';
import { MeshGateway } from './mesh-gateway';
import { ClusterProfile } from '../../core/cluster-profile';
import { ExposureIntent, GatewayHostIntent, exposuresOf, hostIncludes, needsRoute } from '../../core/exposure';
import { Intents } from '../../core/intents';
import { ProblemReport, reportProblems } from '../../core/problem';
import { PathRewrite } from '../routes/path-rewrite';
import { RouteAction } from '../routes/route-action';
import { RouteMatch } from '../routes/route-match';

const GATEWAY = 'Gateway';
const ROUTED = new WeakMap<ExposureIntent, MeshGateway>();

/** Routes the exposures of a host that need it: by the gateway of the app that has the host, else by one made for it. */
function arrange(intents: Intents, host: string): void {
  const exposures = exposuresOf(intents, host);
  if (exposures.length === 0 || !needsRoute(intents, host) || !ClusterProfile.of(exposures[0].construct).hasIstio) return;
  const own = intents.gatewayHosts.all.find(entry => hostIncludes(entry.host, host))?.construct;
  const holder = exposures[0].construct as Construct;
  // made anew for each exposure: any of them may be the one that says the certificate
  holder.node.tryRemoveChild(GATEWAY);
  const gateway = own instanceof MeshGateway ? own : gatewayFor(holder, exposures);
  exposures.filter(exposure => ROUTED.get(exposure) !== gateway).forEach(exposure => addRoute(gateway, exposure));
}

function gatewayFor(holder: Construct, exposures: readonly ExposureIntent[]): MeshGateway {
  const { host } = exposures[0];
  const tls = exposures.find(exposure => exposure.tls !== undefined)?.tls;
  return new ExposureGateway(holder, GATEWAY, {
    name: host.replace(/\./g, '-'),
    hosts: [host],
    tls: tls?.encrypts ? GatewayTls.terminate(tls) : GatewayTls.none(),
    httpsRedirect: exposures.every(exposure => exposure.httpsRedirect !== false),
  });
}

function addRoute(gateway: MeshGateway, exposure: ExposureIntent): void {
  const { host, path, rewrite, workload } = exposure;
  ROUTED.set(exposure, gateway);
  gateway.routesOf(host).addRoute(nameOf(exposure), {
    match: path === undefined ? undefined : [RouteMatch.pathPrefix(path)],
    action: RouteAction.forward(workload),
    rewrite: rewrite === undefined ? undefined : PathRewrite.prefix(rewrite),
  });
}

function nameOf({ workload, path }: ExposureIntent): string {
  return [workload.workloadName, ...(path ?? '').split('/').filter(part => part !== '')].join('-');
}

/** A gateway of the app says itself who does not let it in. */
function deniedBy(gateway: MeshGateway | undefined, intents: Intents, exposure: ExposureIntent): ProblemReport[] {
  if (gateway !== undefined && !gateway._implicit) return [];
  return exposureDenied(intents, exposure, gateway && { namespace: gateway.pods.namespace, name: gateway.pods.serviceAccountName });
}

/** Has the gateways take an exposure in, and says who of them does not let it in. */
export function routeExposure(intents: Intents, exposure: ExposureIntent): void {
  arrange(intents, exposure.host);
  reportProblems(exposure.construct, () => deniedBy(ROUTED.get(exposure), intents, exposure));
}

/** Has a host of a gateway take over the exposures that were routed otherwise. */
export function takeOver(intents: Intents, { host }: GatewayHostIntent): void {
  new Set(intents.exposures.all.filter(exposure => hostIncludes(host, exposure.host)).map(exposure => exposure.host))
    .forEach(exposed => arrange(intents, exposed));
}
