import { Answer, depends, named } from './answer';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { ServiceName, serviceOfHost } from '../hosts';
import { ManifestModel, ModelObject } from '../model';
import { fieldsOf, mapsOf, textOf } from '../values';
import { addTo } from '../workloads/multi-map';
import { servicesOf } from '../workloads/services';

/** What routes of the Gateway API whose parent is a Service do with requests to it, where that is anything but sending them to its pods. */
export function serviceRoutesAnswer(model: ManifestModel, to: Party, profile: ClusterProfile): Answer | undefined {
  const index = model.derived(routesByService);
  const service = index.size === 0 || to.host === undefined ? undefined : serviceOfHost(to.host.toLowerCase(), profile.clusterDomain);
  const routes = service ? index.get(`${service.namespace}/${service.name}`) ?? [] : [];
  const other = routes.find(route => leadsElsewhere(model, route, service!, to));
  return other && depends(`routes of ${named(other)} may send it elsewhere, which is not followed`, other);
}

/** Whether a Service is another name of the same pods. */
export function choosesPods(model: ManifestModel, { name, namespace }: ServiceName, { workload }: Party): boolean {
  const service = servicesOf(model).find(namespace, name);
  return service !== undefined && workload !== undefined && servicesOf(model).podsOf(service).includes(workload);
}

function leadsElsewhere(model: ManifestModel, route: ModelObject, service: ServiceName, to: Party): boolean {
  return mapsOf(fieldsOf(route.manifest.spec).rules).some(rule => mapsOf(rule.filters).some(({ type }) => type === 'RequestRedirect')
    || mapsOf(rule.backendRefs).some(backend => {
      const target = { name: textOf(backend.name) ?? '', namespace: textOf(backend.namespace) ?? route.namespace ?? 'default' };
      const isService = target.name === service.name && target.namespace === service.namespace;
      return backend.weight !== 0 && !isService && !choosesPods(model, target, to);
    }));
}

function routesByService(model: ManifestModel): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const route of ['HTTPRoute', 'GRPCRoute'].flatMap(kind => model.ofKind('gateway.networking.k8s.io', kind))) {
    for (const parent of mapsOf(fieldsOf(route.manifest.spec).parentRefs)) {
      if (parent.kind === 'Service') addTo(found, `${textOf(parent.namespace) ?? route.namespace ?? 'default'}/${textOf(parent.name) ?? ''}`, route);
    }
  }
  return found;
}
