import { MESH_LABELS } from '../../../core/membership';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, textMapOf } from '../../values';
import { podTemplates } from '../platform/pod-templates';

export const injectionByAnnotation: Rule = {
  code: 'SM0233',
  title: 'sidecar injection asked for by an annotation',
  explanation: 'The API server calls the injector by labels alone, so the annotation is read only where the namespace is injected anyway; Istio has deprecated it in favour '
    + 'of the label of the same name (istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml).',
  severity: Severity.WARNING,
  peers: ['IST0135'],
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        sidecar.istio.io/inject: "true"
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
      labels:
        sidecar.istio.io/inject: "true"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  check(context) {
    for (const { object, path, annotations, labels } of podTemplates(context.model)) {
      const fix = `make it a label of the pods: ${path}metadata.labels['${MESH_LABELS.podInjection}']`;
      const value = annotations[MESH_LABELS.podInjection];
      if (value !== undefined && labels[MESH_LABELS.podInjection] === undefined) {
        context.report(object, {
          field: `${path}metadata.annotations['${MESH_LABELS.podInjection}']`,
          value,
          reason: 'the injector is called for labels, not for annotations: in a namespace that is not injected this does nothing',
          fix,
        });
      }
      const ofOwner = path === '' ? undefined : ownAnnotations(object)[MESH_LABELS.podInjection];
      if (ofOwner !== undefined) {
        context.report(object, {
          field: `metadata.annotations['${MESH_LABELS.podInjection}']`,
          value: ofOwner,
          reason: `the injector looks at pods, and the annotation of a ${object.manifest.kind} does not reach them`,
          fix,
        });
      }
    }
  },
};

function ownAnnotations(object: ModelObject): Record<string, string> {
  return textMapOf(fieldsOf(object.manifest.metadata).annotations);
}
