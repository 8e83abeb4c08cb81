import { gateways, gatewaySelector, podsOfGateway } from './servers';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { selectorText, selectsAll } from '../../../workloads';

export const gatewayWithoutPods: Rule = {
  code: 'SM0812',
  title: 'a gateway that sets up no pods',
  explanation: 'A Gateway configures the pods that its selector finds, in any namespace. Those of Istio\'s own charts are known (istio: ingressgateway, egressgateway, '
    + 'eastwestgateway, ingress, egress); all others have to be part of the app (istio pkg/config/analysis/analyzers/gateway/gateway.go).',
  severity: Severity.WARNING,
  peers: ['IST0101', 'KIA0302'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingress-gateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
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
      const selector = gatewaySelector(gateway);
      if (selectsAll(selector) || podsOfGateway(context, gateway)) continue;
      context.report(gateway, {
        field: 'spec.selector',
        value: selectorText(selector),
        reason: 'the selector finds no pods: none of the app, and none of the gateways that Istio installs',
        fix: 'write the labels of the gateway\'s pods, istio: ingressgateway for Istio\'s own',
      });
    }
  },
};
