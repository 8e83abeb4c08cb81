import { REFUSED_BY_KNATIVE } from './knative-rule';
import { spanFindings } from './progress-deadline';
import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { scalarMapOf } from '../../values';

export const rolloutDuration: Rule = {
  code: 'SM0146',
  title: 'a rollout duration that is no time',
  explanation: 'Over how long traffic moves to the latest revision, as a duration of Go in whole seconds '
    + '(knative/serving pkg/apis/serving/metadata_validation.go, ValidateRolloutDurationAnnotation).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
  annotations:
    serving.knative.dev/rollout-duration: 5 minutes
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
  annotations:
    serving.knative.dev/rollout-duration: 5m
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  check: context => ['Service', 'Route'].flatMap(kind => context.model.ofKind(SERVING_GROUP, kind)).forEach(object => {
    const annotations = scalarMapOf(object.manifest.metadata?.annotations);
    const key = [`${SERVING_GROUP}/rollout-duration`, `${SERVING_GROUP}/rolloutDuration`].find(candidate => candidate in annotations);
    if (key) spanFindings(annotations[key], `metadata.annotations[${key}]`).forEach(finding => context.report(object, finding));
  }),
};
