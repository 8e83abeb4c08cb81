import { eachOfNetworking, items } from './each';
import { domainFault, isLabel } from './names';
import { Finding, Rule } from '../../../rule';
import { entriesOf } from '../../../workloads';

export const gatewayNames: Rule = {
  code: 'SM1003',
  title: 'name that no Gateway can have',
  explanation: 'A VirtualService names Gateways as name, namespace/name or, of old, name.namespace.svc.cluster.local '
    + '(validateGatewayNames in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ gateways: [shop/edge_gateway] }]
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ gateways: [mesh] }]
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => {
    const matches = ['http', 'tls', 'tcp'].flatMap(kind => entriesOf(spec[kind], `spec.${kind}`))
      .flatMap(route => entriesOf(route.value.match, `${route.field}.match`));
    return [...named(spec.gateways, 'spec.gateways'), ...matches.flatMap(match => named(match.value.gateways, `${match.field}.gateways`))];
  }),
};

function named(value: unknown, at: string): Finding[] {
  return items(value, at).flatMap(({ field, text }) => {
    const slash = text.indexOf('/');
    const fits = slash < 0 ? domainFault(text) === undefined : isLabel(text.slice(0, slash)) && isLabel(text.slice(slash + 1));
    return fits ? [] : [{ field, value: text, reason: 'no Gateway has this name', fix: 'write namespace/name, both of letters, digits and -; or mesh' }];
  });
}
