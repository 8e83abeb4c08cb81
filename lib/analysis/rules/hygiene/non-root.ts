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
    const safe = (typeof user === 'number' && user > 0) || (mustNot && user !== 0);
    return [
      ...safe ? [] : [{
        field: `${container.field}.securityContext.runAs${user === 0 ? 'User' : 'NonRoot'}`,
        value: user === 0 ? user : effective(container, 'runAsNonRoot'),
        reason: mustNot ? `${nameOf(container)} must not run as root and is told to, so the kubelet does not start it` : `${nameOf(container)} may run as root`,
        fix: mustNot ? 'name another user' : 'set runAsNonRoot to true, or name a user other than 0',
        ...mustNot ? { severity: Severity.ERROR } : {},
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
