import { IngressClass } from '../../../core/gateway-reference';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { gateways, gatewaySelector, serversOf } from '../references/gateway/servers';

/** The ports at which Knative's two gateways have every host. */
const PORTS = [80, 8081];

const world = (host: string) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/orders:1.2.0 }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [${host}]
`;

export const knativeGatewayHosts: Rule = {
  code: 'SM1238',
  title: 'a gateway with every host at the pods of Knative\'s gateway',
  explanation: 'net-istio installs knative-ingress-gateway at port 80 and knative-local-gateway at 8081, both with every host, for the pods with istio: ingressgateway. Of two servers with one '
    + 'host at one port one loses its routes (net-istio config/202-gateway.yaml, 203-local-gateway.yaml; istio IST0145). Only where the app has Knative services.',
  severity: Severity.WARNING,
  peers: ['IST0145'],
  example: { refused: world('"*"'), accepted: world('shop.example.com') },
  check(context) {
    if (context.model.ofKind('serving.knative.dev', 'Service').length === 0) return;
    for (const gateway of gateways(context.model)) {
      const profile = context.profile(gateway);
      const platforms = [profile.publicGateway, profile.localGateway].some(({ name, namespace }) => name === gateway.name && namespace === gateway.namespace);
      if (platforms || !profile.hasIstio || profile.ingressClass !== IngressClass.ISTIO) continue;
      if (gatewaySelector(gateway).matchLabels.istio !== 'ingressgateway') continue;
      for (const { field, port, hosts } of serversOf(gateway)) {
        if (port === undefined || !PORTS.includes(port) || !hosts.some(host => host === '*' || host === '*/*')) continue;
        context.report(gateway, {
          field: `${field}.hosts`,
          value: '*',
          reason: `Knative's own gateway has every host at port ${port} of the same pods (istio=ingressgateway)`,
          fix: 'name the hosts, or let the gateway set up pods of its own',
        });
      }
    }
  },
};
