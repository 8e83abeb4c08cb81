import { serviceNames, severityOfAbsence, severityWithoutService } from './absence';
import { Severity } from '../../../../core/problem';
import { gatewayExists } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, labelSelector, labelsOf, numberOf, selects, servicesOf, textOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

const GROUP = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

const WORLD = `apiVersion: ${GROUP}/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

const route = (parent: string, backend: string, port: number, namespace = 'shop') => `apiVersion: ${GROUP}/v1
kind: HTTPRoute
metadata: { name: orders, namespace: ${namespace} }
spec:
  parentRefs: [{ name: ${parent}${namespace === 'shop' ? '' : ', namespace: shop'} }]
  rules:
    - backendRefs: [{ name: ${backend}, port: ${port} }]
`;

export const routeBackend: Rule = {
  code: 'SM0856',
  title: 'a route to a Service or port that is not there',
  explanation: 'A route of the Gateway API whose backend does not exist, or has no such port, answers with 500. One in another namespace needs a ReferenceGrant there. Advice '
    + 'where the app writes no Services into the namespace (gateway-api.sigs.k8s.io, HTTPRoute; kiali business/checkers/k8shttproutes/no_host_checker.go).',
  severity: Severity.WARNING,
  peers: ['KIA1402'],
  example: { refused: WORLD + route('public', 'orders', 8080), accepted: WORLD + route('public', 'orders', 80) },
  check(context) {
    for (const { object, field, value } of references(context.model, 'backendRefs')) {
      if ((textOf(value.kind) ?? 'Service') !== 'Service' || (textOf(value.group) ?? '') !== '') continue;
      const name = textOf(value.name);
      const namespace = textOf(value.namespace) ?? object.namespace ?? 'default';
      if (name === undefined) continue;
      const services = serviceNames(context.model, namespace);
      const service = servicesOf(context.model).find(namespace, name);
      const port = numberOf(value.port);
      if (!services.includes(name)) {
        const meant = suggestion(name, services);
        context.report(object, {
          field: `${field}.name`,
          value: name,
          severity: severityWithoutService(context.model, namespace, context.profile(object)),
          reason: `the app writes no Service of this name into namespace ${namespace}`,
          fix: meant === undefined ? 'check name and namespace' : `write ${meant}, if that is meant`,
        });
      } else if (service !== undefined && port !== undefined && !service.ports.some(known => known.number === port)) {
        context.report(object, {
          field: `${field}.port`,
          value: port,
          reason: `${service.object.path} has the ports ${service.ports.map(known => known.number).join(', ') || '(none)'}`,
          fix: 'write a port of the Service, not one of its pods',
        });
      } else if (namespace !== object.namespace && !isGranted(context.model, object, namespace)) {
        context.report(object, {
          field: `${field}.namespace`,
          value: namespace,
          reason: `namespace ${namespace} has no ReferenceGrant for routes of namespace ${object.namespace}`,
          fix: `write a ReferenceGrant in ${namespace} from ${object.manifest.kind} of namespace ${object.namespace} to Service`,
        });
      }
    }
  },
};

export const routeParent: Rule = {
  code: 'SM0857',
  title: 'a route of a Gateway that is not there',
  explanation: 'A route whose parent does not exist is read by nobody. Advice where the app writes no Gateways into the namespace '
    + '(gateway-api.sigs.k8s.io, ParentReference; kiali business/checkers/k8shttproutes/no_k8sgateway_checker.go).',
  severity: Severity.WARNING,
  peers: ['KIA1401'],
  example: { refused: WORLD + route('publik', 'orders', 80), accepted: WORLD + route('public', 'orders', 80) },
  check(context) {
    for (const { object, field, name, namespace, gateway } of parents(context)) {
      if (gateway !== undefined || gatewayExists(namespace, name, context.profile(object))) continue;
      const others = names(context.model, GROUP, 'Gateway', namespace);
      const meant = suggestion(name, others);
      context.report(object, {
        field: `${field}.name`,
        value: name,
        severity: severityOfAbsence(others.length > 0, namespace, context.profile(object)),
        reason: `the app writes no Gateway of this name into namespace ${namespace}`,
        fix: meant === undefined ? 'check name and namespace; without a namespace it is that of the route' : `write ${meant}, if that is meant`,
      });
    }
  },
};

export const routeNotAdmitted: Rule = {
  code: 'SM0858',
  title: 'a route that its Gateway does not let in',
  explanation: 'A listener takes routes of the Gateway\'s own namespace, unless allowedRoutes.namespaces says more: from All, or from Selector with the labels of namespaces '
    + '(gateway-api.sigs.k8s.io, AllowedRoutes).',
  severity: Severity.WARNING,
  peers: ['KIA1401'],
  example: {
    refused: WORLD + route('public', 'orders', 80, 'blog'),
    accepted: WORLD.replace('port: 80, protocol: HTTP }', 'port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }') + route('public', 'orders', 80, 'blog'),
  },
  check(context) {
    for (const { object, field, name, namespace, gateway } of parents(context)) {
      if (gateway === undefined || admits(context.model, gateway, object.namespace ?? 'default')) continue;
      context.report(object, {
        field: `${field}.namespace`,
        value: namespace,
        reason: `no listener of Gateway ${namespace}/${name} takes routes of namespace ${object.namespace}`,
        fix: 'say allowedRoutes: { namespaces: { from: All } } at the listener, or put the route into the namespace of the Gateway',
      });
    }
  },
};

interface Reference extends Entry {
  readonly object: ModelObject;
}

function references(model: ManifestModel, list: string): Reference[] {
  return ROUTES.flatMap(kind => model.ofKind(GROUP, kind).flatMap(object => entriesOf(fieldsOf(object.manifest.spec).rules, 'spec.rules')
    .flatMap(rule => entriesOf(rule.value[list], `${rule.field}.${list}`)).map(entry => ({ ...entry, object }))));
}

interface Parent {
  readonly object: ModelObject;
  readonly field: string;
  readonly name: string;
  readonly namespace: string;
  readonly gateway?: ModelObject;
}

/** The Gateways that routes name as their parents. */
function parents(context: RuleContext): Parent[] {
  return ROUTES.flatMap(kind => context.model.ofKind(GROUP, kind).flatMap(object => entriesOf(fieldsOf(object.manifest.spec).parentRefs, 'spec.parentRefs').flatMap(({ field, value }) => {
    const name = textOf(value.name);
    if (name === undefined || (textOf(value.kind) ?? 'Gateway') !== 'Gateway' || (textOf(value.group) ?? GROUP) !== GROUP) return [];
    const namespace = textOf(value.namespace) ?? object.namespace ?? 'default';
    return [{ object, field, name, namespace, gateway: context.model.byName(GROUP, 'Gateway', namespace, name) }];
  })));
}

function admits(model: ManifestModel, gateway: ModelObject, namespace: string): boolean {
  const listeners = entriesOf(fieldsOf(gateway.manifest.spec).listeners, '');
  return gateway.namespace === namespace || listeners.length === 0 || listeners.some(({ value }) => {
    const { from, selector } = fieldsAt(value, 'allowedRoutes', 'namespaces');
    if (from === 'All') return true;
    if (from !== 'Selector') return false;
    const declared = model.byName('', 'Namespace', undefined, namespace);
    // of a namespace that the app does not write nobody knows the labels
    return declared === undefined || selects(labelSelector(selector), { 'kubernetes.io/metadata.name': namespace, ...labelsOf(declared.manifest.metadata.labels) });
  });
}

function isGranted(model: ManifestModel, object: ModelObject, namespace: string): boolean {
  return model.ofKind(GROUP, 'ReferenceGrant').filter(grant => grant.namespace === namespace).some(grant => {
    const spec = fieldsOf(grant.manifest.spec);
    return entriesOf(spec.from, '').some(({ value }) => value.namespace === object.namespace && value.kind === object.manifest.kind)
      && entriesOf(spec.to, '').some(({ value }) => value.kind === 'Service');
  });
}
