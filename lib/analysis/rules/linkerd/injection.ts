import { LINKERD_INJECT } from '../../../core/membership';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { textMapOf } from '../../values';
import { podTemplates } from '../platform/pod-templates';

const VALUES = ['enabled', 'disabled', 'ingress'];

const deployment = (metadata: string, template: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop${metadata} }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout }${template} }
    spec: { containers: [{ name: checkout, image: registry.example.com/shop/checkout:1.0.0 }] }
`;

/** A place where the annotation may be written, and what is written there. */
interface Place {
  readonly object: ModelObject;
  readonly path: string;
  readonly annotations: Record<string, string>;
  readonly labels: Record<string, string>;
}

export const linkerdInjection: Rule = {
  code: 'SM1358',
  title: 'injection by Linkerd that does not come about',
  explanation: 'The injector of Linkerd reads the annotation linkerd.io/inject of a pod, then that of its namespace, and knows enabled, disabled and ingress; with another value it injects nothing '
    + '(linkerd2 pkg/inject/report.go). Labels, and annotations of what makes the pods, it does not read.',
  severity: Severity.WARNING,
  example: {
    refused: deployment(', annotations: { linkerd.io/inject: enabled }', ''),
    accepted: deployment('', ', annotations: { linkerd.io/inject: enabled }'),
  },
  check(context) {
    const templates = podTemplates(context.model);
    const namespaces = [...context.model.ofKind('', 'Namespace')].map(object => ({ object, path: '', ...metadataOf(object) }));
    for (const { object, path, annotations, labels } of [...namespaces, ...templates] as readonly Place[]) {
      const said = annotations[LINKERD_INJECT];
      if (said !== undefined && said !== '' && !VALUES.includes(said)) {
        context.report(object, {
          field: `${path}metadata.annotations['${LINKERD_INJECT}']`,
          value: said,
          reason: 'Linkerd does not know this value, and injects nothing',
          fix: 'write enabled or disabled',
        });
      }
      if (said === undefined && labels[LINKERD_INJECT] !== undefined) {
        context.report(object, {
          field: `${path}metadata.labels['${LINKERD_INJECT}']`,
          value: labels[LINKERD_INJECT],
          reason: 'Linkerd reads the annotation of this name and no label',
          fix: 'make it an annotation',
        });
      }
    }
    for (const { object, path, annotations } of templates.filter(template => template.path !== '')) {
      const ofOwner = metadataOf(object).annotations[LINKERD_INJECT];
      if (ofOwner === undefined || annotations[LINKERD_INJECT] !== undefined) continue;
      context.report(object, {
        field: `metadata.annotations['${LINKERD_INJECT}']`,
        value: ofOwner,
        reason: `Linkerd reads annotations of pods, and those of a ${object.manifest.kind} do not reach them`,
        fix: `write it at ${path}metadata.annotations`,
      });
    }
  },
};

function metadataOf({ manifest }: ModelObject): Pick<Place, 'annotations' | 'labels'> {
  return { annotations: textMapOf(manifest.metadata?.annotations), labels: textMapOf(manifest.metadata?.labels) };
}
