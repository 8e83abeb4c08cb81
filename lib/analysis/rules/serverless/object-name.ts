import { REFUSED_BY_KNATIVE } from './knative-rule';
import { DNS_1035 } from './names';
import { SERVING_GROUP } from './templates';
import { isDns1035Label } from '../../../core/names';
import { Rule } from '../../rule';
import { fieldsOf, isSet } from '../../values';

export const objectName: Rule = {
  code: 'SM0136',
  title: 'a name that is no part of a host',
  explanation: 'Hosts and the names of further objects are made from the name of a service, so it is a DNS-1035 label. A name of 63 characters works; from '
    + '57 on the names of revisions are cut and end in a hash (knative.dev/pkg/apis/metadata_validation.go; knative.dev/pkg/kmeta/names.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: Checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  check: context => ['Service', 'Configuration', 'Route', 'Revision'].flatMap(kind => context.model.ofKind(SERVING_GROUP, kind)).forEach(object => {
    const { name, generateName } = fieldsOf(object.manifest.metadata);
    if (!isSet(name) && !isSet(generateName)) {
      context.report(object, { field: 'metadata.name', value: name, reason: 'the object has no name', fix: 'name it' });
    }
    if (isSet(name) && !(typeof name === 'string' && isDns1035Label(name))) {
      context.report(object, { field: 'metadata.name', value: name, reason: `the name has ${DNS_1035}`, fix: `rename it${suggestion(name)}` });
    }
    if (isSet(generateName) && !(typeof generateName === 'string' && isPrefix(generateName))) {
      context.report(object, { field: 'metadata.generateName', value: generateName, reason: `a name made from it has ${DNS_1035}`, fix: 'choose another prefix' });
    }
  }),
};

/** Whether a name can begin so: it may end with a dash, as other text follows. */
export function isPrefix(text: string): boolean {
  return isDns1035Label(text.replace(/(.)-$/, '$1a'));
}

function suggestion(name: unknown): string {
  const candidate = String(name).replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 63);
  return isDns1035Label(candidate) ? `, as in ${candidate}` : '';
}
