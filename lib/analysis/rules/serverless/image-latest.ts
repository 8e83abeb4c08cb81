import { readImageName } from './image-name';
import { onTemplates } from './knative-rule';
import { containersOf } from './templates';
import { Severity } from '../../../core/problem';
import { stringOf } from '../../values';

export const imageLatest = onTemplates({
  code: 'SM0104',
  title: 'an image that is named by no version',
  explanation: 'Knative resolves a tag to a digest once, when a revision is made. With latest nobody can tell from the manifest what runs, and a new '
    + 'push changes nothing until something else makes a revision (knative.dev/docs/serving/tag-resolution).',
  severity: Severity.WARNING,
  peers: ['latest-tag'],
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:latest
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
    if (!image) return [];
    const { tag, digest, mistake } = readImageName(image);
    return mistake !== undefined || digest !== undefined || (tag !== undefined && tag !== 'latest') ? [] : [{
      field: `${field}.image`,
      value: image,
      reason: `the image is named ${tag === undefined ? 'without a tag' : 'by the tag latest'}, so what runs depends on when the revision was made`,
      fix: 'name a tag that is pushed once, or a digest',
    }];
  }),
});
