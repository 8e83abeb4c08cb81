import { ManifestModel, ModelObject } from '../../../model';
import { entriesOf, fieldsAt, fieldsOf, numberOf, textOf, textsOf } from '../../../workloads';

/** Somewhere that a VirtualService sends requests to. */
export interface Destination {
  readonly field: string;
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
}

export function virtualServices(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('networking.istio.io', 'VirtualService');
}

/** Every destination of a VirtualService, mirrors included, that names a host. */
export function destinationsOf(virtualService: ModelObject): Destination[] {
  const spec = fieldsOf(virtualService.manifest.spec);
  return ['http', 'tls', 'tcp'].flatMap(protocol => entriesOf(spec[protocol], `spec.${protocol}`).flatMap(({ field, value }) => [
    ...entriesOf(value.route, `${field}.route`).flatMap(route => destination(route.value.destination, `${route.field}.destination`)),
    ...destination(value.mirror, `${field}.mirror`),
    ...entriesOf(value.mirrors, `${field}.mirrors`).flatMap(mirror => destination(mirror.value.destination, `${mirror.field}.destination`)),
  ]));
}

/** Hosts that a VirtualService is for. */
export function hostsOfRoute(virtualService: ModelObject): string[] {
  return textsOf(fieldsOf(virtualService.manifest.spec).hosts);
}

/** Namespaces that see a VirtualService, as they are written. */
export function exportOf(virtualService: ModelObject): string[] {
  return textsOf(fieldsOf(virtualService.manifest.spec).exportTo);
}

/** A gateway that a VirtualService is bound to. */
export interface BoundGateway {
  readonly field: string;
  readonly written: string;
  readonly namespace: string;
  readonly name: string;
}

/** The gateways of a VirtualService, sidecars not among them. */
export function gatewaysOf(virtualService: ModelObject): BoundGateway[] {
  return textsOf(fieldsOf(virtualService.manifest.spec).gateways).flatMap((written, index) => written === 'mesh' || written === '' ? [] : [{
    field: `spec.gateways[${index}]`,
    written,
    ...gatewayName(written, virtualService.namespace ?? 'default'),
  }]);
}

/** Whether sidecars follow a VirtualService: where it names no gateway, or names them. */
export function isForSidecars(virtualService: ModelObject): boolean {
  const gateways = textsOf(fieldsOf(virtualService.manifest.spec).gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}

function destination(value: unknown, field: string): Destination[] {
  const fields = fieldsOf(value);
  const host = textOf(fields.host);
  return host === undefined ? [] : [{ field, host, subset: textOf(fields.subset), port: numberOf(fieldsAt(fields, 'port').number) }];
}

// `namespace/name`, a name of the own namespace, or the host that both make together in old configurations
function gatewayName(written: string, own: string): { namespace: string; name: string } {
  const slash = written.indexOf('/');
  if (slash >= 0) {
    const namespace = written.slice(0, slash);
    return { namespace: namespace === '.' || namespace === '' ? own : namespace, name: written.slice(slash + 1) };
  }
  const [name, namespace] = written.split('.');
  return { name, namespace: namespace ?? own };
}
