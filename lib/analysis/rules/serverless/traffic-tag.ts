import { REFUSED_BY_KNATIVE } from './knative-rule';
import { DNS_1035 } from './names';
import { onTraffic } from './traffic';
import { isDns1035Label } from '../../../core/names';
import { isSet } from '../../values';

export const trafficTag = onTraffic({
  code: 'SM0140',
  title: 'a tag of traffic that is no part of a host, or comes twice',
  explanation: 'A tag gives a target a host of its own, <tag>-<service> as shipped '
    + '(knative/serving pkg/apis/serving/v1/route_validation.go, validateTrafficList).',
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
      percent: 100
    - latestRevision: true
      percent: 0
      tag: v1.1
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
      percent: 100
    - latestRevision: true
      percent: 0
      tag: v1-1
`,
  },
  findings: ({ targets }) => targets.flatMap(({ tag }, i) => {
    if (!isSet(tag)) return [];
    const at = { field: `spec.traffic[${i}].tag`, value: tag };
    const first = targets.findIndex(other => other.tag === tag);
    if (typeof tag !== 'string' || !isDns1035Label(tag)) return [{ ...at, reason: `a tag has ${DNS_1035}`, fix: 'rename it' }];
    return first < i ? [{ ...at, reason: `traffic[${first}] already has this tag`, fix: 'give each target a tag of its own' }] : [];
  }),
});
