import { deployment } from './examples';
import { nameOf, onContainers, podContainers } from './pods';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, numberOf, textOf } from '../../workloads';

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

export const portNames: Rule = {
  code: 'SM0716',
  title: 'port name that is none',
  explanation: 'The name of a port has at most 15 lower-case letters, digits and hyphens, at least one letter, and no hyphen at an end or beside another; '
    + 'the API server refuses others (RFC 6335, Kubernetes IsValidPortName).',
  peers: ['invalid-target-ports'],
  example: {
    refused: deployment({ container: 'ports: [{ name: metrics-and-health, containerPort: 9090 }]' }),
    accepted: deployment({ container: 'ports: [{ name: http-metrics, containerPort: 9090 }]' }),
  },
  check(context) {
    for (const container of podContainers(context.model)) {
      for (const { field, value } of entriesOf(container.value.ports, `${container.field}.ports`)) {
        const name = textOf(value.name);
        const flaw = name && flawOf(name);
        if (flaw) context.report(container.object, { field: `${field}.name`, value: name, reason: flaw, fix: 'shorten or correct it' });
      }
    }
    for (const service of context.model.ofKind('', 'Service')) {
      for (const { field, value } of entriesOf(fieldsOf(service.manifest.spec).ports, 'spec.ports')) {
        const { targetPort } = value;
        const flaw = typeof targetPort === 'string' ? flawOf(targetPort)
          : typeof targetPort === 'number' && targetPort !== 0 && (targetPort < 1 || targetPort > 65535) ? 'a port is a number from 1 to 65535' : undefined;
        if (flaw) context.report(service, { field: `${field}.targetPort`, value: targetPort, reason: flaw, fix: 'write the number or the name of a port of the pods' });
      }
    }
  },
};

function flawOf(name: string): string | undefined {
  if (name === '' || name.length > 15) return 'the name of a port has 1 to 15 characters';
  if (!/^[a-z0-9-]+$/.test(name)) return 'the name of a port is made of lower-case letters, digits and hyphens';
  if (!/[a-z]/.test(name)) return 'the name of a port has at least one letter';
  return /^-|-$|--/.test(name) ? 'the name of a port has no hyphen at an end, and no two in a row' : undefined;
}
