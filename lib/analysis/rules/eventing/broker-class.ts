import { annotationOf, classOf, EVENTING } from './brokers';
import { BROKER_CLASS_ANNOTATION, BROKER_CLASSES } from '../../../core/eventing/names';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { isGiven } from '../../values';

const FIELD = `metadata.annotations['${BROKER_CLASS_ANNOTATION}']`;
const KNOWN: readonly string[] = Object.values(BROKER_CLASSES);

export const brokerClassEmpty: Rule = {
  code: 'SM0300',
  title: 'Broker with an empty class',
  explanation: 'The webhook fills in the cluster\'s default class where the annotation is missing, and refuses one that is there and empty '
    + '(knative/eventing pkg/apis/eventing/v1/broker_validation.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: "" }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind(EVENTING, 'Broker')) {
      if (annotationOf(broker, BROKER_CLASS_ANNOTATION) !== '') continue;
      context.report(broker, {
        field: FIELD,
        value: '',
        reason: 'the class of a Broker must not be empty',
        fix: `write one of ${KNOWN.join(', ')}`,
      });
    }
  },
};

export const brokerClassUnknown: Rule = {
  code: 'SM0301',
  title: 'Broker of no known class',
  explanation: 'A Broker without the class annotation becomes what the ConfigMap config-br-defaults of the cluster says, for good: the class is immutable '
    + '(knative/eventing pkg/apis/eventing/v1/broker_defaults.go; broker_validation.go, CheckImmutableFields). Each controller takes the Brokers of its own class '
    + '(pkg/reconciler/broker/controller.go), so one of a class that none listens to never becomes ready.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind(EVENTING, 'Broker')) {
      const value = annotationOf(broker, BROKER_CLASS_ANNOTATION);
      const brokerClass = classOf(broker);
      if (!isGiven(value)) {
        context.report(broker, {
          field: FIELD,
          reason: 'without it the cluster\'s default decides what the Broker is made of, and that cannot be changed later',
          fix: `write one of ${KNOWN.join(', ')}`,
        });
      } else if (brokerClass && !KNOWN.includes(brokerClass)) {
        context.report(broker, {
          field: FIELD,
          value: brokerClass,
          reason: 'no known implementation of brokers listens to this class, so nobody may ever set the Broker up',
          fix: `check the spelling; known are ${KNOWN.join(', ')}`,
        });
      }
    }
  },
};
