import { EVENTING, specOf } from './brokers';
import { ATTRIBUTE_DIALECTS, filtersOf } from './filters';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf } from '../../values';

const ATTRIBUTE_NAME = /^[a-z][a-z0-9]*$/;

export const filterAttributes: Rule = {
  code: 'SM0314',
  title: 'filter on what is no attribute of an event',
  explanation: 'Names of CloudEvents attributes are lower-case letters and digits and, for Knative, begin with a letter '
    + '(knative/eventing pkg/apis/eventing/v1/trigger_validation.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { orderType: express }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { ordertype: express }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      report(context, trigger, 'spec.filter.attributes', fieldsOf(specOf(trigger).filter).attributes);
    }
    for (const { object, field, filter } of filtersOf(context.model)) {
      for (const dialect of ATTRIBUTE_DIALECTS) report(context, object, `${field}.${dialect}`, filter[dialect]);
    }
  },
};

function report(context: RuleContext, trigger: ModelObject, field: string, attributes: unknown): void {
  for (const name of Object.keys(fieldsOf(attributes)).filter(key => !ATTRIBUTE_NAME.test(key))) {
    context.report(trigger, {
      field,
      value: name,
      reason: 'an attribute of an event is named by lower-case letters and digits and begins with a letter',
      fix: ATTRIBUTE_NAME.test(name.toLowerCase()) ? `write ${name.toLowerCase()}` : 'filter on an attribute or extension of the event; its data cannot be filtered',
    });
  }
}
