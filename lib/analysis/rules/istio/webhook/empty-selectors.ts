import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { fieldsOf, isGiven } from '../../../workloads';

const KINDS: readonly (readonly [string, string, string, string])[] = [
  ...['Sidecar', 'ServiceEntry', 'EnvoyFilter'].map(kind => ['networking.istio.io', kind, 'workloadSelector', 'labels'] as const),
  ['networking.istio.io', 'DestinationRule', 'workloadSelector', 'matchLabels'],
  ['networking.istio.io', 'ProxyConfig', 'selector', 'matchLabels'],
  ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map(kind => ['security.istio.io', kind, 'selector', 'matchLabels'] as const),
  ['telemetry.istio.io', 'Telemetry', 'selector', 'matchLabels'],
  ['extensions.istio.io', 'WasmPlugin', 'selector', 'matchLabels'],
];

export const emptySelectors: Rule = {
  code: 'SM1074',
  title: 'selector of Istio without labels',
  explanation: 'A selector without labels selects every workload of the namespace, which is seldom meant (ValidateAlphaWorkloadSelector and validateWorkloadSelector in '
    + 'istio pkg/config/validation/validation.go).',
  severity: Severity.WARNING,
  peers: ['IST0133'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  workloadSelector: {}
  egress: [{ hosts: [./*] }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: [./*] }]
`,
  },
  check(context) {
    for (const [group, kind, selector, labels] of KINDS) {
      for (const object of context.model.ofKind(group, kind)) {
        const value = fieldsOf(object.manifest.spec)[selector];
        if (!isGiven(value) || Object.keys(fieldsOf(fieldsOf(value)[labels])).length > 0) continue;
        context.report(object, { field: `spec.${selector}`, reason: 'without labels it selects every workload of the namespace', fix: `write ${labels}: { app: ... }, or leave ${selector} out` });
      }
    }
  },
};
