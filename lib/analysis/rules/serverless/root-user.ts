import { onTemplates } from './knative-rule';
import { containersOf } from './templates';
import { fieldsOf } from '../../values';

export const rootUser = onTemplates({
  code: 'SM0132',
  title: 'root that may not be root',
  explanation: 'With runAsNonRoot the kubelet does not start a container whose user is 0, so no pod ever becomes ready '
    + '(kubernetes.io/docs/tasks/configure-pod-container/security-context).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          securityContext:
            runAsNonRoot: true
            runAsUser: 0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          securityContext:
            runAsNonRoot: true
            runAsUser: 1000
`,
  },
  findings: template => {
    const pod = fieldsOf(template.spec.securityContext);
    return containersOf(template).flatMap(({ container, field }) => {
      const own = fieldsOf(container.securityContext);
      const user = own.runAsUser ?? pod.runAsUser;
      return user !== 0 || (own.runAsNonRoot ?? pod.runAsNonRoot) !== true ? [] : [{
        field: `${field}.securityContext.runAsUser`,
        value: 0,
        reason: 'user 0 is root, and runAsNonRoot forbids the container to run as root, so it never starts',
        fix: 'choose another user, or permit root with runAsNonRoot: false; or, with the constructs, allowRoot: true',
      }];
    });
  },
});
