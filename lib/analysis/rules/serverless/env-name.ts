import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { fieldsOf, isSet, listOf } from '../../values';

const RESERVED: readonly unknown[] = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];

export const envName = onTemplates({
  code: 'SM0110',
  title: 'a variable that is Knative\'s, or has no name',
  explanation: 'Knative sets PORT, K_SERVICE, K_CONFIGURATION and K_REVISION itself; only PORT of a container that does not serve is free '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, reservedEnvVars).',
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
          env:
            - name: PORT
              value: "3000"
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          ports:
            - containerPort: 3000
`,
  },
  findings: template => containersOf(template).flatMap(({ container, field, role }) => listOf(container.env).flatMap((variable, i) => {
    const name = fieldsOf(variable).name;
    const at = { field: `${field}.env[${i}].name`, value: name };
    if (!isSet(name)) return [{ ...at, reason: 'the variable has no name', fix: 'name it' }];
    if (!RESERVED.includes(name) || (name === 'PORT' && role !== ContainerRole.SERVING)) return [];
    return [{
      ...at,
      reason: `${String(name)} is set by Knative itself`,
      fix: name === 'PORT' ? 'drop it and name the port in ports; the application reads PORT' : 'drop it, or choose another name',
    }];
  })),
});
