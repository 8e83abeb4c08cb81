import { Severity } from '../../../core/problem';
import { meshConfigOf } from '../../hosts';
import { Rule } from '../../rule';
import { entriesOf, fieldsAt, fieldsOf } from '../../workloads';

export const telemetryProvider: Rule = {
  code: 'SM0635',
  title: 'access log that nobody writes',
  explanation: 'Access logging of a Telemetry goes to the providers that it names, or to the default ones of the mesh; where there are neither, it is ignored '
    + '(istio.io/latest/docs/reference/config/telemetry).',
  severity: Severity.WARNING,
  peers: ['IST0157'],
  example: {
    refused: telemetry('[{ disabled: false }]'),
    accepted: telemetry('[{ providers: [{ name: envoy }] }]'),
  },
  check(context) {
    const defaults = fieldsAt(meshConfigOf(context.model), 'defaultProviders').accessLogging;
    if (Array.isArray(defaults) && defaults.length > 0) return;
    for (const object of context.model.ofKind('telemetry.istio.io', 'Telemetry')) {
      for (const { field, value } of entriesOf(fieldsOf(object.manifest.spec).accessLogging, 'spec.accessLogging')) {
        if (value.disabled === true || entriesOf(value.providers, '').length > 0) continue;
        context.report(object, {
          field: `${field}.providers`,
          reason: 'it names no provider, and so does nothing unless the mesh has a default one',
          fix: 'name one, such as envoy for the log of the proxy itself',
        });
      }
    }
  },
};

function telemetry(logging: string): string {
  return `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging: ${logging}
`;
}
