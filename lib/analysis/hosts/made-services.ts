import { ModelObject } from '../model';
import { entriesOf, fieldsAt, fieldsOf, numberOf, textOf } from '../values';
import { isIstioGateway } from '../workloads/kinds';

/** A Service that a controller makes from another object. */
export interface MadeService {
  readonly name: string;
  /** Its ports; undefined where only the controller knows them. */
  readonly ports?: readonly number[];
}

type Maker = (object: ModelObject, name: string) => MadeService[];

const CHANNELS = ['Channel', 'InMemoryChannel', 'KafkaChannel', 'NatsJetStreamChannel', 'NatssChannel'];

/** Which Services controllers make, by the group and kind of the object that they make them from; from the source of each controller. */
const MAKERS: Readonly<Record<string, Maker>> = {
  'serving.knative.dev/Service': (object, name) => [...routed(object, name), ...revision(textOf(fieldsAt(object.manifest, 'spec', 'template', 'metadata').name))],
  'serving.knative.dev/Route': routed,
  'serving.knative.dev/Configuration': object => revision(textOf(fieldsAt(object.manifest, 'spec', 'template', 'metadata').name)),
  'serving.knative.dev/Revision': (_object, name) => revision(name),
  'core.spinkube.dev/SpinApp': (_object, name) => [{ name, ports: [80] }],
  'openfaas.com/Function': (_object, name) => [{ name, ports: [8080] }],
  'gateway.networking.k8s.io/Gateway': gatewayService,
  'opentelemetry.io/OpenTelemetryCollector': (_object, name) => ['', '-headless', '-monitoring', '-extension'].map(suffix => ({ name: `${name}-collector${suffix}` })),
  'jaegertracing.io/Jaeger': (_object, name) => ['agent', 'collector', 'collector-headless', 'query'].map(part => ({ name: `${name}-${part}` })),
  'monitoring.coreos.com/Prometheus': object => [operated(object, 'prometheus-operated')],
  'monitoring.coreos.com/Alertmanager': object => [operated(object, 'alertmanager-operated')],
  'monitoring.coreos.com/ThanosRuler': object => [operated(object, 'thanos-ruler-operated')],
  'kafka.strimzi.io/Kafka': (_object, name) => ['bootstrap', 'brokers'].map(part => ({ name: `${name}-kafka-${part}` })),
  'flagger.app/Canary': canaryServices,
  ...Object.fromEntries(CHANNELS.map(kind => [`messaging.knative.dev/${kind}`, (_object: ModelObject, name: string) => [{ name: `${name}-kn-channel`, ports: [80] }]])),
};

/** The Services that a controller makes from an object. */
export function madeServices(object: ModelObject): MadeService[] {
  const maker = object.name === undefined ? undefined : MAKERS[`${object.group}/${object.manifest.kind}`];
  return maker === undefined ? [] : maker(object, object.name!);
}

/** Kinds that are a Service of the app, rather than something of the platform that comes with one. */
const OWN = ['/Service', 'serving.knative.dev/Service', 'serving.knative.dev/Route', 'core.spinkube.dev/SpinApp', 'openfaas.com/Function'];

/** Whether an object shows that the app writes the Services of its namespace. */
export function isOwnService(object: ModelObject): boolean {
  return OWN.includes(`${object.group}/${object.manifest.kind}`);
}

/** The prefix of revisions that a Knative object will have and that nobody has named. */
export function generatedRevisions(object: ModelObject): string | undefined {
  return object.group === 'serving.knative.dev' && ['Service', 'Configuration'].includes(object.manifest.kind) ? object.name : undefined;
}

function routed(object: ModelObject, name: string): MadeService[] {
  const tags = entriesOf(fieldsOf(object.manifest.spec).traffic, '').map(({ value }) => textOf(value.tag)).filter(tag => tag !== undefined);
  return [name, ...tags.map(tag => `${tag}-${name}`)].map(host => ({ name: host, ports: [80, 443] }));
}

function revision(name: string | undefined): MadeService[] {
  return name === undefined ? [] : [{ name, ports: [80, 443] }, { name: `${name}-private` }];
}

function gatewayService(gateway: ModelObject, name: string): MadeService[] {
  if (!isIstioGateway(gateway)) return [];
  const kind = textOf(fieldsOf(gateway.manifest.spec).gatewayClassName)!;
  const listeners = entriesOf(fieldsOf(gateway.manifest.spec).listeners, '').map(({ value }) => numberOf(value.port)).filter(port => port !== undefined);
  return [{ name: kind === 'istio-waypoint' ? name : `${name}-${kind}`, ports: [15021, ...listeners] }];
}

function operated(object: ModelObject, usual: string): MadeService {
  return { name: textOf(fieldsOf(object.manifest.spec).serviceName) ?? usual };
}

function canaryServices(canary: ModelObject, name: string): MadeService[] {
  const service = fieldsAt(canary.manifest, 'spec', 'service');
  const apex = textOf(service.name) ?? textOf(fieldsAt(canary.manifest, 'spec', 'targetRef').name) ?? name;
  const port = numberOf(service.port);
  return ['', '-primary', '-canary'].map(suffix => ({ name: `${apex}${suffix}`, ports: port === undefined ? undefined : [port] }));
}
