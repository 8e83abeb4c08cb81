import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { isGiven, serviceAccountOf, textOf } from '../../workloads';

export const defaultServiceAccount = onWorkloads({
  code: 'SM0750',
  title: 'pod under the service account that everybody has',
  explanation: 'What one of the pods of a namespace may do, all of them may that run under default; and the mesh cannot tell them apart '
    + '(Kubernetes documentation, service accounts).',
  severity: Severity.INFO,
  peers: ['default-service-account'],
  example: {
    refused: deployment({ pod: 'serviceAccountName: default' }),
    accepted: `${deployment({ pod: 'serviceAccountName: checkout' })}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
`,
  },
  findings: workload => serviceAccountOf(workload) !== 'default' ? [] : [{
    field: `${workload.path}spec.serviceAccountName`,
    value: workload.spec.serviceAccountName,
    reason: 'it runs under the service account default, as every other pod of the namespace that says nothing',
    fix: 'give it a service account of its own',
  }],
});

export const deprecatedServiceAccount = onWorkloads({
  code: 'SM0751',
  title: 'service account in a field that is on its way out',
  explanation: 'serviceAccount is the old name of serviceAccountName (Kubernetes API, PodSpec).',
  severity: Severity.INFO,
  peers: ['deprecated-service-account-field'],
  example: {
    refused: `${deployment({ pod: 'serviceAccount: checkout' })}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
`,
    accepted: `${deployment({ pod: 'serviceAccountName: checkout' })}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
`,
  },
  findings: workload => {
    const { serviceAccount } = workload.spec;
    if (textOf(serviceAccount) === undefined) return [];
    return [{
      field: `${workload.path}spec.serviceAccount`,
      value: serviceAccount,
      reason: 'the field is deprecated',
      fix: isGiven(workload.spec.serviceAccountName) ? 'remove it; serviceAccountName says it already' : 'write serviceAccountName',
    }];
  },
});

export const tokenMounted = onWorkloads({
  code: 'SM0752',
  title: 'pod with a key to the API server',
  explanation: 'Unless automountServiceAccountToken is false, on the pod or on its service account, every container has a token for the API server, needed or not '
    + '(Kubernetes documentation, service accounts).',
  severity: Severity.INFO,
  peers: ['automountServiceAccountToken'],
  example: {
    refused: deployment({ pod: 'automountServiceAccountToken: true' }),
    accepted: deployment({ pod: 'automountServiceAccountToken: false' }),
  },
  findings: (workload, model) => {
    const own = workload.spec.automountServiceAccountToken;
    if (own === false) return [];
    const account = model.byName('', 'ServiceAccount', workload.namespace, serviceAccountOf(workload));
    if (own === undefined && account?.manifest.automountServiceAccountToken === false) return [];
    return [{
      field: `${workload.path}spec.automountServiceAccountToken`,
      value: own,
      reason: 'its containers get a token for the API server, needed or not',
      fix: 'set it to false where the program does not talk to the API server',
    }];
  },
});
