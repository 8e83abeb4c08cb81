import { MAX_INT32 } from './go-values';
import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, listOf } from '../../values';

export const securityIds = onTemplates({
  code: 'SM0131',
  title: 'a user or group that does not exist',
  explanation: 'Users and groups are numbers from 0 to 2147483647 (knative/serving pkg/apis/serving/k8s_validation.go, validateSecurityContext).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          securityContext:
            runAsUser: -1
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          securityContext:
            runAsUser: 1000
`,
  },
  findings: template => {
    const pod = fieldsOf(template.spec.securityContext);
    return [
      ...outside(pod, ['runAsUser', 'runAsGroup', 'fsGroup'], `${template.specField}.securityContext`),
      ...listOf(pod.supplementalGroups).flatMap((group, i) => fits(group) ? [] : [finding(`${template.specField}.securityContext.supplementalGroups[${i}]`, group)]),
      ...containersOf(template).flatMap(({ container, field }) => outside(fieldsOf(container.securityContext), ['runAsUser', 'runAsGroup'], `${field}.securityContext`)),
    ];
  },
});

function outside(fields: Fields, names: string[], at: string): Finding[] {
  return names.filter(name => isGiven(fields[name]) && !fits(fields[name])).map(name => finding(`${at}.${name}`, fields[name]));
}

function fits(id: unknown): boolean {
  return Number.isInteger(id) && (id as number) >= 0 && (id as number) <= MAX_INT32;
}

function finding(field: string, value: unknown): Finding {
  return { field, value, reason: `users and groups are whole numbers from 0 to ${MAX_INT32}`, fix: 'choose a number in this range, other than 0' };
}
