import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, mapsOf, textOf, textsOf } from '../../values';

const GROUP = 'gateway.networking.k8s.io';
const HEADERS = ['RequestHeaderModifier', 'ResponseHeaderModifier'];

const GATEWAY = `apiVersion: ${GROUP}/v1
kind: Gateway
metadata: { name: public, namespace: istio-system }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
`;

const route = (rule: string) => `${GATEWAY}apiVersion: ${GROUP}/v1
kind: HTTPRoute
metadata: { name: shop, namespace: istio-system }
spec:
  parentRefs: [{ name: public }]
  hostnames: [shop.example.com]
  rules:
    - ${rule}
`;

const BACKEND = 'name: knative-local-gateway, port: 80';

export const backendFilters: Rule = {
  code: 'SM1240',
  title: 'a filter of a backend that Istio does not know',
  explanation: 'Of the filters of a single backend Istio takes header changes alone; any other makes it refuse the rule (istio pilot/pkg/config/kube/gateway/conversion.go, '
    + 'buildHTTPDestination). Only for routes whose gateway in the app is of the class istio.',
  example: {
    refused: route(`backendRefs: [{ ${BACKEND}, filters: [{ type: URLRewrite, urlRewrite: { hostname: orders.shop.svc.cluster.local } }] }]`),
    accepted: route(`backendRefs: [{ ${BACKEND}, filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: Host, value: orders.shop.svc.cluster.local }] } }] }]`),
  },
  check(context) {
    for (const object of context.model.ofKind(GROUP, 'HTTPRoute')) {
      if (!isOfIstio(context.model, object)) continue;
      for (const rule of rulesOf(object)) {
        for (const backend of entriesOf(rule.value.backendRefs, `${rule.field}.backendRefs`)) {
          for (const filter of entriesOf(backend.value.filters, `${backend.field}.filters`)) {
            const type = textOf(filter.value.type);
            if (type === undefined || HEADERS.includes(type)) continue;
            context.report(object, {
              field: `${filter.field}.type`,
              value: type,
              reason: 'Istio takes header changes alone as filters of a backend, and refuses the rule',
              fix: type === 'URLRewrite' ? 'set the Host header of the backend, or write the filter at the rule' : 'write the filter at the rule',
            });
          }
        }
      }
    }
  },
};

export const knativeHostname: Rule = {
  code: 'SM1241',
  title: 'an HTTPRoute to Knative\'s cluster-local gateway without the host of a service',
  explanation: 'The cluster-local gateway tells Knative services apart by the host of the request. A rule that keeps the host of the client gets 404 (knative.dev, '
    + 'code-samples/serving/knative-routing-go; net-istio pkg/reconciler/ingress/resources/virtual_service.go).',
  severity: Severity.ERROR,
  example: {
    refused: route(`backendRefs: [{ ${BACKEND} }]`),
    accepted: route(`{ filters: [{ type: URLRewrite, urlRewrite: { hostname: orders.shop.svc.cluster.local } }], backendRefs: [{ ${BACKEND} }] }`),
  },
  check(context) {
    for (const object of context.model.ofKind(GROUP, 'HTTPRoute')) {
      for (const rule of rulesOf(object)) {
        if (rewritesHost(rule.value.filters)) continue;
        for (const backend of entriesOf(rule.value.backendRefs, `${rule.field}.backendRefs`)) {
          if (!isLocalGateway(context, object, backend) || rewritesHost(backend.value.filters)) continue;
          context.report(object, {
            field: `${backend.field}.name`,
            value: textOf(backend.value.name),
            reason: 'requests arrive with the host of the client, which the cluster-local gateway does not know, and get 404',
            fix: 'add a filter URLRewrite with hostname <service>.<namespace>.svc.cluster.local to the rule; with several services set the Host header of each backend',
          });
        }
      }
    }
  },
};

const KNATIVE = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: istio-system }
spec: { template: { spec: { containers: [{ image: registry.example.com/orders:1.2.0 }] } } }
---
`;

export const knativeBackend: Rule = {
  code: 'SM0286',
  title: 'a route of the Gateway API to the Service of a Knative service',
  explanation: 'The Service of a Knative service is an alias (type ExternalName) of Knative\'s cluster-local gateway. Istio follows it, and that gateway tells services apart by the host of the request, so '
    + 'a rule that keeps the host of the client gets 404 (istio pilot/pkg/networking/core/route/route.go, GetDestinationCluster; net-istio pkg/reconciler/ingress/resources/virtual_service.go). Other '
    + 'implementations of the Gateway API refuse Services of this type as backends as a rule, for safety\'s sake (gateway-api.sigs.k8s.io, BackendRef).',
  severityInFiles: Severity.WARNING,
  example: {
    refused: KNATIVE + route('backendRefs: [{ name: orders, port: 80 }]'),
    accepted: KNATIVE + route(`{ filters: [{ type: URLRewrite, urlRewrite: { hostname: orders.istio-system.svc.cluster.local } }], backendRefs: [{ ${BACKEND} }] }`),
  },
  check(context) {
    if (context.model.ofKind('serving.knative.dev', 'Service').length === 0) return;
    for (const object of ['HTTPRoute', 'GRPCRoute'].flatMap(kind => context.model.ofKind(GROUP, kind))) {
      const hostnames = textsOf(fieldsOf(object.manifest.spec).hostnames);
      // without hostnames clients may well ask for the host of the service; with a Service as the parent they do
      if (hostnames.length === 0 || mapsOf(fieldsOf(object.manifest.spec).parentRefs).some(parent => parent.kind === 'Service')) continue;
      for (const rule of rulesOf(object)) {
        if (rewritesHost(rule.value.filters)) continue;
        for (const backend of entriesOf(rule.value.backendRefs, `${rule.field}.backendRefs`)) {
          const host = knativeHost(context, object, backend);
          if (host === undefined || hostnames.some(hostname => hostname === host || host.startsWith(`${hostname}.`)) || rewritesHost(backend.value.filters)) continue;
          const { serviceName, serviceNamespace } = context.profile(object).localGateway;
          context.report(object, {
            field: `${backend.field}.name`,
            value: textOf(backend.value.name),
            reason: `it is an alias of Knative's cluster-local gateway, where requests arrive with the host ${hostnames.join(' or ')}, which that gateway does not know, and get 404`,
            fix: `send to ${serviceName} of namespace ${serviceNamespace} at port 80, with a filter URLRewrite and hostname: ${host}, or use a DomainMapping for the host`,
          });
        }
      }
    }
  },
};

/** The host of the Knative service whose own Service a backend is. */
function knativeHost(context: RuleContext, object: ModelObject, { value }: Entry): string | undefined {
  const name = textOf(value.name);
  const namespace = textOf(value.namespace) ?? object.namespace ?? 'default';
  if (name === undefined || (textOf(value.kind) ?? 'Service') !== 'Service' || (textOf(value.group) ?? '') !== '') return undefined;
  const service = context.model.byName('serving.knative.dev', 'Service', namespace, name);
  return service && context.model.byName('', 'Service', namespace, name) === undefined ? context.profile(service).serviceHost(name, namespace) : undefined;
}

function rulesOf(object: ModelObject): Entry[] {
  return entriesOf(fieldsOf(object.manifest.spec).rules, 'spec.rules');
}

function rewritesHost(filters: unknown): boolean {
  return mapsOf(filters).some(filter => textOf(fieldsOf(filter.urlRewrite).hostname) !== undefined
    || [...mapsOf(fieldsAt(filter, 'requestHeaderModifier').set)].some(({ name }) => ['host', ':authority'].includes(String(name).toLowerCase())));
}

function isLocalGateway(context: RuleContext, object: ModelObject, { value }: Entry): boolean {
  const { serviceName, serviceNamespace } = context.profile(object).localGateway;
  return value.name === serviceName && (textOf(value.kind) ?? 'Service') === 'Service' && (textOf(value.namespace) ?? object.namespace) === serviceNamespace;
}

function isOfIstio(model: ManifestModel, object: ModelObject): boolean {
  return mapsOf(fieldsOf(object.manifest.spec).parentRefs).some(parent => {
    const gateway = model.byName(GROUP, 'Gateway', textOf(parent.namespace) ?? object.namespace, String(parent.name));
    return textOf(fieldsOf(gateway?.manifest.spec).gatewayClassName) === 'istio';
  });
}
