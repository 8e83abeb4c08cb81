import { EVENTING, specOf } from './brokers';
import { isZeroPeriod, parsePeriod } from '../../../core/eventing/period';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, textOf } from '../../values';

/** Attributes of every event that the webhook keeps from carrying the correlation; it means source and checks for "course". */
const TAKEN = ['id', 'specversion', 'type', 'course'];

export const requestReply: Rule = {
  code: 'SM0363',
  title: 'RequestReply that cannot tell answers apart',
  explanation: 'It belongs to a Broker of its namespace, waits for a positive time, and carries the correlation in extensions of its own '
    + '(knative/eventing pkg/apis/eventing/v1alpha1/requestreply_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const object of context.model.ofKind(EVENTING, 'RequestReply')) {
      for (const finding of flaws(specOf(object))) context.report(object, finding);
    }
  },
  example: {
    refused: `
apiVersion: eventing.knative.dev/v1alpha1
kind: RequestReply
metadata: { name: prices, namespace: shop }
spec:
  brokerRef: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders }
  correlationAttribute: id
  replyAttribute: replyid
  timeout: PT10S
`,
    accepted: `
apiVersion: eventing.knative.dev/v1alpha1
kind: RequestReply
metadata: { name: prices, namespace: shop }
spec:
  brokerRef: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders }
  correlationAttribute: correlationid
  replyAttribute: replyid
  timeout: PT10S
`,
  },
};

function flaws(spec: Fields): Finding[] {
  const broker = fieldsOf(spec.brokerRef);
  const found: Finding[] = ['apiVersion', 'kind', 'name'].filter(key => textOf(broker[key]) === undefined).map(key => ({
    field: `spec.brokerRef.${key}`,
    reason: 'a RequestReply belongs to a Broker, named by API version, kind and name',
    fix: `write the ${key}`,
  }));
  if (textOf(broker.kind) && textOf(broker.kind)!.toLowerCase() !== 'broker') {
    found.push({ field: 'spec.brokerRef.kind', value: broker.kind, reason: 'a RequestReply belongs to a Broker', fix: 'write Broker' });
  }
  if (textOf(broker.namespace)) {
    found.push({ field: 'spec.brokerRef.namespace', value: broker.namespace, reason: 'the Broker is in the same namespace, and the webhook takes none here', fix: 'leave it out' });
  }
  for (const name of ['correlationAttribute', 'replyAttribute']) {
    if (!TAKEN.includes(spec[name] as string)) continue;
    found.push({ field: `spec.${name}`, value: spec[name], reason: 'every event has this attribute for another purpose', fix: 'name an extension, such as correlationid' });
  }
  const { timeout } = spec;
  const period = typeof timeout === 'string' ? parsePeriod(timeout) : undefined;
  if (isGiven(timeout) && timeout !== '' && (!period || period.negative || isZeroPeriod(period))) {
    found.push({ field: 'spec.timeout', value: timeout, reason: 'it is no positive duration of ISO 8601', fix: 'write one, such as PT30S' });
  }
  return found;
}
