import { deployment } from './examples';
import { nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';

export const privileged = onContainers({
  code: 'SM0700',
  title: 'container with all rights of its node',
  explanation: 'A privileged container sees the devices of its node and no limit of the kernel holds for it: who breaks into it has the node '
    + '(Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['privileged-container', 'runAsPrivileged', 'privilege-escalation-container'],
  example: {
    refused: deployment({ container: 'securityContext: { privileged: true }' }),
    accepted: deployment({ container: 'securityContext: { capabilities: { add: [NET_BIND_SERVICE] } }' }),
  },
  findings: container => container.security.privileged !== true ? [] : [{
    field: `${container.field}.securityContext.privileged`,
    value: true,
    reason: `${nameOf(container)} has every right on its node`,
    fix: 'add the capabilities that it needs and leave privileged out',
  }],
});

/** The API server's own validation of a security context. */
export const escalationContradiction = onContainers({
  code: 'SM0701',
  title: 'container that is privileged and must not become so',
  explanation: 'The API server refuses allowPrivilegeEscalation: false together with privileged: true or the capability CAP_SYS_ADMIN '
    + '(Kubernetes pkg/apis/core/validation, ValidateSecurityContext).',
  example: {
    refused: deployment({ container: 'securityContext: { privileged: true, allowPrivilegeEscalation: false }' }),
    accepted: deployment({ container: 'securityContext: { allowPrivilegeEscalation: false }' }),
  },
  findings: container => container.security.privileged !== true || container.security.allowPrivilegeEscalation !== false ? [] : [{
    field: `${container.field}.securityContext.allowPrivilegeEscalation`,
    value: false,
    reason: `${nameOf(container)} is privileged, and then the API server does not take this`,
    fix: 'remove privileged, or allowPrivilegeEscalation',
  }],
});
