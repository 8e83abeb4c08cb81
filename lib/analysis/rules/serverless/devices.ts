import { onTemplates } from './knative-rule';
import { containersOf } from './templates';
import { Finding } from '../../rule';
import { isGiven, scalarMapOf, Fields, fieldsOf } from '../../values';

/** Resources outside of kubernetes.io have a domain in front: devices, which plug-ins offer. */
const DEVICE = /^(?!(?:[a-z0-9.-]*\.)?kubernetes\.io\/)[a-z0-9.-]+\/.+$/;

export const devices = onTemplates({
  code: 'SM0174',
  title: 'devices that cannot be handed out',
  explanation: 'A device such as a GPU goes to one container as a whole: its limit is a whole number, and a request beside it must be the same. Knative passes the template on, and no pod '
    + 'is ever made (kubernetes pkg/apis/core/validation/validation.go, ValidateResourceRequirements: must be specified as limit, must be equal, must be an integer).',
  example: {
    refused: service('limits: { nvidia.com/gpu: "0.5" }'),
    accepted: service('limits: { nvidia.com/gpu: "1" }'),
  },
  findings: template => containersOf(template).flatMap(({ container, field }) => wrong(fieldsOf(container.resources), `${field}.resources`)),
});

function wrong(resources: Fields, field: string): Finding[] {
  const [limits, requests] = [scalarMapOf(resources.limits), scalarMapOf(resources.requests)];
  const names = [...new Set([...Object.keys(limits), ...Object.keys(requests)])].filter(name => DEVICE.test(name));
  return names.flatMap((name): Finding[] => {
    const [limit, request] = [limits[name], requests[name]];
    if (!isGiven(limit)) {
      return [{ field: `${field}.limits[${name}]`, reason: `${name} is requested without a limit, and Kubernetes lends no part of a device`, fix: `set the limit to ${request}` }];
    }
    if (!/^\d+k?$/.test(limit)) {
      return [{ field: `${field}.limits[${name}]`, value: limit, reason: 'a device is handed out as a whole', fix: 'write a whole number; a part of a GPU is a device of its own name, such as nvidia.com/mig-1g.5gb' }];
    }
    return request === undefined || request === limit ? []
      : [{ field: `${field}.requests[${name}]`, value: request, reason: `request and limit of a device are the same, and the limit is ${limit}`, fix: 'leave the request out' }];
  });
}

function service(resources: string): string {
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: classify, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/classify:1.4.2
          resources: { ${resources} }
`;
}
