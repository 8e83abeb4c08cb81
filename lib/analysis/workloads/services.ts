import { entriesOf, fieldsOf, numberOf, textOf } from '../values';
import { LabelIndex } from './label-index';
import { Labels, labelsOf, mapSelector, Selector, selects, selectsAll } from './labels';
import { addTo } from './multi-map';
import { Workload } from './workload';
import { workloadsOf } from './workloads';
import { ManifestModel, ModelObject } from '../model';

/** A Service of the core API. */
export interface Service {
  readonly object: ModelObject;
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  /** Its own labels, which are not those of its pods. */
  readonly labels: Labels;
  /** What chooses its pods; none where something else writes its endpoints. */
  readonly selector?: Selector;
  readonly ports: readonly ServicePort[];
}

/** A port of a Service. */
export interface ServicePort {
  readonly field: string;
  readonly name?: string;
  readonly number: number;
  readonly protocol: string;
  readonly appProtocol?: string;
  /** Number or name of the pods' port; the Service's own number where nothing is said. */
  readonly target: number | string;
}

/** The Services of an app; read once per model. */
export function servicesOf(model: ManifestModel): Services {
  return model.derived(readServices);
}

/** Services, found by name and by the pods that they choose. */
export class Services {
  private readonly byName = new Map<string, Service>();
  private readonly namespaces = new Map<string, LabelIndex<Service>>();
  private readonly podsByService = new Map<Service, readonly Workload[]>();
  private readonly byPods = new Map<readonly Workload[], Service[]>();
  private readonly byWorkload = new Map<Workload, (readonly Service[])[]>();

  constructor(public readonly all: readonly Service[], model: ManifestModel) {
    const workloads = workloadsOf(model);
    for (const service of all) {
      if (!this.byName.has(key(service.namespace, service.name))) this.byName.set(key(service.namespace, service.name), service);
      let index = this.namespaces.get(service.namespace);
      if (index === undefined) {
        index = new LabelIndex();
        this.namespaces.set(service.namespace, index);
      }
      index.add(service, service.labels);
      const pods = service.selector === undefined ? NO_PODS : workloads.selectedBy(service.selector, service.namespace);
      this.podsByService.set(service, pods);
      addTo(this.byPods, pods, service);
    }
    // Services with one selector have one list of pods
    for (const [pods, services] of this.byPods) {
      for (const workload of pods) addTo(this.byWorkload, workload, services);
    }
  }

  /** The Service of a name. */
  public find(namespace: string, name: string): Service | undefined {
    return this.byName.get(key(namespace, name));
  }

  /** Services of a namespace. */
  public inNamespace(namespace: string): readonly Service[] {
    return (this.namespaces.get(namespace) ?? NONE).all;
  }

  /** Services whose own labels satisfy a selector, in some namespaces or in every one. */
  public labelled(selector: Selector, namespaces: Iterable<string> = this.namespaces.keys()): readonly Service[] {
    return [...namespaces].flatMap(namespace => (this.namespaces.get(namespace) ?? NONE).candidates(selector)
      .filter(({ labels }) => selects(selector, labels)));
  }

  /** Workloads whose pods a Service chooses. */
  public podsOf(service: Service): readonly Workload[] {
    return this.podsByService.get(service) ?? [];
  }

  /** Services that choose the pods of a workload. */
  public ofWorkload(workload: Workload): readonly Service[] {
    const groups = this.byWorkload.get(workload) ?? [];
    return groups.length === 1 ? groups[0] : groups.flat();
  }
}

const NONE = new LabelIndex<Service>();
const NO_PODS: readonly Workload[] = [];

function readServices(model: ManifestModel): Services {
  return new Services(model.ofKind('', 'Service').map(read), model);
}

function read(object: ModelObject): Service {
  const spec = fieldsOf(object.manifest.spec);
  const type = textOf(spec.type) ?? 'ClusterIP';
  const selector = mapSelector(spec.selector);
  return {
    object,
    name: object.name ?? '',
    namespace: object.namespace ?? 'default',
    type,
    labels: labelsOf(object.manifest.metadata.labels),
    // an alias has no pods, whatever it says
    selector: selectsAll(selector) || type === 'ExternalName' ? undefined : selector,
    ports: entriesOf(spec.ports, 'spec.ports').flatMap(({ field, value }) => {
      const number = numberOf(value.port);
      if (number === undefined) return [];
      return [{
        field,
        name: textOf(value.name),
        number,
        protocol: textOf(value.protocol) ?? 'TCP',
        appProtocol: textOf(value.appProtocol),
        target: numberOf(value.targetPort) ?? textOf(value.targetPort) ?? number,
      }];
    }),
  };
}

function key(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
