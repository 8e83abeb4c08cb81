import { isHttp } from './protocols';
import { ManifestModel, ModelObject } from '../../../model';
import { Fields, fieldsOf, isDeclaredHttp, mapsOf, servicesOf, stringOf, textMapOf } from '../../../workloads';
import { waypointOfService } from '../../mesh/ambient/waypoint-use';

const PASSED_ON = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/**
 * Whether a policy holds for nothing but HTTP, as far as the app tells: its gateways have no server for other connections, its Services no other port.
 * Sidecars take connections at every port, so of pods without a gateway nobody can tell.
 */
export function holdsForHttpAlone(model: ManifestModel, policy: ModelObject): boolean {
  const spec = fieldsOf(policy.manifest.spec);
  const refs = [...mapsOf(spec.targetRefs), fieldsOf(spec.targetRef)].filter(ref => stringOf(ref.name) !== undefined);
  if (refs.length > 0) return refs.every(ref => isHttpAlone(model, ref, policy.namespace ?? 'default'));
  return gatewaysAreHttpAlone(model, textMapOf(fieldsOf(spec.selector).matchLabels));
}

function isHttpAlone(model: ManifestModel, { kind, name }: Fields, namespace: string): boolean {
  if (kind === 'Service') {
    const ports = servicesOf(model).find(namespace, stringOf(name)!)?.ports ?? [];
    return ports.length > 0 && ports.every(isDeclaredHttp);
  }
  if (kind !== 'Gateway') return false;
  const gateway = model.byName('gateway.networking.k8s.io', 'Gateway', namespace, stringOf(name)!);
  if (fieldsOf(gateway?.manifest.spec).gatewayClassName === 'istio-waypoint') return servesHttpAlone(model, stringOf(name)!, namespace);
  const listeners = gateway ? mapsOf(fieldsOf(gateway.manifest.spec).listeners) : [];
  return listeners.length > 0 && listeners.every(({ protocol, tls }) => ['HTTP', 'HTTPS'].includes(String(protocol)) && fieldsOf(tls).mode !== 'Passthrough');
}

function servesHttpAlone(model: ManifestModel, name: string, namespace: string): boolean {
  const served = servicesOf(model).all.filter(service => {
    const waypoint = waypointOfService(model, service);
    return waypoint?.name === name && waypoint.namespace === namespace;
  });
  return served.length > 0 && served.every(({ ports }) => ports.every(isDeclaredHttp));
}

/** All Gateways that may set up the selected pods, of which at least one is known to. */
function gatewaysAreHttpAlone(model: ManifestModel, pods: Readonly<Record<string, string>>): boolean {
  const known = model.ofKind('networking.istio.io', 'Gateway').map(({ manifest }) => fieldsOf(manifest.spec))
    .map(spec => ({ selector: Object.entries(textMapOf(spec.selector)), servers: mapsOf(spec.servers) }))
    .filter(({ selector }) => selector.every(([label, value]) => pods[label] === undefined || pods[label] === value));
  const certain = known.some(({ selector }) => selector.length > 0 && selector.every(([label]) => pods[label] !== undefined));
  return certain && known.every(({ servers }) => servers.every(takesHttp));
}

function takesHttp({ port, tls }: Fields): boolean {
  const protocol = stringOf(fieldsOf(port).protocol) ?? '';
  return !PASSED_ON.includes(String(fieldsOf(tls).mode)) && (isHttp(protocol) || protocol.toUpperCase() === 'HTTPS');
}
