import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { groupOf, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { Entry, fieldsAt, fieldsOf, isGiven, textOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

/** Sources whose sinks the rules on destinations look at. */
const LOOKED_AT = ['SinkBinding', 'ApiServerSource', 'PingSource', 'ContainerSource'];
const CHANNELS = ['InMemoryChannel', 'KafkaChannel', 'NatsJetStreamChannel'];

const SERVICE = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: audit, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: example.com/audit:1.2.0 }]
---
`;

const source = (sink: string) => `apiVersion: sources.knative.dev/v1
kind: KafkaSource
metadata: { name: orders, namespace: shop }
spec:
  bootstrapServers: [kafka.kafka:9092]
  topics: [orders]
  consumerGroup: audit
  sink: { ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: ${sink} } }
`;

export const sourceSink: Rule = {
  code: 'SM0842',
  title: 'a source of events to something that is not there',
  explanation: 'A source whose sink does not exist never becomes ready, and neither does a channel whose dead letter sink does not. Only kinds are looked at of which the app writes other '
    + 'objects in the same namespace: the rest may belong to another app (knative.dev/pkg resolver/addressable_resolver.go).',
  severity: Severity.WARNING,
  example: { refused: SERVICE + source('audits'), accepted: SERVICE + source('audit') },
  check(context) {
    const { model } = context;
    for (const object of model.objects) {
      for (const { field, value } of destinationsOf(object)) {
        const [apiVersion, kind, name] = [textOf(value.apiVersion), textOf(value.kind), textOf(value.name)];
        if (apiVersion === undefined || kind === undefined || name === undefined) continue;
        const namespace = textOf(value.namespace) ?? object.namespace ?? 'default';
        if (isForeign(namespace, context.profile(object)) || model.byName(groupOf(apiVersion), kind, namespace, name)) continue;
        const others = names(model, groupOf(apiVersion), kind, namespace);
        if (others.length === 0) continue;
        const meant = suggestion(name, others);
        context.report(object, {
          field: `${field}.name`,
          value: name,
          reason: `the app writes no ${kind} of this name into namespace ${namespace}`,
          fix: meant === undefined ? `check the spelling against ${others.slice(0, 5).join(', ')}` : `write ${meant}, if that is meant`,
        });
      }
    }
  },
};

function destinationsOf(object: ModelObject): Entry[] {
  const { group, manifest: { kind, spec } } = object;
  if (group === 'sources.knative.dev' && !LOOKED_AT.includes(kind)) return reference('spec.sink.ref', fieldsAt(fieldsOf(spec), 'sink').ref);
  if (group === 'messaging.knative.dev' && CHANNELS.includes(kind)) {
    return reference('spec.delivery.deadLetterSink.ref', fieldsAt(fieldsOf(spec), 'delivery', 'deadLetterSink').ref);
  }
  return [];
}

function reference(field: string, value: unknown): Entry[] {
  return isGiven(value) ? [{ field, value: fieldsOf(value) }] : [];
}
