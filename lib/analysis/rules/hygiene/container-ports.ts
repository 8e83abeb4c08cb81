import { deployment } from './examples';
import { nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';
import { entriesOf, numberOf } from '../../workloads';

export const reservedPorts = onContainers({
  code: 'SM0715',
  title: 'container on a port that needs rights',
  explanation: 'Ports below 1024 used to be for root alone, and 22 is that of SSH, which a container hardly needs.',
  severity: Severity.INFO,
  peers: ['privileged-ports'],
  example: {
    refused: deployment({ container: 'ports: [{ containerPort: 22 }]' }),
    accepted: deployment({ container: 'ports: [{ containerPort: 2222 }]' }),
  },
  findings: container => entriesOf(container.value.ports, `${container.field}.ports`).flatMap(({ field, value }) => {
    const port = numberOf(value.containerPort);
    if (port === undefined || port <= 0 || port >= 1024) return [];
    const ssh = port === 22 && (value.protocol ?? 'TCP') === 'TCP';
    return [{
      field: `${field}.containerPort`,
      value: port,
      reason: ssh ? `${nameOf(container)} takes the port of SSH` : `${nameOf(container)} takes a port that not every user may take`,
      fix: 'let the program listen above 1024; the port of the Service stays',
      ...ssh ? { peers: ['privileged-ports', 'ssh-port'] } : {},
    }];
  }),
});
