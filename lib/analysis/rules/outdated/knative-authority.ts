import { hostsOf, KnownHost, qualified } from '../../hosts';
import { ModelObject } from '../../model';
import { Finding, Rule, RuleContext } from '../../rule';
import { entriesOf, Entry, Fields, fieldsAt, fieldsOf, textOf } from '../../workloads';
import { hostsOfRoute, virtualServices } from '../references/virtual-service/routes';

const SERVICE = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: example.com/orders:1.2.0 }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [shop.example.com]
---
`;

export const knativeAuthority: Rule = {
  code: 'SM0906',
  title: 'a route to a Knative service under a host that it does not know',
  explanation: 'The Service of a Knative service is an alias of the cluster-local gateway, and that gateway tells services apart by the host of the request. A route that keeps the host of the '
    + 'client gets 404 (knative.dev, code-samples/serving/knative-routing-go; net-istio pkg/reconciler/ingress/resources/virtual_service.go).',
  example: {
    refused: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - route: [{ destination: { host: orders.shop.svc.cluster.local, port: { number: 80 } } }]
`,
    accepted: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - rewrite: { authority: orders.shop.svc.cluster.local }
      route: [{ destination: { host: knative-local-gateway.istio-system.svc.cluster.local, port: { number: 80 } } }]
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      for (const route of entriesOf(fieldsOf(virtual.manifest.spec).http, 'spec.http')) {
        const authority = authorityOf(route.value);
        for (const target of entriesOf(route.value.route, `${route.field}.route`)) {
          const host = textOf(fieldsOf(target.value.destination).host);
          if (host === undefined) continue;
          const service = knativeHost(context, virtual, host);
          if (service === undefined && !isLocalGateway(context, virtual, host)) continue;
          const sent = authority ?? hostHeader(target.value) ?? hostHeader(route.value);
          const flaw = flawOf(context, virtual, sent, service);
          if (flaw) context.report(virtual, { field: `${target.field}.destination.host`, value: host, ...flaw, fix: fix(route, service) });
        }
      }
    }
  },
};

function flawOf(context: RuleContext, virtual: ModelObject, sent?: string, service?: string): Pick<Finding, 'reason'> | undefined {
  if (sent !== undefined) {
    const other = service !== undefined && isKnative(context, virtual, sent) && inFull(context, virtual, sent) !== service;
    return other ? { reason: `the request goes to ${sent}, whatever the destination says: the cluster-local gateway looks at the host alone` } : undefined;
  }
  // sidecars that are called for the service's own host send that host already
  const hosts = hostsOfRoute(virtual);
  if (hosts.length > 0 && hosts.every(host => isKnative(context, virtual, host))) return undefined;
  return { reason: `requests arrive with the host ${hosts.join(', ') || 'of the client'}, which the cluster-local gateway does not know, and get 404` };
}

function fix(route: Entry, service = '<service>.<namespace>.svc.cluster.local'): string {
  const several = entriesOf(route.value.route, '').length > 1;
  const to = 'send to knative-local-gateway.istio-system.svc.cluster.local:80';
  return several ? `${to} and give each destination headers: { request: { set: { Host: ${service} } } }`
    : `${to} with rewrite: { authority: ${service} }, or use a DomainMapping for the host`;
}

function authorityOf(route: Fields): string | undefined {
  return textOf(fieldsOf(route.rewrite).authority);
}

function hostHeader(value: Fields): string | undefined {
  const set = fieldsAt(value, 'headers', 'request', 'set');
  const key = Object.keys(set).find(name => ['host', ':authority'].includes(name.toLowerCase()));
  return key === undefined ? undefined : textOf(set[key]);
}

/** The full host of a Knative service that a host means. */
function knativeHost(context: RuleContext, virtual: ModelObject, host: string): string | undefined {
  return hostsOf(context.model).find(host, virtual, context.profile(virtual)).known.find(isService)?.host;
}

function isKnative(context: RuleContext, virtual: ModelObject, host: string): boolean {
  return knativeHost(context, virtual, host) !== undefined;
}

function isService({ object }: KnownHost): boolean {
  return object.group === 'serving.knative.dev' && (object.manifest.kind === 'Service' || object.manifest.kind === 'Route');
}

function isLocalGateway(context: RuleContext, virtual: ModelObject, host: string): boolean {
  const profile = context.profile(virtual);
  const { serviceName, serviceNamespace } = profile.localGateway;
  return inFull(context, virtual, host) === profile.serviceHost(serviceName, serviceNamespace);
}

function inFull(context: RuleContext, virtual: ModelObject, host: string): string {
  return qualified(host, virtual.namespace ?? 'default', context.profile(virtual).clusterDomain);
}
