import { deployment } from './examples';
import { nameOf, onContainers, PodContainer } from './pods';
import { Severity } from '../../../core/problem';
import { textOf } from '../../workloads';
import { readImageName } from '../serverless/image-name';

export const imageTag = onContainers({
  code: 'SM0721',
  title: 'image that is named by no version',
  explanation: 'With latest nobody can tell from the manifest what runs, and two pods of one workload may run different programs (Kubernetes documentation, images).',
  severity: Severity.WARNING,
  peers: ['latest-tag', 'tagNotSpecified'],
  example: {
    refused: deployment({ image: 'registry.example.com/shop/checkout:latest' }),
    accepted: deployment({ image: 'registry.example.com/shop/checkout:1.0.0' }),
  },
  findings: container => {
    const image = textOf(container.value.image);
    if (image === undefined || isPlaceholder(image)) return [];
    const { tag, digest, mistake } = readImageName(image);
    return mistake !== undefined || digest !== undefined || (tag !== undefined && tag !== 'latest') ? [] : [{
      field: `${container.field}.image`,
      value: image,
      reason: `the image of ${nameOf(container)} is named ${tag === undefined ? 'without a tag' : 'by the tag latest'}, so what runs depends on when its node pulled it`,
      fix: 'name a tag that is pushed once, or a digest',
    }];
  },
});

export const pullPolicy = onContainers({
  code: 'SM0722',
  title: 'image that a node does not look up again',
  explanation: 'Unless the policy is Always a node runs what it once pulled under the tag, whoever may use it and whatever the registry has now '
    + '(Kubernetes documentation, images).',
  severity: Severity.INFO,
  peers: ['pullPolicyNotAlways'],
  example: {
    refused: deployment({ container: 'imagePullPolicy: IfNotPresent' }),
    accepted: deployment({ container: 'imagePullPolicy: Always' }),
  },
  findings: container => container.value.imagePullPolicy === 'Always' || isPinned(container) ? [] : [{
    field: `${container.field}.imagePullPolicy`,
    value: container.value.imagePullPolicy,
    reason: `a node that has an image under the tag of ${nameOf(container)} does not look whether it is still the same`,
    fix: 'set it to Always, or name the image by its digest',
  }],
});

/** The injector replaces it. */
function isPlaceholder(image: string): boolean {
  return image === 'auto';
}

function isPinned({ value }: PodContainer): boolean {
  return textOf(value.image)?.includes('@sha256:') ?? false;
}
