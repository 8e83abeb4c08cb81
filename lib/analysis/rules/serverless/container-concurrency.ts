import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { isGiven } from '../../values';

export const containerConcurrency = onTemplates({
  code: 'SM0125',
  title: 'a container concurrency that the cluster does not allow',
  explanation: 'Requests per pod at a time, from 0 (unlimited) or 1 to the limit of the cluster (container-concurrency-max-limit and '
    + 'allow-container-concurrency-zero in config-defaults) (knative/serving pkg/apis/serving/metadata_validation.go, ValidateContainerConcurrency).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containerConcurrency: 2000
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containerConcurrency: 1000
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ object, spec, specField }, context) => {
    const value = spec.containerConcurrency;
    const { maxContainerConcurrency = 1000, allowUnlimitedConcurrency = true } = context.profile(object).revision;
    const least = allowUnlimitedConcurrency ? 0 : 1;
    const fits = !isGiven(value) || (Number.isInteger(value) && (value as number) >= least && (value as number) <= maxContainerConcurrency);
    return fits ? [] : [{
      field: `${specField}.containerConcurrency`,
      value,
      reason: `the cluster takes a whole number from ${least} to ${maxContainerConcurrency}${least === 0 ? ', where 0 is unlimited' : ''}`,
      fix: 'choose a number in this range, or leave it out',
    }];
  },
});
