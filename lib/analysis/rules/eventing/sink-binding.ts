import { find, namespaceOf, SOURCES, specOf } from './brokers';
import { Severity } from '../../../core/problem';
import { groupOf, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, textOf } from '../../values';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function subjectOf(binding: ModelObject): Fields {
  return fieldsOf(specOf(binding).subject);
}

export const sinkBindingSubject: Rule = {
  code: 'SM0328',
  title: 'SinkBinding without a subject that it may change',
  explanation: 'The subject is named by apiVersion, kind and either name or selector, and is in the namespace of the SinkBinding '
    + '(knative/eventing pkg/apis/sources/v1/sinkbinding_validation.go, knative.dev/pkg tracker).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout, namespace: shop }
spec:
  subject: { apiVersion: apps/v1, kind: Deployment }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
    accepted: `apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout, namespace: shop }
spec:
  subject: { apiVersion: apps/v1, kind: Deployment, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
  },
  check(context) {
    for (const binding of context.model.ofKind(SOURCES, 'SinkBinding')) {
      const { apiVersion, kind, name, selector, namespace } = subjectOf(binding);
      for (const [field] of Object.entries({ apiVersion, kind }).filter(([, value]) => textOf(value) === undefined)) {
        context.report(binding, { field: `spec.subject.${field}`, reason: 'the subject is named by API version and kind', fix: 'write both, such as apps/v1 Deployment' });
      }
      const named = textOf(name) !== undefined;
      if (named === isGiven(selector)) {
        context.report(binding, {
          field: 'spec.subject',
          reason: named ? 'name and selector exclude each other' : 'neither name nor selector says which objects get the address',
          fix: 'write one of the two',
        });
      }
      if (typeof name === 'string' && named && !DNS_LABEL.test(name)) {
        context.report(binding, { field: 'spec.subject.name', value: name, reason: 'the name of a subject is a DNS label', fix: 'correct the name' });
      }
      if (textOf(namespace) && namespace !== namespaceOf(binding)) {
        context.report(binding, {
          field: 'spec.subject.namespace',
          value: namespace,
          reason: `a SinkBinding changes objects of its own namespace alone, which is ${namespaceOf(binding)}`,
          fix: 'put the SinkBinding into the namespace of its subject; its sink may be in another',
        });
      }
    }
  },
};

export const sinkBindingTwice: Rule = {
  code: 'SM0329',
  title: 'two SinkBindings of one subject',
  explanation: 'Each SinkBinding removes K_SINK, K_CE_OVERRIDES and K_CA_CERTS from the containers before it sets its own, so two of them overwrite each other for ever '
    + '(knative/eventing pkg/apis/sources/v1/sinkbinding_lifecycle.go).',
  example: {
    refused: `apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout-to-orders, namespace: shop }
spec:
  subject: { apiVersion: apps/v1, kind: Deployment, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
---
apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout-to-payments, namespace: shop }
spec:
  subject: { apiVersion: apps/v1, kind: Deployment, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: payments } }
`,
    accepted: `apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout-to-orders, namespace: shop }
spec:
  subject: { apiVersion: apps/v1, kind: Deployment, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
  },
  check(context) {
    const first = new Map<string, ModelObject>();
    for (const binding of context.model.ofKind(SOURCES, 'SinkBinding')) {
      const { apiVersion, kind, name } = subjectOf(binding);
      if (!textOf(name)) continue;
      const subject = JSON.stringify([groupOf(textOf(apiVersion) ?? ''), kind, name, namespaceOf(binding)]);
      const earlier = first.get(subject);
      if (!earlier) {
        first.set(subject, binding);
        continue;
      }
      context.report(binding, {
        field: 'spec.subject.name',
        value: name,
        reason: `${earlier.path} already sets K_SINK in the containers of this ${kind}, and each of the two removes what the other one wrote`,
        fix: 'bind it once, and give it the address of the other sink (its status.address.url) in an environment variable of another name; or, with the constructs, '
          + 'broker.ingressUrl',
      });
    }
  },
};

export const sinkBindingNamedRevision: Rule = {
  code: 'SM0330',
  title: 'SinkBinding of a Knative Service that names its revision',
  explanation: 'A SinkBinding changes the template of its subject. Where the template names the revision, Knative Serving refuses a change that keeps the name, so '
    + 'the address gets in only if the SinkBinding and its sink are ready before (knative/serving pkg/apis/serving/v1/revision_validation.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata: { name: checkout-v1 }
    spec:
      containers: [{ image: registry.example.com/shop/checkout:1.4.2 }]
---
apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout, namespace: shop }
spec:
  subject: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/shop/checkout:1.4.2 }]
---
apiVersion: sources.knative.dev/v1
kind: SinkBinding
metadata: { name: checkout, namespace: shop }
spec:
  subject: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }
  sink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
  },
  check(context) {
    for (const binding of context.model.ofKind(SOURCES, 'SinkBinding')) {
      const { apiVersion, kind, name } = subjectOf(binding);
      const group = groupOf(textOf(apiVersion) ?? '');
      if (group !== 'serving.knative.dev' || kind !== 'Service' || !textOf(name)) continue;
      const service = find(context.model, group, kind, textOf(name)!, namespaceOf(binding));
      const revision = service && textOf(fieldsOf(fieldsOf(specOf(service).template).metadata).name);
      if (!revision) continue;
      context.report(binding, {
        field: 'spec.subject.name',
        value: name,
        reason: `the template of ${service.path} names its revision ${revision}, and Knative refuses to change a template without a new name, so K_SINK may never get in`,
        fix: 'leave the revision unnamed, or drop the SinkBinding and set K_SINK to the address of the sink (its status.address.url) in the service itself; or, with '
          + 'the constructs, to broker.ingressUrl',
      });
    }
  },
};
