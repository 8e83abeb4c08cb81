import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { entriesOf, fieldsOf } from '../../workloads';

export const manyLookups = onWorkloads({
  code: 'SM0763',
  title: 'pod that looks up every foreign host several times',
  explanation: 'By default a name with fewer than five dots is tried with every search domain of the cluster first (ndots:5), so each lookup of a foreign host '
    + 'is four or more (Kubernetes documentation, DNS for Services and Pods).',
  severity: Severity.INFO,
  peers: ['dnsconfig-options'],
  example: {
    refused: deployment({}),
    accepted: deployment({ pod: 'dnsConfig: { options: [{ name: ndots, value: "2" }] }' }),
  },
  findings: workload => {
    const { dnsPolicy } = workload.spec;
    const options = entriesOf(fieldsOf(workload.spec.dnsConfig).options, '');
    if ((dnsPolicy !== undefined && dnsPolicy !== 'ClusterFirst') || options.some(({ value }) => value.name === 'ndots')) return [];
    return [{
      field: `${workload.path}spec.dnsConfig.options`,
      reason: 'every lookup of a foreign host tries the search domains of the cluster first',
      fix: 'set ndots to 2 if its programs call hosts outside of the cluster often',
    }];
  },
});
