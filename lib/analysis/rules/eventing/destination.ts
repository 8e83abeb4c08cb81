import { find, namespaceOf } from './brokers';
import { destinations, WrittenDestination } from './destinations';
import { ClusterProfile } from '../../../core/cluster-profile';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Severity } from '../../../core/problem';
import { groupOf, ManifestModel } from '../../model';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, textOf } from '../../values';

export const destinationIncomplete: Rule = {
  code: 'SM0310',
  intents: ['SM0348'],
  title: 'destination of events that leads nowhere',
  explanation: 'A destination is a reference (apiVersion, kind, name), an absolute URI, or a reference with a relative URI '
    + '(knative.dev/pkg apis/duck/v1/destination.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { uri: /events }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { uri: https://audit.example.com/events }
`,
  },
  check(context) {
    for (const { object, destination } of destinations(context.model)) {
      for (const finding of flaws(destination, context.profile(object))) context.report(object, finding);
    }
  },
};

export const destinationMissing: Rule = {
  code: 'SM0311',
  title: 'destination of events that is not among the manifests',
  explanation: 'A Trigger, a source or a delivery whose destination does not exist never becomes ready (knative.dev/pkg resolver/addressable_resolver.go). Only kinds '
    + 'are looked at of which the manifests hold other objects in the same namespace: the rest may well be deployed with something else.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audits } }
---
apiVersion: v1
kind: Service
metadata: { name: audit, namespace: shop }
spec:
  selector: { app: audit }
  ports: [{ name: http, port: 80 }]
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
---
apiVersion: v1
kind: Service
metadata: { name: audit, namespace: shop }
spec:
  selector: { app: audit }
  ports: [{ name: http, port: 80 }]
`,
  },
  check(context) {
    const { model } = context;
    for (const { object, destination } of destinations(model)) {
      const ref = fieldsOf(fieldsOf(destination.value).ref);
      const [apiVersion, kind, name] = [textOf(ref.apiVersion), textOf(ref.kind), textOf(ref.name)];
      if (!apiVersion || !kind || !name) continue;
      const namespace = textOf(ref.namespace) ?? namespaceOf(object);
      if (find(model, groupOf(apiVersion), kind, name, namespace)) continue;
      const others = model.derived(namesByKind).get([groupOf(apiVersion), kind, namespace].join('/'));
      if (!others) continue;
      context.report(object, {
        field: `${destination.field}.ref.name`,
        value: name,
        reason: `no ${kind} of this name in namespace ${namespace} is among the manifests`,
        fix: `check the spelling against ${others.slice(0, 5).join(', ')}; or, with the constructs, pass the construct itself`,
      });
    }
  },
};

/** Names of what the app writes, by group, kind and namespace. */
function namesByKind(model: ManifestModel): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const object of model.objects) {
    if (object.name === undefined) continue;
    const key = [object.group, object.manifest.kind, namespaceOf(object)].join('/');
    const names = found.get(key);
    if (names) names.push(object.name);
    else found.set(key, [object.name]);
  }
  return found;
}

function flaws({ field, value, required }: WrittenDestination, profile: ClusterProfile): Finding[] {
  if (!isGiven(value)) return required ? [nowhere(field)] : [];
  const { ref, uri } = fieldsOf(value);
  if (!isGiven(ref) && !isGiven(uri)) return [nowhere(field)];
  const absolute = typeof uri === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(uri);
  if (isGiven(ref) && absolute) {
    return [{ field: `${field}.uri`, value: uri, reason: 'next to a reference the URI is a path under its address, and this one is absolute', fix: 'write the path alone, or leave ref out' }];
  }
  if (!isGiven(ref) && !(absolute && /^[^:]+:\/\/[^/]/.test(uri))) {
    return [{ field: `${field}.uri`, value: uri, reason: 'without a reference the URI has to say scheme and host', fix: 'write an absolute URI such as https://example.com/events' }];
  }
  // With a relative URI beside it the webhook does not look at the reference.
  return isGiven(ref) && !isGiven(uri) ? referenceFlaws(`${field}.ref`, fieldsOf(ref), profile) : [];
}

function referenceFlaws(field: string, ref: Fields, profile: ClusterProfile): Finding[] {
  const flag = EventingFeature.KREFERENCE_GROUP;
  const grouped = textOf(ref.group) !== undefined;
  const enabled = profile.eventingFeature(flag) === FeatureState.ENABLED;
  const refused = grouped && !enabled ? [{
    field: `${field}.group`,
    value: ref.group,
    reason: `the cluster's feature flag ${flag.key} is off, and without it a reference has no group`,
    fix: 'write apiVersion, which is group and version',
  }] : [];
  const missing = ['apiVersion', 'kind', 'name'].filter(key => textOf(ref[key]) === undefined && !(key === 'apiVersion' && grouped));
  return [...refused, ...missing.map(key => ({
    field: `${field}.${key}`,
    reason: 'a reference names API version, kind and name',
    fix: `write the ${key} of the object that takes the events`,
  }))];
}

function nowhere(field: string): Finding {
  return { field, reason: 'it names neither an object nor a URI', fix: 'write ref with apiVersion, kind and name, or an absolute uri' };
}
