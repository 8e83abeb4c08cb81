import { Severity } from '../../../core/problem';
import { groupOf, ManifestModel, ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { fieldsAt, Fields, fieldsOf, textOf } from '../../values';

const SERVING = 'serving.knative.dev';
const SUFFIX = '-deployment';
const ANNOTATE = 'annotate the template of the service: autoscaling.knative.dev/min-scale, max-scale and target, and class hpa.autoscaling.knative.dev with metric cpu for the processor; '
  + 'with the constructs, use the property autoscaling';

/** Kinds that steer the number of pods, or the versions, of something that they name. */
const STEERING: readonly { readonly group: string; readonly kind: string; readonly field: string; readonly reason: string; readonly fix: string }[] = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', field: 'scaleTargetRef', reason: 'it has no scale subresource that an autoscaler could use', fix: `remove the autoscaler and ${ANNOTATE}` },
  { group: 'keda.sh', kind: 'ScaledObject', field: 'scaleTargetRef', reason: 'it has no scale subresource that KEDA could use', fix: `remove the ScaledObject and ${ANNOTATE}` },
  {
    group: 'autoscaling.k8s.io',
    kind: 'VerticalPodAutoscaler',
    field: 'targetRef',
    reason: 'it has no scale subresource by which the pods could be found',
    fix: 'remove the autoscaler and write the resources in the template of the service',
  },
  {
    group: 'argoproj.io',
    kind: 'Rollout',
    field: 'workloadRef',
    reason: 'a Rollout takes its pods from a Deployment, a ReplicaSet or a PodTemplate',
    fix: 'remove the Rollout and split the traffic of the service over its revisions: spec.traffic, or with the constructs Traffic.canary(); Flagger can do it by measurements, with provider: knative',
  },
];

const AUTOSCALED = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/class: hpa.autoscaling.knative.dev
        autoscaling.knative.dev/metric: cpu
        autoscaling.knative.dev/target: "70"
        autoscaling.knative.dev/max-scale: "10"
    spec:
      containers: [{ image: example.com/orders:1.2.0, resources: { requests: { cpu: 100m } } }]
`;

export const scaleKnative: Rule = {
  code: 'SM0905',
  title: 'an autoscaler or rollout of a Knative service',
  explanation: 'A Knative Service has no scale subresource, so neither a HorizontalPodAutoscaler nor KEDA can steer it; Knative scales it by annotations of the template. The Deployment of a revision is '
    + 'scaled by Knative, and whoever scales it too is overruled within seconds. An Argo Rollout takes Deployments, ReplicaSets and PodTemplates only '
    + '(serving config/core/300-resources/service.yaml; knative.dev, serving/autoscaling/autoscaler-types; argo-rollouts rollout/templateref.go).',
  example: {
    refused: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: orders }
  maxReplicas: 10
`,
    accepted: AUTOSCALED,
  },
  check(context) {
    for (const { group, kind, field, reason, fix } of STEERING) {
      for (const object of context.model.ofKind(group, kind)) {
        const target = fieldsOf(fieldsOf(object.manifest.spec)[field]);
        const finding = groupOf(textOf(target.apiVersion) ?? '') === SERVING ? { reason, fix } : ofDeployment(context.model, object, target, fix);
        if (finding) context.report(object, { ...finding, field: `spec.${field}`, value: `${textOf(target.apiVersion) ?? ''} ${String(target.kind)} ${String(target.name)}`.trim() });
      }
    }
  },
};

/** What speaks against a Deployment that Knative made for a revision: it is called as the revision and -deployment. */
function ofDeployment(model: ManifestModel, object: ModelObject, target: Fields, fix: string): Finding | undefined {
  const name = textOf(target.name);
  if (!name?.endsWith(SUFFIX) || (textOf(target.kind) ?? 'Deployment') !== 'Deployment') return undefined;
  const namespace = object.namespace ?? 'default';
  if (model.byName('apps', 'Deployment', namespace, name)) return undefined;
  const revision = name.slice(0, -SUFFIX.length);
  const numbered = /^(.+)-\d{5}$/.exec(revision)?.[1];
  const service = model.derived(namedRevisions).get(`${namespace}/${revision}`)
    ?? (numbered === undefined ? undefined : model.byName(SERVING, 'Service', namespace, numbered)?.name);
  if (service) return { reason: `Knative makes this Deployment for a revision of ${service} and sets its number of pods itself`, fix };
  return numbered === undefined ? undefined : {
    severity: Severity.WARNING,
    reason: 'by its name Knative makes this Deployment for a revision and sets its number of pods itself',
    fix,
  };
}

/** Services by namespace and name of the revision that they name. */
function namedRevisions(model: ManifestModel): Map<string, string> {
  return new Map(model.ofKind(SERVING, 'Service').flatMap(({ manifest, namespace, name }) => {
    const revision = textOf(fieldsAt(manifest, 'spec', 'template', 'metadata').name);
    return revision === undefined || name === undefined ? [] : [[`${namespace}/${revision}`, name] as [string, string]];
  }));
}
