import { gateways, podsOfGateway, serversOf } from './servers';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';

export const gatewayPort: Rule = {
  code: 'SM0813',
  title: 'a gateway at a port that no Service leads to',
  explanation: 'The pods of a gateway listen at the ports of its servers, but requests reach them only through the ports of the Service in front. The Service of Istio\'s own '
    + 'gateways has 80, 443, 15021, and with the demo profile 31400 and 15443 (istio pkg/config/analysis/analyzers/gateway/gateway.go).',
  severity: Severity.WARNING,
  peers: ['IST0162'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 3000, name: http, protocol: HTTP }
      hosts: [shop.example.com]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [shop.example.com]
`,
  },
  check(context) {
    for (const gateway of gateways(context.model)) {
      const pods = podsOfGateway(context, gateway);
      if (pods?.ports === undefined) continue;
      const ports = [...new Set(pods.ports)];
      for (const { field, port } of serversOf(gateway)) {
        if (port === undefined || ports.includes(port)) continue;
        context.report(gateway, {
          field: `${field}.port.number`,
          value: port,
          reason: ports.length === 0
            ? `no Service selects the pods with ${pods.text}, so nothing leads to this port`
            : `the Service in front of the pods with ${pods.text} leads to ${ports.join(', ')}`,
          fix: 'listen at a port that the Service has, or add the port to the Service',
        });
      }
    }
  },
};
