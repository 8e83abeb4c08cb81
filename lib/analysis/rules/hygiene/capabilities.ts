import { deployment } from './examples';
import { nameOf, onContainers, PodContainer } from './pods';
import { Severity } from '../../../core/problem';
import { fieldsOf, textsOf } from '../../workloads';

const DANGEROUS = ['ALL', 'SYS_ADMIN', 'NET_ADMIN'];

/** What a container runtime gives to every container unless it is dropped. */
const GIVEN = ['NET_ADMIN', 'CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP', 'SETPCAP', 'NET_BIND_SERVICE',
  'SYS_CHROOT', 'KILL', 'AUDIT_WRITE'];

export const dangerousCapabilities = onContainers({
  code: 'SM0705',
  title: 'container with a capability that is as good as root',
  explanation: 'SYS_ADMIN and NET_ADMIN let a process change mounts and the network of its node (Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['dangerousCapabilities'],
  example: {
    refused: deployment({ container: 'securityContext: { capabilities: { add: [SYS_ADMIN] } }' }),
    accepted: deployment({ container: 'securityContext: { capabilities: { add: [NET_BIND_SERVICE], drop: [ALL] } }' }),
  },
  findings: container => listed(container, 'add').filter(name => DANGEROUS.includes(name)).map(name => ({
    field: `${container.field}.securityContext.capabilities.add`,
    value: name,
    reason: `${name} gives ${nameOf(container)} power over its node`,
    fix: 'add the narrower capability that is needed, or none',
    ...name === 'SYS_ADMIN' ? { peers: ['dangerousCapabilities', 'privilege-escalation-container'] } : {},
  })),
});

export const capabilitiesKept = onContainers({
  code: 'SM0706',
  title: 'container that keeps capabilities it hardly needs',
  explanation: 'A runtime gives a container more than a dozen capabilities, NET_RAW among them, with which it can forge packets '
    + '(Kubernetes pod security standards, restricted).',
  severity: Severity.INFO,
  peers: ['insecureCapabilities'],
  example: {
    refused: deployment({ container: 'securityContext: { capabilities: { drop: [KILL] } }' }),
    accepted: deployment({ container: 'securityContext: { capabilities: { drop: [ALL] } }' }),
  },
  findings: container => {
    const dropped = listed(container, 'drop');
    if (dropped.includes('ALL')) return [];
    const kept = GIVEN.filter(name => !dropped.includes(name));
    return kept.length === 0 ? [] : [{
      field: `${container.field}.securityContext.capabilities.drop`,
      value: dropped.length === 0 ? undefined : dropped,
      reason: `${nameOf(container)} keeps ${kept.length > 3 ? `${kept.slice(0, 3).join(', ')} and ${kept.length - 3} more` : kept.join(', ')}`,
      fix: 'drop ALL, and add back what the program needs',
      ...kept.includes('NET_RAW') ? { peers: ['insecureCapabilities', 'drop-net-raw-capability'] } : {},
    }];
  },
});

function listed({ security }: PodContainer, list: 'add' | 'drop'): string[] {
  return textsOf(fieldsOf(security.capabilities)[list]).map(name => name.toUpperCase().replace(/^CAP_/, ''));
}
