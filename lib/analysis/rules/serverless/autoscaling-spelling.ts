import { ALIASES } from './autoscaling-annotations';
import { annotationField, onTemplates } from './knative-rule';
import { Severity } from '../../../core/problem';

export const autoscalingSpelling = onTemplates({
  code: 'SM0116',
  title: 'one autoscaling setting in both spellings',
  explanation: 'Knative looks for the key with dashes first and takes the one in camel case only where there is none '
    + '(knative/serving pkg/apis/autoscaling/register.go).',
  severity: Severity.WARNING,
  findings: template => [...ALIASES].filter(([key, alias]) => key in template.annotations && alias in template.annotations)
    .map(([key, alias]) => ({
      field: annotationField(template, alias),
      value: template.annotations[alias],
      reason: `${key} is set too (${JSON.stringify(template.annotations[key])}), and Knative then does not look at this one`,
      fix: 'keep the spelling with dashes',
    })),
});
