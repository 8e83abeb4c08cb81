import { REFUSED_BY_KNATIVE } from './knative-rule';
import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { fieldsOf, listOf, scalarMapOf } from '../../values';

const OWNERS = [
  { kind: 'Configuration', label: `${SERVING_GROUP}/service`, owner: 'Service' },
  { kind: 'Route', label: `${SERVING_GROUP}/service`, owner: 'Service' },
  { kind: 'Revision', label: `${SERVING_GROUP}/configuration`, owner: 'Configuration' },
];

export const ownerLabel: Rule = {
  code: 'SM0147',
  title: 'a label that claims an owner',
  explanation: 'Knative labels what it makes for a Service or Configuration, and refuses the label on objects that no such owner has '
    + '(knative/serving pkg/apis/serving/v1/configuration_validation.go, verifyLabelOwnerRef).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Configuration
metadata:
  name: checkout
  namespace: shop
  labels:
    serving.knative.dev/service: checkout
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Configuration
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
  check: context => OWNERS.forEach(({ kind, label, owner }) => context.model.ofKind(SERVING_GROUP, kind).forEach(object => {
    const metadata = fieldsOf(object.manifest.metadata);
    const claimed = scalarMapOf(metadata.labels)[label];
    const owned = listOf(metadata.ownerReferences).map(fieldsOf).some(reference => reference.kind === owner && reference.name === claimed);
    if (claimed === undefined || owned) return;
    context.report(object, {
      field: `metadata.labels[${label}]`,
      value: claimed,
      reason: `the label says that ${owner} ${claimed} made the object, and no owner reference does`,
      fix: `drop the label; to have a ${kind} made for you, write the ${owner}`,
    });
  })),
};
