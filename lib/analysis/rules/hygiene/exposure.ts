import { deployment } from './examples';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf } from '../../workloads';

export const exposedService: Rule = {
  code: 'SM0753',
  title: 'Service that is open to the outside',
  explanation: 'NodePort and LoadBalancer lead past the gateway, where the mesh checks who comes in (Kubernetes documentation, Service types).',
  severity: Severity.INFO,
  peers: ['exposed-services'],
  example: {
    refused: service('NodePort'),
    accepted: service('ClusterIP'),
  },
  check(context) {
    for (const object of context.model.ofKind('', 'Service')) {
      const { type } = fieldsOf(object.manifest.spec);
      if (type !== 'NodePort' && type !== 'LoadBalancer') continue;
      context.report(object, { field: 'spec.type', value: type, reason: 'who reaches a node or the load balancer reaches the pods', fix: 'use ClusterIP, and a route of a gateway' });
    }
  },
};

export const ingressWithoutTls: Rule = {
  code: 'SM0754',
  title: 'Ingress without TLS',
  explanation: 'Without spec.tls an Ingress takes requests in plain text (Kubernetes documentation, Ingress).',
  severity: Severity.INFO,
  peers: ['tlsSettingsMissing'],
  example: {
    refused: ingress(''),
    accepted: ingress('tls: [{ hosts: [shop.example.com], secretName: shop-tls }]'),
  },
  check(context) {
    for (const object of context.model.ofKind('networking.k8s.io', 'Ingress')) {
      if (Array.isArray(fieldsOf(object.manifest.spec).tls)) continue;
      context.report(object, { field: 'spec.tls', reason: 'requests and answers pass in plain text', fix: 'name the hosts and the Secret with their certificate' });
    }
  },
};

function service(type: string): string {
  return `${deployment({})}---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { type: ${type}, selector: { app: checkout }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;
}

function ingress(tls: string): string {
  return `${service('ClusterIP')}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: checkout, namespace: shop }
spec:
${tls ? `  ${tls}\n` : ''}  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: checkout, port: { name: http } } } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: shop }
type: kubernetes.io/tls
data: { tls.crt: '', tls.key: '' }
`;
}
