import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { scalarMapOf } from '../../values';

const OWNED = [`${SERVING_GROUP}/creator`, `${SERVING_GROUP}/lastModifier`];

export const serverOwnedAnnotation: Rule = {
  code: 'SM0142',
  title: 'an annotation that Knative writes itself',
  explanation: 'The webhook notes who made and who changed an object. It overwrites what a manifest says when the object is made, and refuses the manifest when '
    + 'it is applied again and says something else (knative.dev/pkg/apis/metadata_validation.go, ValidateCreatorAndModifier; '
    + 'knative/serving pkg/apis/serving/metadata_validation.go, SetUserInfo).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
  annotations:
    serving.knative.dev/creator: alice@example.com
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
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  check: context => ['Service', 'Configuration', 'Route', 'DomainMapping'].flatMap(kind => context.model.ofKind(SERVING_GROUP, kind)).forEach(object => {
    const annotations = scalarMapOf(object.manifest.metadata?.annotations);
    for (const key of OWNED.filter(owned => owned in annotations)) {
      context.report(object, {
        field: `metadata.annotations[${key}]`,
        value: annotations[key],
        reason: 'Knative writes this annotation itself, and refuses the object when it is applied again with another value',
        fix: 'drop it',
      });
    }
  }),
};
