import { deployment } from './examples';
import { nameOf, onContainers, onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { entriesOf, fieldsOf, textOf } from '../../workloads';

/** Beginnings of parameters that reach beyond the pod; those that Kubernetes takes for safe are left out. */
const UNSAFE = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];
const SAFE = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

export const procMount = onContainers({
  code: 'SM0713',
  title: 'container that sees the whole of /proc',
  explanation: 'Runtimes hide parts of /proc through which a process could reach its node (Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['unsafe-proc-mount', 'procMount'],
  example: {
    refused: deployment({ pod: 'hostUsers: false', container: 'securityContext: { procMount: Unmasked }' }),
    accepted: deployment({ container: 'securityContext: { procMount: Default }' }),
  },
  findings: container => container.security.procMount === undefined || container.security.procMount === 'Default' ? [] : [{
    field: `${container.field}.securityContext.procMount`,
    value: container.security.procMount,
    reason: `${nameOf(container)} sees what the runtime hides of /proc`,
    fix: 'leave it out',
  }],
});

export const unsafeSysctls = onWorkloads({
  code: 'SM0714',
  title: 'pod that sets an unsafe kernel parameter',
  explanation: 'Only some parameters are known to stay within the pod; kubelets do not start a pod that sets another one, unless they were told to allow it '
    + '(Kubernetes documentation, sysctls).',
  severity: Severity.INFO,
  peers: ['unsafe-sysctls'],
  example: {
    refused: deployment({ pod: 'securityContext: { sysctls: [{ name: net.core.somaxconn, value: "1024" }] }' }),
    accepted: deployment({ pod: 'securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }' }),
  },
  findings: workload => entriesOf(fieldsOf(workload.spec.securityContext).sysctls, `${workload.path}spec.securityContext.sysctls`)
    .map(({ field, value }) => ({ field, name: textOf(value.name) ?? '' }))
    .filter(({ name }) => UNSAFE.some(beginning => name.startsWith(beginning)) && !SAFE.includes(name))
    .map(({ field, name }) => ({
      field: `${field}.name`,
      value: name,
      reason: 'kubelets do not start the pod unless they were told to allow this parameter',
      fix: 'leave it out, or allow it on the nodes',
    })),
});
