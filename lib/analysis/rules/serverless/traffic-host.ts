import { onTraffic } from './traffic';
import { isSet } from '../../values';

export const trafficHost = onTraffic({
  code: 'SM0141',
  title: 'a tag that makes the host too long',
  explanation: 'A tagged target answers at <tag>-<service>, which is one label of a host and has at most 63 characters; beyond that the route never gets '
    + 'ready (knative/serving pkg/reconciler/route/domains/domains.go). A cluster may have another tag-template.',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: confirmation-of-orders-of-the-shop, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
  traffic:
    - latestRevision: true
      percent: 100
      tag: candidate-for-the-autumn-campaign
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: confirmation-of-orders-of-the-shop, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
  traffic:
    - latestRevision: true
      percent: 100
      tag: autumn-campaign
`,
  },
  findings: ({ targets, name }) => targets.flatMap(({ tag }, i) => {
    const label = `${String(tag)}-${name ?? ''}`;
    return !isSet(tag) || !name || label.length <= 63 ? [] : [{
      field: `spec.traffic[${i}].tag`,
      value: tag,
      reason: `the host of this target would begin with ${label}, which has ${label.length} characters where 63 are allowed`,
      fix: `shorten the tag by ${label.length - 63} characters or more`,
    }];
  }),
});
