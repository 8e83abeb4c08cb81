import { REFUSED_BY_KNATIVE } from './knative-rule';
import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { fieldsOf, isSet } from '../../values';

export const domainMappingRef: Rule = {
  code: 'SM0150',
  title: 'a domain mapping that leads nowhere',
  explanation: 'spec.ref names an object of the same namespace by apiVersion, kind and name '
    + '(knative/serving pkg/apis/serving/v1beta1/domainmapping_validation.go; knative.dev/pkg/apis/duck/v1/knative_reference.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: { name: shop.example.com, namespace: shop }
spec:
  ref:
    kind: Service
    name: checkout
`,
    accepted: `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: { name: shop.example.com, namespace: shop }
spec:
  ref:
    apiVersion: serving.knative.dev/v1
    kind: Service
    name: checkout
`,
  },
  check: context => context.model.ofKind(SERVING_GROUP, 'DomainMapping').forEach(object => {
    const ref = fieldsOf(fieldsOf(object.manifest.spec).ref);
    const { namespace } = fieldsOf(object.manifest.metadata);
    for (const name of ['apiVersion', 'kind', 'name'].filter(candidate => !isSet(ref[candidate]))) {
      context.report(object, {
        field: `spec.ref.${name}`, reason: `the reference has no ${name}`, fix: 'name apiVersion, kind and name of the service',
      });
    }
    if (isSet(ref.group)) {
      context.report(object, { field: 'spec.ref.group', value: ref.group, reason: 'a DomainMapping is not resolved by group', fix: 'write apiVersion instead' });
    }
    if (isSet(ref.namespace) && isSet(namespace) && ref.namespace !== namespace) {
      context.report(object, {
        field: 'spec.ref.namespace',
        value: ref.namespace,
        reason: `the mapping is in namespace ${String(namespace)} and can only lead to an object there`,
        fix: 'write the mapping in the namespace of the service',
      });
    }
  }),
};
