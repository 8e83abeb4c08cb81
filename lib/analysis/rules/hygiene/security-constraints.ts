import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

export const privilegedConstraints: Rule = {
  code: 'SM0758',
  title: 'security context constraints that allow privileged containers',
  explanation: 'Who may use such constraints of OpenShift may take over a node (OpenShift documentation, managing security context constraints).',
  severity: Severity.INFO,
  peers: ['scc-deny-privileged-container'],
  example: {
    refused: constraints(true),
    accepted: constraints(false),
  },
  check(context) {
    for (const object of context.model.ofKind('security.openshift.io', 'SecurityContextConstraints')) {
      if (object.manifest.allowPrivilegedContainer !== true) continue;
      context.report(object, { field: 'allowPrivilegedContainer', value: true, reason: 'whoever may use it may run privileged containers', fix: 'set it to false, and list allowedCapabilities' });
    }
  },
};

function constraints(allowed: boolean): string {
  return `
apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata: { name: shop }
allowPrivilegedContainer: ${allowed}
`;
}
