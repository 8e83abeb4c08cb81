import { deployment } from './examples';
import { nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';
import { entriesOf, fieldsOf } from '../../workloads';

export const hostPorts = onContainers({
  code: 'SM0709',
  title: 'container on a port of its node',
  explanation: 'A port of a node is reachable past Services and policies, and only one pod of a node can have it (Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['hostPortSet'],
  example: {
    refused: deployment({ container: 'ports: [{ containerPort: 8080, hostPort: 80 }]' }),
    accepted: deployment({ container: 'ports: [{ containerPort: 8080 }]' }),
  },
  findings: container => entriesOf(container.value.ports, `${container.field}.ports`)
    .filter(({ value }) => typeof value.hostPort === 'number' && value.hostPort !== 0)
    .map(({ value, field }) => ({
      field: `${field}.hostPort`,
      value: value.hostPort,
      reason: `${nameOf(container)} takes a port of its node`,
      fix: 'put a Service in front of the pods',
    })),
});

export const hostProcess = onContainers({
  code: 'SM0710',
  title: 'container that is a process of its Windows node',
  explanation: 'A HostProcess container has the rights of its node (Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['hostProcess'],
  example: {
    refused: deployment({ container: 'securityContext: { windowsOptions: { hostProcess: true } }' }),
    accepted: deployment({ container: 'securityContext: { windowsOptions: { hostProcess: false } }' }),
  },
  findings: container => {
    const own = fieldsOf(container.security.windowsOptions).hostProcess;
    const given = own ?? fieldsOf(container.podSecurity.windowsOptions).hostProcess;
    return given !== true ? [] : [{
      field: own === undefined ? `${container.workload.path}spec.securityContext.windowsOptions.hostProcess` : `${container.field}.securityContext.windowsOptions.hostProcess`,
      value: true,
      reason: `${nameOf(container)} runs with the rights of its node`,
      fix: 'set it to false',
    }];
  },
});
