import { Binding, bindings, Permission, permissionsOf } from './permissions';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

const EVERY_VERB = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

export const adminBinding: Rule = {
  code: 'SM0733',
  title: 'binding that allows everything',
  explanation: 'Who may do everything may take over the cluster, or the namespace (CIS Kubernetes Benchmark 5.1.1).',
  severity: Severity.INFO,
  peers: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole', 'rolebindingClusterAdminRole', 'cluster-admin-role-binding'],
  example: {
    refused: binding('cluster-admin'),
    accepted: binding('view'),
  },
  check(context) {
    for (const entry of bindings(context.model)) {
      const admin = entry.roleKind === 'ClusterRole' && entry.roleName === 'cluster-admin';
      if (!admin && !(entry.role && permissionsOf(entry.role).some(allowsAll))) continue;
      context.report(entry.object, {
        field: 'roleRef.name',
        value: entry.roleName,
        reason: `the ${entry.roleKind} allows everything${entry.kind === 'ClusterRoleBinding' ? ' in the whole cluster' : ' in this namespace'}`,
        fix: 'bind a role that allows what is needed',
        peers: peersOf(entry, admin),
      });
    }
  },
};

function peersOf({ kind, roleKind }: Binding, admin: boolean): string[] {
  if (kind === 'ClusterRoleBinding') return ['clusterrolebindingClusterAdmin', ...admin ? ['cluster-admin-role-binding'] : []];
  return [roleKind === 'ClusterRole' ? 'rolebindingClusterAdminClusterRole' : 'rolebindingClusterAdminRole'];
}

function allowsAll({ groups, resources, verbs }: Permission): boolean {
  return groups.includes('*') && resources.includes('*') && (verbs.includes('*') || EVERY_VERB.every(verb => verbs.includes(verb)));
}

function binding(role: string): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects:
  - { kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop }
`;
}
