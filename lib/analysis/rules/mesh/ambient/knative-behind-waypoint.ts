import { isAmbient, waypointOfNamespace } from './waypoint-use';
import { Severity } from '../../../../core/problem';
import { WAYPOINT_LABELS } from '../../../../core/waypoints';
import { Rule } from '../../../rule';
import { fieldsAt, labelsOf } from '../../../workloads';
import { knativeServices } from '../knative-pods';

export const knativeBehindWaypoint: Rule = {
  code: 'SM1326',
  title: 'a waypoint between Knative and its pods',
  explanation: 'A waypoint of the namespace also takes what the gateway and the activator send to the Services of revisions, which Knative makes anew with each of them. Pods then see the '
    + 'waypoint in place of the gateway or the activator, and no targetRefs can name those Services beforehand. Labels of the template are copied to them '
    + '(knative serving pkg/reconciler/revision/resources/pa.go, pkg/reconciler/serverlessservice/resources/services.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { template: { spec: { containers: [{ image: "registry.example.com/orders:1.0.0" }] } } }
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { labels: { istio.io/use-waypoint: none } }
    spec: { containers: [{ image: "registry.example.com/orders:1.0.0" }] }
`,
  },
  check(context) {
    for (const service of knativeServices(context.model)) {
      const namespace = service.namespace ?? 'default';
      const waypoint = waypointOfNamespace(context.model, namespace);
      const own = labelsOf(fieldsAt(service.manifest, 'spec', 'template', 'metadata').labels)[WAYPOINT_LABELS.use];
      if (!waypoint || own === 'none' || !isAmbient(context, service, namespace)) continue;
      context.report(service, {
        field: 'spec.template.metadata.labels',
        value: own,
        reason: `the waypoint ${waypoint.name} of the namespace comes between Knative and the pods of ${service.name ?? ''}: they see its identity in place of the gateway's or the activator's`,
        fix: `label the template ${WAYPOINT_LABELS.use}: none and enforce HTTP rules at the gateway (with the constructs, new Waypoint(..., { ownNamespace: false }) and serve(...))`,
      });
    }
  },
};
