import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';

const NAMESPACES: readonly (readonly [field: string, shared: string, peers: string[]])[] = [
  ['hostNetwork', 'the network of its node, and is in no mesh', ['host-network', 'hostNetworkSet']],
  ['hostPID', 'the processes of its node', ['host-pid', 'hostPIDSet']],
  ['hostIPC', 'the shared memory of its node', ['host-ipc', 'hostIPCSet']],
];

export const hostNamespaces = onWorkloads({
  code: 'SM0708',
  title: 'pod in a namespace of its node',
  explanation: 'A pod that shares its node\'s network, processes or memory sees and reaches what other pods of the node do '
    + '(Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: NAMESPACES.flatMap(([, , peers]) => peers),
  example: {
    refused: deployment({ pod: 'hostNetwork: true' }),
    accepted: deployment({}),
  },
  findings: workload => NAMESPACES.filter(([field]) => workload.spec[field] === true).map(([field, shared, peers]) => ({
    field: `${workload.path}spec.${field}`,
    value: true,
    reason: `the pod shares ${shared}`,
    fix: 'leave it out',
    peers,
  })),
});
