import { EVENTING, specOf } from './brokers';
import { ATTRIBUTE_DIALECTS, dialectsOf, filtersOf } from './filters';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, listOf } from '../../values';

export const filterDialects: Rule = {
  code: 'SM0316',
  title: 'filter in two dialects at once',
  explanation: 'Each filter uses one dialect; several filters of the list, or all, combine them (knative/eventing pkg/apis/eventing/v1/trigger_validation.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { region: eu }
      prefix: { type: com.example.order. }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { region: eu }
    - prefix: { type: com.example.order. }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const { object, field, filter } of filtersOf(context.model)) {
      const dialects = dialectsOf(filter);
      if (dialects.length < 2) continue;
      context.report(object, {
        field,
        value: dialects.join(', '),
        reason: 'a filter has one dialect',
        fix: 'make each of them a filter of its own: all filters of the list have to pass',
      });
    }
  },
};

export const filterEmpty: Rule = {
  code: 'SM0317',
  title: 'filter that lets everything pass',
  explanation: 'The data planes skip a filter without a dialect and one that compares with an empty text, so that more events arrive than the Trigger asks for '
    + '(knative/eventing pkg/eventfilter/subscriptionsapi, eventing-kafka-broker data-plane AttributesFilter).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: "" }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.placed }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const { object, field, filter } of filtersOf(context.model)) {
      if (dialectsOf(filter).length === 0) {
        context.report(object, {
          field,
          value: filter,
          reason: 'nothing is compared, so the filter lets every event pass',
          fix: 'compare an attribute, or remove the filter',
        });
      }
      for (const dialect of ATTRIBUTE_DIALECTS) {
        for (const [name] of Object.entries(fieldsOf(filter[dialect])).filter(([, value]) => value === '')) {
          context.report(object, {
            field: `${field}.${dialect}.${name}`,
            value: '',
            reason: 'the data planes skip a comparison with an empty text, and with it the others of the filter or not, depending on the broker\'s class',
            fix: 'write the value to compare with',
          });
        }
      }
    }
  },
};

export const filterShadowed: Rule = {
  code: 'SM0318',
  title: 'filter that nobody looks at',
  explanation: 'spec.filters overrides spec.filter (knative/eventing pkg/apis/eventing/v1/trigger_types.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filter:
    attributes: { type: com.example.order.placed }
  filters:
    - cesql: region = 'eu'
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.placed }
    - cesql: region = 'eu'
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const { filter, filters } = specOf(trigger);
      const attributes = fieldsOf(fieldsOf(filter).attributes);
      if (listOf(filters).length === 0 || Object.keys(attributes).length === 0) continue;
      context.report(trigger, {
        field: 'spec.filter',
        value: attributes,
        reason: 'spec.filters is set too and overrides it, so these attributes are not compared',
        fix: 'move them into spec.filters as { exact: {...} }',
      });
    }
  },
};
