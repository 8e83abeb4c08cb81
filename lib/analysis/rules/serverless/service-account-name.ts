import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { isDns1123Subdomain } from './names';
import { isSet } from '../../values';

export const serviceAccountName = onTemplates({
  code: 'SM0133',
  title: 'a service account that cannot exist',
  explanation: 'The name of a service account is a DNS subdomain (knative/serving pkg/apis/serving/k8s_validation.go, ValidatePodSpec).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      serviceAccountName: shop/checkout
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      serviceAccountName: checkout
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ spec, specField }) => {
    const name = spec.serviceAccountName;
    return !isSet(name) || (typeof name === 'string' && isDns1123Subdomain(name)) ? [] : [{
      field: `${specField}.serviceAccountName`,
      value: name,
      reason: 'the name of a service account has lower-case letters, digits, dashes and dots',
      fix: 'name a service account of the namespace, without its namespace',
    }];
  },
});
