import { severityWithoutPods } from './absence';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, fieldsOf, isGiven, Labels, labelSelector, labelsOf, Selector, selectorText, selects, selectsAll, workloadsOf } from '../../../workloads';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0 }]
---
`;

const budget = (label: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: orders, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: ${label} } }
`;

const networkPolicy = (label: string, from: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: orders, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${label} } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }] }]
`;

export const budgetWithoutPods: Rule = {
  code: 'SM0860',
  title: 'a disruption budget for no pods',
  explanation: 'A PodDisruptionBudget protects the pods of its namespace that its selector finds. Advice where the app writes no pods into the namespace '
    + '(kubernetes.io, tasks/run-application/configure-pdb).',
  severity: Severity.WARNING,
  example: { refused: WORKLOAD + budget('order'), accepted: WORKLOAD + budget('orders') },
  check(context) {
    for (const object of context.model.ofKind('policy', 'PodDisruptionBudget')) {
      reportWithoutPods(context, object, 'spec.selector', labelSelector(fieldsOf(object.manifest.spec).selector));
    }
  },
};

export const networkPolicyWithoutPods: Rule = {
  code: 'SM0861',
  title: 'a network policy for no pods',
  explanation: 'A NetworkPolicy isolates the pods of its namespace that its podSelector finds. One that finds none leaves everything open. Advice where the app writes no pods into '
    + 'the namespace (kubernetes.io, concepts/services-networking/network-policies).',
  severity: Severity.WARNING,
  peers: ['dangling-networkpolicy'],
  example: { refused: WORKLOAD + networkPolicy('order', 'orders'), accepted: WORKLOAD + networkPolicy('orders', 'orders') },
  check(context) {
    for (const object of context.model.ofKind('networking.k8s.io', 'NetworkPolicy')) {
      reportWithoutPods(context, object, 'spec.podSelector', labelSelector(fieldsOf(object.manifest.spec).podSelector));
    }
  },
};

export const networkPeerWithoutPods: Rule = {
  code: 'SM0862',
  title: 'a network policy that lets in pods which are not there',
  explanation: 'A peer with a podSelector means pods of the policy\'s own namespace; together with a namespaceSelector, pods of those namespaces. One that finds none lets nobody in '
    + '(kubernetes.io, concepts/services-networking/network-policies, "behavior of to and from selectors").',
  severity: Severity.INFO,
  peers: ['dangling-networkpolicypeer-podselector'],
  example: { refused: WORKLOAD + networkPolicy('orders', 'checkout'), accepted: WORKLOAD + networkPolicy('orders', 'orders') },
  check(context) {
    for (const object of context.model.ofKind('networking.k8s.io', 'NetworkPolicy')) {
      const spec = fieldsOf(object.manifest.spec);
      const peers = [['ingress', 'from'], ['egress', 'to']].flatMap(([direction, list]) => entriesOf(spec[direction], `spec.${direction}`)
        .flatMap(rule => entriesOf(rule.value[list], `${rule.field}.${list}`)));
      for (const { field, value } of peers) {
        if (!isGiven(value.podSelector)) continue;
        const selector = labelSelector(value.podSelector);
        if (selectsAll(selector) || findsPods(context, object, selector, value.namespaceSelector)) continue;
        context.report(object, {
          field: `${field}.podSelector`,
          value: selectorText(selector),
          reason: isGiven(value.namespaceSelector) ? 'no pods of the app in such namespaces have these labels' : `no pods of the app in namespace ${object.namespace} have these labels`,
          fix: isGiven(value.namespaceSelector) ? 'check both selectors' : 'check the labels; for pods of another namespace add a namespaceSelector to the same entry',
        });
      }
    }
  },
};

function findsPods(context: RuleContext, object: ModelObject, selector: Selector, namespaceSelector: unknown): boolean {
  const workloads = workloadsOf(context.model);
  if (!isGiven(namespaceSelector)) return workloads.selectedBy(selector, object.namespace).length > 0;
  const wanted = labelSelector(namespaceSelector);
  const profile = context.profile(object);
  // who is in the namespaces of others nobody here knows
  if (selectsForeign(wanted, profile)) return true;
  return workloads.selectedBy(selector).some(({ namespace }) => selects(wanted, namespaceLabels(context, namespace)));
}

function selectsForeign(wanted: Selector, profile: ClusterProfile): boolean {
  const name = wanted.matchLabels['kubernetes.io/metadata.name'];
  return name === undefined || isForeign(name, profile);
}

function namespaceLabels(context: RuleContext, namespace: string): Labels {
  const declared = context.model.byName('', 'Namespace', undefined, namespace);
  return { ...labelsOf(declared?.manifest.metadata.labels), 'kubernetes.io/metadata.name': namespace };
}

function reportWithoutPods(context: RuleContext, object: ModelObject, field: string, selector: Selector): void {
  const namespace = object.namespace ?? 'default';
  if (selectsAll(selector) || workloadsOf(context.model).selectedBy(selector, namespace).length > 0) return;
  context.report(object, {
    field,
    value: selectorText(selector),
    severity: severityWithoutPods(context.model, namespace, context.profile(object)),
    reason: `the app writes no pods with these labels into namespace ${namespace}`,
    fix: 'use the labels of the pod template, and put the object into the namespace of the pods',
  });
}
