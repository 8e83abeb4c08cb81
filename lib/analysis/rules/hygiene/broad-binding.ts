import { Binding, bindings, names, permissionsOf } from './permissions';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

interface Access {
  readonly peer: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly means: string;
}

const ACCESSES: readonly Access[] = [
  { peer: 'access-to-secrets', resources: ['secrets'], verbs: ['get', 'list', 'watch', 'create', 'delete'], means: 'read or change Secrets' },
  {
    peer: 'access-to-create-pods',
    resources: ['pods', 'deployments', 'statefulsets', 'replicasets', 'cronjobs', 'jobs', 'daemonsets'],
    verbs: ['create'],
    means: 'start pods, under any service account of the namespace',
  },
];

export const broadBinding: Rule = {
  code: 'SM0734',
  title: 'binding that gives access to Secrets or to pods',
  explanation: 'Who may read Secrets or start pods gets at every service account of the namespace, and so at all that those may do '
    + '(CIS Kubernetes Benchmark 5.1.2 and 5.1.4).',
  severity: Severity.INFO,
  peers: ACCESSES.map(({ peer }) => peer),
  example: {
    refused: bound('secrets', 'list'),
    accepted: bound('configmaps', 'list'),
  },
  check(context) {
    for (const entry of bindings(context.model)) {
      for (const { peer, means } of ACCESSES.filter(access => gives(entry, access))) {
        context.report(entry.object, {
          field: 'roleRef.name',
          value: entry.roleName,
          reason: `the ${entry.roleKind} lets its holders ${means}`,
          fix: 'bind a role that names what is needed, by resourceNames where it is one object',
          peers: [peer],
        });
      }
    }
  },
};

function gives({ role }: Binding, { resources, verbs }: Access): boolean {
  return role !== undefined && permissionsOf(role).some(permission => names(permission.resources, ...resources) && names(permission.verbs, ...verbs));
}

function bound(resource: string, verb: string): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - apiGroups: ['']
    resources: [${resource}]
    verbs: [${verb}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop }
`;
}
