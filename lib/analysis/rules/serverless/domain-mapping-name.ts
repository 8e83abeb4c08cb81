import { REFUSED_BY_KNATIVE } from './knative-rule';
import { isDns1123Label } from './names';
import { SERVING_GROUP } from './templates';
import { Rule } from '../../rule';
import { fieldsOf, isSet } from '../../values';

export const domainMappingName: Rule = {
  code: 'SM0149',
  title: 'a domain mapping that maps no domain',
  explanation: 'The name of a DomainMapping is the domain itself, of at least two labels and outside of the cluster\'s own domain, whose hosts Knative '
    + 'gives out (knative/serving pkg/apis/serving/v1beta1/domainmapping_validation.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: { name: shop, namespace: shop }
spec:
  ref:
    apiVersion: serving.knative.dev/v1
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
    const { name, generateName } = fieldsOf(object.manifest.metadata);
    const { clusterDomain } = context.profile(object);
    if (isSet(generateName)) {
      context.report(object, {
        field: 'metadata.generateName', value: generateName, reason: 'the name is the domain, which cannot be made up', fix: 'write the domain as metadata.name',
      });
    }
    if (typeof name !== 'string' || !isDomain(name)) {
      context.report(object, {
        field: 'metadata.name',
        value: name,
        reason: 'the name is the domain to map: labels of lower-case letters, digits and dashes with dots between them, at least two',
        fix: 'write a domain such as shop.example.com; a wildcard cannot be mapped',
      });
    } else if (name.endsWith(`.${clusterDomain}`)) {
      context.report(object, {
        field: 'metadata.name',
        value: name,
        reason: `hosts under ${clusterDomain} are given out by the cluster itself`,
        fix: 'map a domain of your own',
      });
    }
  }),
};

function isDomain(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  return text.length <= 253 && labels.length >= 2 && labels.every(isDns1123Label);
}
