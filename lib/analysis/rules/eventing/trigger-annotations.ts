import { annotationOf, EVENTING, namespaceOf, specOf } from './brokers';
import { Finding, Rule } from '../../rule';
import { fieldsOf, isGiven, textOf } from '../../values';

const DEPENDENCY = 'knative.dev/dependency';
const INJECTION = 'eventing.knative.dev/injection';

export const triggerAnnotations: Rule = {
  code: 'SM0331',
  title: 'Trigger with annotations that the webhook refuses',
  explanation: 'knative.dev/dependency is an object reference as JSON, in the namespace of the Trigger; eventing.knative.dev/injection is enabled or disabled '
    + 'and only means the broker default (knative/eventing pkg/apis/eventing/v1/trigger_validation.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: audit
  namespace: shop
  annotations: { knative.dev/dependency: nightly }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: audit
  namespace: shop
  annotations:
    knative.dev/dependency: '{"apiVersion":"sources.knative.dev/v1","kind":"PingSource","name":"nightly"}'
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const dependency = annotationOf(trigger, DEPENDENCY);
      const injection = annotationOf(trigger, INJECTION);
      for (const finding of [
        ...isGiven(dependency) ? dependencyFindings(String(dependency), namespaceOf(trigger)) : [],
        ...isGiven(injection) ? injectionFindings(String(injection), specOf(trigger).broker) : [],
      ]) {
        context.report(trigger, finding);
      }
    }
  },
};

function dependencyFindings(annotation: string, namespace: string): Finding[] {
  const field = `metadata.annotations['${DEPENDENCY}']`;
  let reference: unknown;
  try {
    reference = JSON.parse(annotation);
  } catch {
    return [{ field, value: annotation, reason: 'the annotation is no JSON', fix: 'write an object reference with apiVersion, kind and name as JSON' }];
  }
  const given = fieldsOf(reference);
  const elsewhere = textOf(given.namespace);
  return [
    ...['apiVersion', 'kind', 'name'].filter(key => textOf(given[key]) === undefined).map(key => ({
      field: `${field}.${key}`,
      reason: 'an object reference names API version, kind and name',
      fix: `add ${key}`,
    })),
    ...elsewhere && elsewhere !== namespace ? [{
      field: `${field}.namespace`,
      value: elsewhere,
      reason: 'a Trigger depends on objects of its own namespace alone',
      fix: 'leave the namespace out',
    }] : [],
  ];
}

function injectionFindings(annotation: string, broker: unknown): Finding[] {
  const field = `metadata.annotations['${INJECTION}']`;
  if (annotation !== 'enabled' && annotation !== 'disabled') {
    return [{ field, value: annotation, reason: 'the annotation is enabled or disabled', fix: 'write one of the two, or declare the Broker instead' }];
  }
  if (broker === 'default') return [];
  return [{ field, value: annotation, reason: 'only the broker default is injected, and this Trigger names another', fix: 'remove the annotation, and declare the Broker' }];
}
