import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { ManifestModel } from '../../model';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, labelSelector, textsOf, Workload, workloadsOf } from '../../workloads';

export const exposedService: Rule = {
  code: 'SM0753',
  title: 'Service that is open to the outside',
  explanation: 'NodePort and LoadBalancer lead past the gateway, where the mesh checks who comes in (Kubernetes documentation, Service types).',
  severity: Severity.INFO,
  peers: ['exposed-services'],
  example: {
    refused: service('NodePort'),
    accepted: service('ClusterIP'),
  },
  check(context) {
    for (const object of context.model.ofKind('', 'Service')) {
      const { type } = fieldsOf(object.manifest.spec);
      if (type !== 'NodePort' && type !== 'LoadBalancer') continue;
      context.report(object, { field: 'spec.type', value: type, reason: 'who reaches a node or the load balancer reaches the pods', fix: 'use ClusterIP, and a route of a gateway' });
    }
  },
};

export const ingressWithoutTls: Rule = {
  code: 'SM0754',
  title: 'Ingress without TLS',
  explanation: 'Without spec.tls an Ingress takes requests in plain text (Kubernetes documentation, Ingress).',
  severity: Severity.INFO,
  peers: ['tlsSettingsMissing'],
  example: {
    refused: ingress(''),
    accepted: ingress('tls: [{ hosts: [shop.example.com], secretName: shop-tls }]'),
  },
  check(context) {
    for (const object of context.model.ofKind('networking.k8s.io', 'Ingress')) {
      if (Array.isArray(fieldsOf(object.manifest.spec).tls)) continue;
      context.report(object, { field: 'spec.tls', reason: 'requests and answers pass in plain text', fix: 'name the hosts and the Secret with their certificate' });
    }
  },
};

export const notIsolated = onWorkloads({
  code: 'SM0755',
  title: 'pod that every other pod may reach',
  explanation: 'A pod that no NetworkPolicy selects takes and opens connections as it likes; policies of the mesh hold for what goes through its proxies '
    + '(Kubernetes documentation, network policies).',
  severity: Severity.INFO,
  peers: ['non-isolated-pod', 'missingNetworkPolicy'],
  example: {
    refused: deployment({}),
    accepted: `${deployment({})}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: checkout, namespace: shop }
spec:
  podSelector: { matchLabels: { app: checkout } }
  policyTypes: [Ingress, Egress]
  ingress: [{ ports: [{ port: 8080 }] }]
  egress: [{ ports: [{ port: 5432 }] }]
`,
  },
  findings: (workload, model) => {
    const directions = model.derived(isolation).get(workload);
    if (!directions) {
      return [{
        field: `${workload.path}metadata.labels`,
        reason: 'no NetworkPolicy of the app selects its pods, so every pod of the cluster may connect to them',
        fix: 'write one that names who may connect, and where to',
      }];
    }
    const open = ['Ingress', 'Egress'].filter(direction => !directions.has(direction));
    return open.map(direction => ({
      field: `${workload.path}metadata.labels`,
      reason: direction === 'Ingress' ? 'no NetworkPolicy says who may connect to its pods' : 'no NetworkPolicy says where its pods may connect to',
      fix: `add ${direction} to the policyTypes of one that selects them`,
      peers: ['missingNetworkPolicy'],
    }));
  },
});

export const defaultNamespace = onWorkloads({
  code: 'SM0756',
  title: 'workload in the namespace default',
  explanation: 'Quotas, policies and rights hold for a namespace, and everybody who forgets to name one is in default (CIS Kubernetes Benchmark 5.7.4).',
  severity: Severity.INFO,
  peers: ['use-namespace'],
  example: {
    refused: deployment({}).replace('namespace: shop', 'namespace: default'),
    accepted: deployment({}),
  },
  findings: ({ namespace }) => namespace !== 'default' ? [] : [{
    field: 'metadata.namespace',
    reason: 'it is in the namespace default, with everything else that names none',
    fix: 'name a namespace of the application',
  }],
});

export const noPriority = onWorkloads({
  code: 'SM0757',
  title: 'pod of no priority',
  explanation: 'Where a cluster is full pods of a lower priority make room for those of a higher one; without a class a pod has the cluster\'s default, mostly 0 '
    + '(Kubernetes documentation, priority and preemption).',
  severity: Severity.INFO,
  peers: ['priorityClassNotSet'],
  example: {
    refused: deployment({}),
    accepted: deployment({ pod: 'priorityClassName: system-cluster-critical' }),
  },
  findings: workload => typeof workload.spec.priorityClassName === 'string' ? [] : [{
    field: `${workload.path}spec.priorityClassName`,
    reason: 'it makes room for everything that has a priority',
    fix: 'name a class of the cluster',
  }],
});

export const privilegedConstraints: Rule = {
  code: 'SM0758',
  title: 'security context constraints that allow privileged containers',
  explanation: 'Who may use such constraints of OpenShift may take over a node (OpenShift documentation, managing security context constraints).',
  severity: Severity.INFO,
  peers: ['scc-deny-privileged-container'],
  example: {
    refused: constraints(true),
    accepted: constraints(false),
  },
  check(context) {
    for (const object of context.model.ofKind('security.openshift.io', 'SecurityContextConstraints')) {
      if (object.manifest.allowPrivilegedContainer !== true) continue;
      context.report(object, { field: 'allowPrivilegedContainer', value: true, reason: 'whoever may use it may run privileged containers', fix: 'set it to false, and list allowedCapabilities' });
    }
  },
};

/** For every workload that a policy selects, the directions in which one of them says something. */
function isolation(model: ManifestModel): Map<Workload, Set<string>> {
  const found = new Map<Workload, Set<string>>();
  for (const policy of model.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    const spec = fieldsOf(policy.manifest.spec);
    const selector = labelSelector(spec.podSelector);
    // what the API server fills in where nothing is said
    const written = textsOf(spec.policyTypes);
    const directions = written.length > 0 ? written : ['Ingress', ...entriesOf(spec.egress, '').length > 0 ? ['Egress'] : []];
    for (const workload of workloadsOf(model).selectedBy(selector, policy.namespace ?? 'default')) {
      const known = found.get(workload) ?? new Set();
      directions.forEach(direction => known.add(direction));
      found.set(workload, known);
    }
  }
  return found;
}

function service(type: string): string {
  return `${deployment({})}---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { type: ${type}, selector: { app: checkout }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;
}

function ingress(tls: string): string {
  return `${service('ClusterIP')}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: checkout, namespace: shop }
spec:
${tls ? `  ${tls}\n` : ''}  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: checkout, port: { name: http } } } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: shop }
type: kubernetes.io/tls
data: { tls.crt: '', tls.key: '' }
`;
}

function constraints(allowed: boolean): string {
  return `
apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata: { name: shop }
allowPrivilegedContainer: ${allowed}
`;
}
