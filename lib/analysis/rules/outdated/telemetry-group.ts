import { Rule } from '../../rule';

export const telemetryGroup: Rule = {
  code: 'SM0904',
  title: 'a Telemetry of a group that has none',
  explanation: 'Telemetry belongs to telemetry.istio.io; in networking.istio.io there is no such kind, so the API server refuses it. Access logs name a provider of the mesh\'s configuration, '
    + 'not a file (istio.api telemetry/v1alpha1/telemetry.proto).',
  example: {
    refused: `apiVersion: networking.istio.io/v1alpha3
kind: Telemetry
metadata: { name: default, namespace: shop }
spec:
  accessLogging: [{ file: { path: /dev/stdout } }]
`,
    accepted: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: default, namespace: shop }
spec:
  accessLogging: [{ providers: [{ name: envoy }] }]
`,
  },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'Telemetry')) {
      context.report(object, {
        field: 'apiVersion',
        value: object.manifest.apiVersion,
        reason: 'networking.istio.io has no kind Telemetry',
        fix: 'write apiVersion: telemetry.istio.io/v1, and accessLogging: [{ providers: [{ name: envoy }] }] for logs on the standard output',
      });
    }
  },
};
