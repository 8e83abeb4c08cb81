import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { labelsOf } from '../../workloads';

const ANNOTATION = 'service.alpha.kubernetes.io/tolerate-unready-endpoints';

const service = (metadata: string, spec: string) => `apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop${metadata} }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ name: tcp-db, port: 5432 }]
${spec}`;

export const unreadyEndpoints: Rule = {
  code: 'SM0918',
  title: 'an annotation that a field of the Service has replaced',
  explanation: `${ANNOTATION} was removed from Kubernetes; spec.publishNotReadyAddresses does what it did (github.com/kubernetes/kubernetes, pull request 108020, in 1.24).`,
  severity: Severity.WARNING,
  example: {
    refused: service(`, annotations: { ${ANNOTATION}: "true" }`, ''),
    accepted: service('', '  publishNotReadyAddresses: true\n'),
  },
  check(context) {
    for (const object of context.model.ofKind('', 'Service')) {
      const value = labelsOf(object.manifest.metadata.annotations)[ANNOTATION];
      if (value === undefined) continue;
      context.report(object, {
        field: `metadata.annotations[${ANNOTATION}]`,
        value,
        reason: 'Kubernetes does not read this annotation any more',
        fix: `write spec.publishNotReadyAddresses: ${value === 'true' ? 'true' : 'false'}`,
      });
    }
  },
};
