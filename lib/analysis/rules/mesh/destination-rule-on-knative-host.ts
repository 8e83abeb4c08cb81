import { knativeServices } from './knative-pods';
import { specOf } from './policies';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf } from '../../values';

export const destinationRuleOnKnativeHost: Rule = {
  code: 'SM0227',
  severityInFiles: Severity.WARNING,
  intents: ['SM1253'],
  title: 'a DestinationRule for the host of a Knative service',
  explanation: 'The Service of that name is an alias (type ExternalName) of the cluster-local gateway, to which no DestinationRule applies since Istio 1.21, and Knative '
    + 'routes to the hosts of its revisions instead (istio releasenotes/notes/external-name-on.yaml; serving pkg/reconciler/route/resources).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      name: checkout-v1
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec:
  host: checkout.shop.svc.cluster.local
  trafficPolicy:
    connectionPool:
      tcp: { maxConnections: 100 }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      name: checkout-v1
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec:
  host: checkout-v1.shop.svc.cluster.local
  trafficPolicy:
    connectionPool:
      tcp: { maxConnections: 100 }
`,
  },
  check(context) {
    const rules = context.model.ofKind('networking.istio.io', 'DestinationRule');
    if (rules.length === 0) return;
    const services = new Set(knativeServices(context.model).map(service => {
      const { name, namespace } = service.manifest.metadata ?? {};
      return context.profile(service).serviceHost(String(name), namespace ?? 'default');
    }));
    for (const rule of rules) {
      const host = stringOf(specOf(rule).host);
      const domain = context.profile(rule).clusterDomain;
      if (host === undefined || !services.has(qualified(host, stringOf(rule.manifest.metadata?.namespace) ?? 'default', domain))) continue;
      context.report(rule, {
        field: 'spec.host',
        value: host,
        reason: 'this is the host of a Knative service, an alias of the cluster-local gateway: a DestinationRule does not apply to it, and requests go to the hosts of '
          + 'the revisions, so nothing of it takes effect',
        fix: 'name the revision in the service (spec.template.metadata.name) and use its host, or set what you need on the service (timeouts, concurrency, traffic)',
      });
    }
  },
};

/** The host that a short one means; without a dot it is of the namespace of the rule. */
function qualified(host: string, namespace: string, domain: string): string {
  const [name, second, third, ...rest] = host.split('.');
  if (second === undefined) return `${name}.${namespace}.svc.${domain}`;
  if (third === undefined || (third === 'svc' && rest.length === 0)) return `${name}.${second}.svc.${domain}`;
  return host;
}
