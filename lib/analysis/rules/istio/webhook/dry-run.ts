import { Rule } from '../../../rule';
import { fieldsOf } from '../../../workloads';

const DRY_RUN = 'istio.io/dry-run';
const BOOLEANS = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];
const GROUPS = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];

export const dryRun: Rule = {
  code: 'SM1071',
  title: 'dry run of something that is never tried',
  explanation: 'The annotation istio.io/dry-run is for AuthorizationPolicies that allow or deny, with true or false; elsewhere Istio refuses the object '
    + '(checkDryRunAnnotation in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop, annotations: { istio.io/dry-run: "true" } }
spec:
  action: AUDIT
  rules: [{}]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop, annotations: { istio.io/dry-run: "true" } }
spec:
  action: DENY
  rules: [{}]
`,
  },
  check(context) {
    for (const object of context.model.objects) {
      if (!GROUPS.includes(object.group)) continue;
      const value = fieldsOf(object.manifest.metadata.annotations)[DRY_RUN];
      if (typeof value !== 'string') continue;
      const action = fieldsOf(object.manifest.spec).action ?? 'ALLOW';
      const reason = object.manifest.kind !== 'AuthorizationPolicy' ? `a ${object.manifest.kind} cannot be tried`
        : action !== 'ALLOW' && action !== 'DENY' ? `action ${action} cannot be tried` : BOOLEANS.includes(value) ? undefined : 'this is neither true nor false';
      if (reason !== undefined) context.report(object, { field: `metadata.annotations[${DRY_RUN}]`, value, reason, fix: 'leave the annotation out, or write "true" on a policy that allows or denies' });
    }
  },
};
