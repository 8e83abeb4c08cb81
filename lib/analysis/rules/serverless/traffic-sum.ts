import { REFUSED_BY_KNATIVE } from './knative-rule';
import { onTraffic } from './traffic';
import { isGiven } from '../../values';

export const trafficSum = onTraffic({
  code: 'SM0138',
  title: 'traffic that does not add up',
  explanation: 'The percentages of all targets add up to 100. A Service without targets sends all of it to the latest revision, a Route has no such default '
    + '(knative/serving pkg/apis/serving/v1/route_validation.go, validateTrafficList; route_defaults.go).',
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
  traffic:
    - revisionName: checkout-00001
      percent: 90
    - latestRevision: true
      percent: 20
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
  traffic:
    - revisionName: checkout-00001
      percent: 90
    - latestRevision: true
      percent: 10
`,
  },
  findings: ({ targets, ofService }) => {
    if (targets.length === 0 && ofService) return [];
    const outside = targets.flatMap(({ percent }, i) => fits(percent) ? [] : [{
      field: `spec.traffic[${i}].percent`, value: percent, reason: 'a share is a whole number from 0 to 100', fix: 'write a whole number from 0 to 100',
    }]);
    const sum = targets.reduce((total, { percent }) => total + (typeof percent === 'number' ? percent : 0), 0);
    return sum === 100 || outside.length > 0 ? outside : [{
      field: 'spec.traffic',
      value: targets.map(({ percent }) => percent ?? 0),
      reason: `the targets get ${sum} percent of the traffic together`,
      fix: 'let the percentages add up to 100',
    }];
  },
});

function fits(percent: unknown): boolean {
  return !isGiven(percent) || (Number.isInteger(percent) && (percent as number) >= 0 && (percent as number) <= 100);
}
