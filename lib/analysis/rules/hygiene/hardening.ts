import { deployment } from './examples';
import { nameOf, onContainers, PodContainer } from './pods';
import { Severity } from '../../../core/problem';
import { fieldsOf, textOf, textsOf } from '../../workloads';

export const hardening = onContainers({
  code: 'SM0707',
  title: 'container that nothing of Linux holds back',
  explanation: 'A seccomp or AppArmor profile, SELinux options or dropped capabilities keep a process from calls that it does not need '
    + '(Kubernetes pod security standards).',
  severity: Severity.INFO,
  peers: ['linuxHardening'],
  example: {
    refused: deployment({ pod: 'securityContext: { seccompProfile: { type: Unconfined } }' }),
    accepted: deployment({ pod: 'securityContext: { seccompProfile: { type: RuntimeDefault } }' }),
  },
  findings: container => hardened(container) ? [] : [{
    field: `${container.field}.securityContext`,
    reason: `no seccomp or AppArmor profile, no SELinux options and no dropped capability holds ${nameOf(container)} back`,
    fix: 'set seccompProfile.type to RuntimeDefault on the pod',
  }],
});

function hardened(container: PodContainer): boolean {
  const { security, podSecurity, workload, value } = container;
  const seccomp = textOf(fieldsOf(security.seccompProfile).type) ?? textOf(fieldsOf(podSecurity.seccompProfile).type);
  if (seccomp !== undefined && seccomp !== 'Unconfined') return true;
  if (Object.keys(fieldsOf(security.seLinuxOptions ?? podSecurity.seLinuxOptions)).length > 0) return true;
  const capabilities = fieldsOf(security.capabilities);
  if (textsOf(capabilities.drop).length > 0 && !textsOf(capabilities.add).some(name => name.toUpperCase() === 'ALL')) return true;
  const appArmor = textOf(fieldsOf(security.appArmorProfile ?? podSecurity.appArmorProfile).type)
    ?? workload.annotations[`container.apparmor.security.beta.kubernetes.io/${String(value.name)}`];
  return appArmor !== undefined && appArmor.toLowerCase() !== 'unconfined';
}
