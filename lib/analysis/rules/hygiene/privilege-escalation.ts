import { deployment } from './examples';
import { effective, nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';

export const privilegeEscalation = onContainers({
  code: 'SM0702',
  title: 'container whose processes may gain rights',
  explanation: 'Unless allowPrivilegeEscalation is false a process can get more rights than its parent, by a setuid program for one '
    + '(Kubernetes pod security standards, restricted).',
  severity: Severity.INFO,
  peers: ['privilegeEscalationAllowed'],
  example: {
    refused: deployment({ container: 'securityContext: { allowPrivilegeEscalation: true }' }),
    accepted: deployment({ container: 'securityContext: { allowPrivilegeEscalation: false }' }),
  },
  findings: container => {
    const allowed = effective(container, 'allowPrivilegeEscalation');
    if (allowed === false) return [];
    return [{
      field: `${container.field}.securityContext.allowPrivilegeEscalation`,
      value: allowed,
      reason: `processes of ${nameOf(container)} can gain more rights than their parents`,
      fix: 'set it to false',
      ...allowed === true ? { peers: ['privilegeEscalationAllowed', 'privilege-escalation-container'] } : {},
    }];
  },
});
