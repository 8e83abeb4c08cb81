import { platformGatewaysFor } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { RuleContext } from '../../../rule';
import { entriesOf, Fields, fieldsOf, mapSelector, numberOf, portsOf, Selector, selectorText, servicesOf, textOf, textsOf, workloadsOf } from '../../../workloads';

/** A server of a Gateway of Istio. */
export interface Server {
  readonly field: string;
  readonly port?: number;
  readonly hosts: readonly string[];
  readonly bind: string;
  readonly tls: Fields;
}

export function gateways(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('networking.istio.io', 'Gateway');
}

export function serversOf(gateway: ModelObject): Server[] {
  return entriesOf(fieldsOf(gateway.manifest.spec).servers, 'spec.servers').map(({ field, value }) => ({
    field,
    port: numberOf(fieldsOf(value.port).number),
    hosts: textsOf(value.hosts).map(host => host.toLowerCase()),
    bind: textOf(value.bind) ?? '',
    tls: fieldsOf(value.tls),
  }));
}

export function gatewaySelector(gateway: ModelObject): Selector {
  return mapSelector(fieldsOf(gateway.manifest.spec).selector);
}

/** The pods that a Gateway sets up: what it says of its own, and those that the platform runs. */
export interface GatewayPods {
  readonly text: string;
  readonly namespaces: readonly string[];
  /** Ports at which requests may reach them; undefined where nobody has said so. */
  readonly ports?: readonly number[];
}

/** The pods of a Gateway; undefined where there are none. */
export function podsOfGateway(context: RuleContext, gateway: ModelObject): GatewayPods | undefined {
  const selector = gatewaySelector(gateway);
  const own = workloadsOf(context.model).selectedBy(selector);
  const platform = platformGatewaysFor(selector, context.profile(gateway));
  if (own.length === 0 && platform.length === 0) return undefined;
  const services = own.flatMap(workload => [...servicesOf(context.model).ofWorkload(workload)]);
  const reachable = services.flatMap(({ ports }) => ports.filter(port => port.protocol === 'TCP'))
    // a port by name is that of the pods
    .flatMap(port => typeof port.target === 'number' ? [port.number, port.target] : [port.number, ...own.flatMap(portsOf).filter(({ name }) => name === port.target).map(({ number }) => number)]);
  return {
    text: selectorText(selector),
    namespaces: [...new Set([...own, ...platform].map(({ namespace }) => namespace))],
    ports: own.some(workload => !workload.complete) ? undefined : [...reachable, ...platform.flatMap(({ ports }) => ports)],
  };
}
