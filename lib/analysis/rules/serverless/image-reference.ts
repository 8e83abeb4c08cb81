import { readImageName } from './image-name';
import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { stringOf } from '../../values';

export const imageReference = onTemplates({
  code: 'SM0103',
  title: 'an image reference that nobody can read',
  explanation: 'The webhook parses the reference (knative/serving pkg/apis/serving/k8s_validation.go, with go-containerregistry pkg/name), and what '
    + 'passes there must also fit the stricter grammar of the container runtime (github.com/distribution/reference).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/Shop/Checkout:1.0.0
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
  findings: template => containersOf(template).flatMap(({ container, field }) => {
    const image = stringOf(container.image);
    const mistake = image ? readImageName(image).mistake : undefined;
    return mistake === undefined ? [] : [{
      field: `${field}.image`,
      value: image,
      reason: `the image reference cannot be read: ${mistake}`,
      fix: 'write [host[:port]/]repository[:tag][@sha256:...], as in registry.example.com/shop/checkout:1.4.2',
    }];
  }),
});
