import { qualified } from './host-name';
import { generatedRevisions, madeServices } from './made-services';
import { ClusterProfile } from '../../core/cluster-profile';
import { ModelObject } from '../model';
import { entriesOf, fieldsOf, numberOf, textOf, textsOf } from '../values';

const EXPORT_TO = 'networking.istio.io/exportTo';

/** A host that the mesh knows. */
export interface KnownHost {
  /** In full; a wildcard begins with an asterisk. */
  readonly host: string;
  readonly namespace: string;
  /** The object that makes it known. */
  readonly object: ModelObject;
  /** Its ports; undefined where nobody has written them down. */
  readonly ports?: readonly number[];
  /** Namespaces that see it; `*` is every one. */
  readonly exportTo: readonly string[];
}

/** Hosts that an object makes known. */
export interface HostsOfObject {
  readonly hosts: readonly KnownHost[];
  /** The name from which further hosts will be generated that nobody can list. */
  readonly generated?: string;
}

export function hostsIn(object: ModelObject): HostsOfObject {
  switch (`${object.group}/${object.manifest.kind}`) {
    case '/Service': return { hosts: ofService(object) };
    case 'networking.istio.io/ServiceEntry': return { hosts: ofServiceEntry(object) };
    default: return { hosts: ofMaker(object), generated: generatedRevisions(object) };
  }
}

/** Namespaces that see an object: its own for a dot, all where nothing is said. */
export function exportedTo(list: readonly string[], own: string): string[] {
  return list.length === 0 ? ['*'] : list.map(namespace => namespace === '.' ? own : namespace);
}

function ofService(object: ModelObject): KnownHost[] {
  const namespace = object.namespace ?? 'default';
  if (object.name === undefined) return [];
  const annotation = textOf(fieldsOf(object.manifest.metadata.annotations)[EXPORT_TO]);
  return [{
    host: ClusterProfile.of(object.construct).serviceHost(object.name, namespace).toLowerCase(),
    namespace,
    object,
    ports: portNumbers(fieldsOf(object.manifest.spec).ports, 'port'),
    exportTo: exportedTo(annotation === undefined ? [] : annotation.split(',').map(part => part.trim()), namespace),
  }];
}

function ofServiceEntry(object: ModelObject): KnownHost[] {
  const namespace = object.namespace ?? 'default';
  const spec = fieldsOf(object.manifest.spec);
  const { clusterDomain } = ClusterProfile.of(object.construct);
  return textsOf(spec.hosts).map(host => ({
    host: qualified(host, namespace, clusterDomain),
    namespace,
    object,
    ports: portNumbers(spec.ports, 'number'),
    exportTo: exportedTo(textsOf(spec.exportTo), namespace),
  }));
}

function ofMaker(object: ModelObject): KnownHost[] {
  const made = madeServices(object);
  if (made.length === 0) return [];
  const profile = ClusterProfile.of(object.construct);
  const namespace = object.namespace ?? 'default';
  return made.map(({ name, ports }) => ({ host: profile.serviceHost(name, namespace).toLowerCase(), namespace, object, ports, exportTo: ['*'] }));
}

function portNumbers(ports: unknown, field: string): number[] {
  return entriesOf(ports, '').map(({ value }) => numberOf(value[field])).filter(port => port !== undefined);
}
