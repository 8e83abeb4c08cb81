import { onTemplates } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { fieldsOf, listOf, stringOf } from '../../values';

export const envDuplicate = onTemplates({
  code: 'SM0111',
  title: 'one variable twice',
  explanation: 'In the schema of a Knative Service the variables are a map by name, so the API server refuses a name that comes twice '
    + '(x-kubernetes-list-type: map in knative/serving config/core/300-resources/service.yaml).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env:
            - name: LOG_LEVEL
              value: info
            - name: LOG_LEVEL
              value: debug
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env:
            - name: LOG_LEVEL
              value: debug
`,
  },
  findings: template => containersOf(template).filter(({ role }) => role !== ContainerRole.INIT).flatMap(({ container, field }) => {
    const names = listOf(container.env).map(variable => stringOf(fieldsOf(variable).name));
    return names.flatMap((name, i) => name && names.indexOf(name) < i ? [{
      field: `${field}.env[${i}].name`,
      value: name,
      reason: `the variable is already set at env[${names.indexOf(name)}]`,
      fix: 'keep one of them',
    }] : []);
  }),
});
