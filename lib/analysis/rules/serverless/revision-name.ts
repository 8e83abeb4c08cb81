import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { DNS_1035 } from './names';
import { isPrefix } from './object-name';
import { isDns1035Label } from '../../../core/names';
import { Finding } from '../../rule';
import { fieldsOf, isSet, stringOf } from '../../values';

export const revisionName = onTemplates({
  code: 'SM0137',
  title: 'a revision name that does not fit its service',
  explanation: 'A revision that is named in the template is a DNS-1035 label that begins with the name of its service and a dash '
    + '(knative/serving pkg/apis/serving/v1/revision_validation.go, validateRevisionName).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      name: v2
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      name: checkout-v2
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ object, metadata, metadataField }) => {
    if (object.manifest.kind === 'Revision') return [];
    const findings: Finding[] = [];
    const { name, generateName } = metadata;
    const service = stringOf(fieldsOf(object.manifest.metadata).name);
    const report = (field: string, reason: string, fix: string) =>
      findings.push({ field: `${metadataField}.${field}`, value: metadata[field], reason, fix });

    if (isSet(generateName) && !(typeof generateName === 'string' && isPrefix(generateName))) {
      report('generateName', `a name made from it has ${DNS_1035}`, 'drop it: Knative numbers revisions by itself');
    }
    if (!isSet(name)) return findings;
    if (typeof name !== 'string' || !isDns1035Label(name)) {
      report('name', `the name of a revision has ${DNS_1035}`, 'rename it, or drop it: Knative numbers revisions by itself');
    } else if (!service) {
      report('name', 'a service whose own name is made up cannot name its revisions', 'drop it: Knative numbers revisions by itself');
    } else if (!name.startsWith(`${service}-`)) {
      report('name', `the revisions of ${service} are called ${service}-...`, `rename it to ${service}-${name}, or drop it`);
    }
    return findings;
  },
});
