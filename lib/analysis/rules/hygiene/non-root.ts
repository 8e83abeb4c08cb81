import { deployment } from './examples';
import { effective, nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';

export const nonRoot = onContainers({
  code: 'SM0704',
  title: 'container that may run as root',
  explanation: 'Without runAsNonRoot or a user the image decides, and many images run as root (Kubernetes pod security standards, restricted).',
  severity: Severity.INFO,
  peers: ['run-as-non-root', 'runAsRootAllowed'],
  example: {
    refused: deployment({ container: 'securityContext: { runAsUser: 0 }' }),
    accepted: deployment({ container: 'securityContext: { runAsNonRoot: true }' }),
  },
  findings: container => {
    const user = effective(container, 'runAsUser');
    const mustNot = effective(container, 'runAsNonRoot') === true;
    const group = effective(container, 'runAsGroup');
    return [
      ...mustNot || (typeof user === 'number' && user > 0) ? [] : [{
        field: `${container.field}.securityContext.runAs${user === 0 ? 'User' : 'NonRoot'}`,
        value: user === 0 ? user : effective(container, 'runAsNonRoot'),
        reason: `${nameOf(container)} may run as root`,
        fix: 'set runAsNonRoot to true, or name a user other than 0',
      }],
      ...group === 0 ? [{
        field: `${container.field}.securityContext.runAsGroup`,
        value: 0,
        reason: `${nameOf(container)} runs in the group of root`,
        fix: 'name another group',
        peers: ['run-as-non-root'],
      }] : [],
    ];
  },
});

export const rootContradiction = onContainers({
  code: 'SM0760',
  title: 'container that must not run as root and is told to',
  explanation: 'The kubelet does not start a container whose runAsUser is 0 while runAsNonRoot is true (Kubernetes documentation, security context).',
  peers: ['run-as-non-root', 'runAsRootAllowed'],
  example: {
    refused: deployment({ container: 'securityContext: { runAsNonRoot: true, runAsUser: 0 }' }),
    accepted: deployment({ container: 'securityContext: { runAsNonRoot: true, runAsUser: 1000 }' }),
  },
  findings: container => effective(container, 'runAsNonRoot') !== true || effective(container, 'runAsUser') !== 0 ? [] : [{
    field: `${container.field}.securityContext.runAsUser`,
    value: 0,
    reason: `${nameOf(container)} must not run as root and is told to, so the kubelet does not start it`,
    fix: 'name another user',
  }],
});
