import { isAddress } from './addresses';
import { eachOfNetworking } from './each';
import { domainFault, labelFaults } from './names';
import { Rule } from '../../../rule';
import { fieldsAt, textOf } from '../../../workloads';

export const workloadEntry: Rule = {
  code: 'SM1043',
  title: 'address or label of a workload outside Kubernetes that cannot be',
  explanation: 'A WorkloadEntry is at an IP address, a full name or a socket; its labels, and those of a WorkloadGroup, are labels that pods can have '
    + '(validateWorkloadEntry in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: ledger, namespace: shop }
spec:
  address: 10.0.0.256
  labels: { app: ledger }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: ledger, namespace: shop }
spec:
  address: 10.0.0.25
  labels: { app: ledger }
`,
  },
  check: eachOfNetworking(['WorkloadEntry', 'WorkloadGroup'], (spec, { manifest }) => {
    if (manifest.kind === 'WorkloadGroup') return labelFaults(fieldsAt(spec, 'metadata').labels, 'spec.metadata.labels');
    const address = textOf(spec.address);
    const fault = address === undefined || address.startsWith('unix://') || isAddress(address) ? undefined : domainFault(address);
    return [
      ...fault === undefined ? [] : [{ field: 'spec.address', value: address, reason: `it is neither an address nor a full name: ${fault}`, fix: 'write an IP address, a full name or unix:///path' }],
      ...labelFaults(spec.labels, 'spec.labels'),
    ];
  }),
};
