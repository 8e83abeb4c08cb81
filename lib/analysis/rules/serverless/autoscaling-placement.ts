import { AUTOSCALING_GROUP } from './autoscaling-annotations';
import { REFUSED_BY_KNATIVE } from './knative-rule';
import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { scalarMapOf } from '../../values';

export const autoscalingPlacement: Rule = {
  code: 'SM0115',
  title: 'autoscaling annotations in the wrong place',
  explanation: 'Each revision scales on its own, so the annotations belong to what revisions are made from '
    + '(knative/serving pkg/apis/serving/metadata_validation.go, ValidateHasNoAutoscalingAnnotation).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
  annotations:
    autoscaling.knative.dev/min-scale: "1"
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
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: "1"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  check: context => ['Service', 'Configuration', 'Route'].flatMap(kind => context.model.ofKind(SERVING_GROUP, kind)).forEach(object => {
    for (const [key, value] of Object.entries(scalarMapOf(object.manifest.metadata?.annotations))) {
      if (!key.startsWith(AUTOSCALING_GROUP)) continue;
      context.report(object, {
        field: `metadata.annotations[${key}]`,
        value,
        reason: `autoscaling annotations have no place on a ${object.manifest.kind}: each revision scales on its own`,
        fix: object.manifest.kind === 'Route' ? 'move it to the Service or Configuration, under spec.template.metadata.annotations'
          : 'move it to spec.template.metadata.annotations; or, with the constructs, use the property autoscaling',
      });
    }
  }),
};
