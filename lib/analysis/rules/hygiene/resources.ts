import { deployment } from './examples';
import { nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';
import { fieldsOf } from '../../workloads';

const WANTED: readonly (readonly [list: 'requests' | 'limits', resource: 'cpu' | 'memory', without: string, peers: string[]])[] = [
  ['requests', 'cpu', 'gets what the others of its node leave', ['unset-cpu-requirements', 'cpuRequestsMissing']],
  ['requests', 'memory', 'is put on nodes without room for it', ['memoryRequestsMissing']],
  ['limits', 'cpu', 'may take all processors of its node', ['cpuLimitsMissing']],
  ['limits', 'memory', 'may take all memory of its node', ['unset-memory-requirements', 'memoryLimitsMissing']],
];

export const resources = onContainers({
  code: 'SM0720',
  title: 'container that does not say what it needs',
  explanation: 'The scheduler places pods by their requests, and the kernel stops containers by their limits (Kubernetes documentation, resource management). '
    + 'A limit of processors slows a container down even where the node is idle; leave it out on purpose if you know why.',
  severity: Severity.INFO,
  peers: WANTED.flatMap(([, , , peers]) => peers),
  example: {
    refused: deployment({ container: 'resources: { requests: { cpu: 100m, memory: 128Mi } }' }),
    accepted: deployment({ container: 'resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: "1", memory: 128Mi } }' }),
  },
  findings: container => {
    if (container.init) return [];
    const said = fieldsOf(container.value.resources);
    const limits = fieldsOf(said.limits);
    return WANTED.filter(([list, resource]) => !isSaid(fieldsOf(said[list])[resource])).map(([list, resource, without, peers]) => ({
      field: `${container.field}.resources.${list}.${resource}`,
      // what is limited and not requested is requested in full
      reason: list === 'requests' && isSaid(limits[resource])
        ? `${nameOf(container)} requests its whole limit, since it says nothing else`
        : `${nameOf(container)} ${without}`,
      fix: 'set it to what the program was measured to need',
      peers,
    }));
  },
});

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
