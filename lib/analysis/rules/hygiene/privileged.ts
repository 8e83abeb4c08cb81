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
