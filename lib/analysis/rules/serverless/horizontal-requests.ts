import { settingOf } from './autoscaling-annotations';
import { horizontalExample, onHorizontal } from './horizontal';
import { containersOf, ContainerRole, Template } from './templates';
import { Severity } from '../../../core/problem';
import { ManifestModel } from '../../model';
import { entriesOf, fieldsAt, fieldsOf, isGiven } from '../../values';

export const horizontalRequests = onHorizontal({
  code: 'SM1143',
  title: 'scaling by cpu of containers that request none',
  explanation: 'The target of cpu is a share of what the pods request. If one container requests none, the autoscaler has no figure and does nothing; a LimitRange may fill the request in '
    + '(knative/serving pkg/reconciler/autoscaling/hpa/resources/hpa.go; kubernetes.io, tasks/run-application/horizontal-pod-autoscale).',
  severity: Severity.WARNING,
  example: {
    refused: horizontalExample({ metric: 'cpu', target: '70' }, ''),
    accepted: horizontalExample({ metric: 'cpu', target: '70' }),
  },
  findings: (template, { model }) => {
    if ((settingOf(template.annotations, 'metric')?.value ?? 'cpu') !== 'cpu' || defaultsRequests(model, template)) return [];
    return containersOf(template).filter(({ container, role }) => role !== ContainerRole.INIT && !requestsCpu(container)).map(({ field }) => ({
      field: `${field}.resources.requests.cpu`,
      reason: 'the container requests no cpu, so there is no share of it to scale by',
      fix: 'write how much it requests',
    }));
  },
});

/** A limit counts as a request where none is written. */
function requestsCpu(container: unknown): boolean {
  return ['requests', 'limits'].some(part => isGiven(fieldsAt(container, 'resources', part).cpu));
}

function defaultsRequests(model: ManifestModel, { object }: Template): boolean {
  return model.inNamespace(object.namespace ?? 'default').some(({ group, manifest }) => group === '' && manifest.kind === 'LimitRange'
    && entriesOf(fieldsOf(manifest.spec).limits, '').some(({ value }) => isGiven(value.defaultRequest) || isGiven(value.default)));
}
