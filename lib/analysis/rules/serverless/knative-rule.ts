import { Template, templatesOf } from './templates';
import { Finding, Rule, RuleContext } from '../../rule';

/** The code under which peers' tests file everything that Knative's webhooks refuse. */
export const REFUSED_BY_KNATIVE = ['knative-validation'];

/** A rule that looks at one template after the other. */
export interface TemplateRule extends Omit<Rule, 'check'> {
  findings(template: Template, context: RuleContext): Finding[];
}

export function onTemplates({ findings, ...rule }: TemplateRule): Rule {
  return {
    ...rule,
    check: context => templatesOf(context.model).forEach(template => findings(template, context)
      .forEach(finding => context.report(template.object, finding))),
  };
}

/** Where an annotation of a template stands. */
export function annotationField(template: Template, key: string): string {
  return `${template.metadataField}.annotations[${key}]`;
}
