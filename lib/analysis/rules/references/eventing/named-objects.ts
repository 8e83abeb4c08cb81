import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { groupOf, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, isGiven, textOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

/** Kinds of Knative that name another object without sending events to it. */
const NAMING: readonly { readonly group: string; readonly kind: string; readonly references: (object: ModelObject) => Entry[] }[] = [
  { group: 'messaging.knative.dev', kind: 'Subscription', references: object => at(object, 'spec', 'channel') },
  { group: 'sources.knative.dev', kind: 'SinkBinding', references: object => at(object, 'spec', 'subject') },
  { group: 'serving.knative.dev', kind: 'DomainMapping', references: object => at(object, 'spec', 'ref') },
  { group: 'eventing.knative.dev', kind: 'Broker', references: object => at(object, 'spec', 'config') },
  {
    group: 'eventing.knative.dev',
    kind: 'EventPolicy',
    references: object => ['to', 'from'].flatMap(list => entriesOf(fieldsOf(object.manifest.spec)[list], `spec.${list}`)
      .filter(({ value }) => isGiven(value.ref)).map(({ field, value }) => ({ field: `${field}.ref`, value: fieldsOf(value.ref) }))),
  },
];

const CHANNEL = `apiVersion: messaging.knative.dev/v1
kind: Channel
metadata: { name: orders, namespace: shop }
---
`;

const subscription = (channel: string) => `apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: audit, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: ${channel} }
  subscriber: { uri: https://audit.example.com }
`;

export const namedObject: Rule = {
  code: 'SM0841',
  title: 'a reference of Knative to something that is not there',
  explanation: 'A Subscription names its channel, a SinkBinding its subject, a DomainMapping its service, a Broker its configuration and an EventPolicy what it is for, by API version, kind and '
    + 'name. Without that object they never become ready. Only kinds are looked at of which the app writes other objects in the same namespace: the rest may belong to another app '
    + '(knative.dev/pkg resolver/addressable_resolver.go).',
  severity: Severity.WARNING,
  example: { refused: CHANNEL + subscription('order'), accepted: CHANNEL + subscription('orders') },
  check(context) {
    for (const { group, kind, references } of NAMING) {
      for (const object of context.model.ofKind(group, kind)) {
        for (const { field, value } of references(object)) {
          const [apiVersion, targetKind, name] = [textOf(value.apiVersion), textOf(value.kind), textOf(value.name)];
          if (apiVersion === undefined || targetKind === undefined || name === undefined) continue;
          const namespace = textOf(value.namespace) ?? object.namespace ?? 'default';
          if (isForeign(namespace, context.profile(object)) || context.model.byName(groupOf(apiVersion), targetKind, namespace, name)) continue;
          const others = names(context.model, groupOf(apiVersion), targetKind, namespace);
          if (others.length === 0) continue;
          const meant = suggestion(name, others);
          context.report(object, {
            field: `${field}.name`,
            value: name,
            reason: `the app writes no ${targetKind} of this name into namespace ${namespace}`,
            fix: meant === undefined ? `check the spelling against ${others.slice(0, 5).join(', ')}` : `write ${meant}, if that is meant`,
          });
        }
      }
    }
  },
};

function at(object: ModelObject, ...path: readonly string[]): Entry[] {
  return [{ field: path.join('.'), value: fieldsAt(object.manifest, ...path) }];
}
