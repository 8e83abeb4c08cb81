import { Rule } from '../../rule';

export const appMesh: Rule = {
  code: 'SM0914',
  title: 'an object of AWS App Mesh',
  explanation: 'AWS has ended App Mesh on 30 September 2026, so nothing reads its objects any more. A Lambda function never was behind one of its proxies '
    + '(aws.amazon.com, blogs/containers, "Migrating from AWS App Mesh").',
  example: {
    refused: `apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: { name: orders, namespace: shop }
spec:
  podSelector: { matchLabels: { app: orders } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: resize, namespace: shop }
spec:
  hosts: [abc123.lambda-url.eu-central-1.on.aws]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  location: MESH_EXTERNAL
  resolution: DNS
`,
  },
  check(context) {
    for (const object of context.model.objects) {
      if (object.group !== 'appmesh.k8s.aws') continue;
      context.report(object, {
        field: 'apiVersion',
        value: object.manifest.apiVersion,
        reason: 'App Mesh has ended, and nothing reads this object',
        fix: 'use Istio: VirtualService and DestinationRule for routes, a ServiceEntry (MESH_EXTERNAL, 443, TLS) for the URL of a Lambda function',
      });
    }
  },
};
