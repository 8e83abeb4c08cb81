import { Severity } from '../../../core/problem';
import { groupOf, ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, isGiven, textOf, Workload, workloadsOf } from '../../workloads';

const world = (resources: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0${resources} }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }
  minReplicas: 2
  maxReplicas: 10
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const hpaRequests: Rule = {
  code: 'SM0916',
  title: 'an autoscaler by utilization of pods that request nothing',
  explanation: 'Utilization is usage divided by the request. If one container of the pods requests none of the resource, the autoscaler has no figure and does nothing; a LimitRange may fill '
    + 'the request in (kubernetes.io, tasks/run-application/horizontal-pod-autoscale, "resource metrics").',
  severity: Severity.WARNING,
  example: { refused: world(''), accepted: world(', resources: { requests: { cpu: 100m } }') },
  check(context) {
    const { model } = context;
    for (const object of model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const target = targetOf(model, object);
      if (target === undefined || defaultsRequests(model, target.namespace)) continue;
      for (const { field, resource, container } of utilizations(object)) {
        const silent = entriesOf(target.spec.containers, `${target.path}spec.containers`)
          .filter(({ value }) => container === undefined || value.name === container)
          .find(({ value }) => !requests(value.resources, resource));
        if (silent === undefined) continue;
        context.report(object, {
          field,
          value: resource,
          reason: `container ${String(silent.value.name)} of ${target.object.path} requests no ${resource}, so there is no utilization to scale by`,
          fix: `write resources: { requests: { ${resource}: ... } } for every container; beside a sidecar measure the app alone with type: ContainerResource`,
        });
      }
    }
  },
};

function targetOf(model: ManifestModel, autoscaler: ModelObject): Workload | undefined {
  const target = fieldsAt(autoscaler.manifest, 'spec', 'scaleTargetRef');
  const object = model.byName(groupOf(textOf(target.apiVersion) ?? ''), textOf(target.kind) ?? '', autoscaler.namespace, textOf(target.name) ?? '');
  return object && workloadsOf(model).of(object);
}

/** Where an autoscaler asks for a share of what is requested. */
function utilizations(autoscaler: ModelObject): { readonly field: string; readonly resource: string; readonly container?: string }[] {
  const spec = fieldsOf(autoscaler.manifest.spec);
  const first = isGiven(spec.targetCPUUtilizationPercentage) ? [{ field: 'spec.targetCPUUtilizationPercentage', resource: 'cpu' }] : [];
  return [...first, ...entriesOf(spec.metrics, 'spec.metrics').flatMap(metric)];
}

function metric({ field, value }: Entry): { readonly field: string; readonly resource: string; readonly container?: string }[] {
  const source = value.type === 'Resource' ? 'resource' : value.type === 'ContainerResource' ? 'containerResource' : undefined;
  if (source === undefined) return [];
  const { name, container, target, targetAverageUtilization } = fieldsOf(value[source]);
  const resource = textOf(name);
  const byShare = isGiven(fieldsOf(target).averageUtilization) || isGiven(targetAverageUtilization);
  return resource === undefined || !byShare ? [] : [{ field: `${field}.${source}.name`, resource, container: textOf(container) }];
}

/** A limit counts as a request where none is written. */
function requests(resources: unknown, resource: string): boolean {
  return ['requests', 'limits'].some(part => isGiven(fieldsOf(fieldsOf(resources)[part])[resource]));
}

function defaultsRequests(model: ManifestModel, namespace: string): boolean {
  return model.inNamespace(namespace).some(object => object.group === '' && object.manifest.kind === 'LimitRange'
    && entriesOf(fieldsOf(object.manifest.spec).limits, '').some(({ value }) => isGiven(value.defaultRequest) || isGiven(value.default)));
}
