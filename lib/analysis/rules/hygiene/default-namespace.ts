import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';

export const defaultNamespace = onWorkloads({
  code: 'SM0756',
  title: 'workload in the namespace default',
  explanation: 'Quotas, policies and rights hold for a namespace, and everybody who forgets to name one is in default (CIS Kubernetes Benchmark 5.7.4).',
  severity: Severity.INFO,
  peers: ['use-namespace'],
  example: {
    refused: deployment({}).replace('namespace: shop', 'namespace: default'),
    accepted: deployment({}),
  },
  findings: ({ namespace }) => namespace !== 'default' ? [] : [{
    field: 'metadata.namespace',
    reason: 'it is in the namespace default, with everything else that names none',
    fix: 'name a namespace of the application',
  }],
});
