import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

const GROUP = 'networking.knative.dev';
const ALLOWED = [
  'ingress.class', 'ingress-class', 'certificate.class', 'certificate-class', 'disableAutoTLS', 'disable-auto-tls', 'disable-external-domain-tls',
  'httpOption', 'http-protocol',
].map(key => `${GROUP}/${key}`);

export const networkingAnnotation = onTemplates({
  code: 'SM0143',
  title: 'a networking annotation that Knative does not know',
  explanation: 'On a template the webhook refuses unknown keys of networking.knative.dev. Visibility is a label of the Service '
    + '(knative.dev/networking/pkg/apis/networking/metadata_validation.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
spec:
  template:
    metadata:
      annotations:
        networking.knative.dev/visibility: cluster-local
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: checkout
  namespace: shop
  labels:
    networking.knative.dev/visibility: cluster-local
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => template.object.manifest.kind === 'Revision' ? [] : Object.keys(template.annotations)
    .filter(key => key.startsWith(GROUP) && !ALLOWED.includes(key))
    .map(key => ({
      field: annotationField(template, key),
      value: template.annotations[key],
      reason: 'Knative does not know this annotation on a template',
      fix: key === `${GROUP}/visibility` ? 'make it a label under metadata.labels; or, with the constructs, use the property visibility' : `drop it; the keys are ${ALLOWED.join(', ')}`,
    })),
});
