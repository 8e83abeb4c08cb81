import { bindings, isBuiltIn, names, Permission, permissionsOf, RBAC } from './permissions';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

/** A role that is there in every cluster and allows it. */
const BUILT_IN = ['cluster-admin', 'admin', 'edit'];

export const execPermission: Rule = {
  code: 'SM0731',
  title: 'role that lets its holders into running containers',
  explanation: 'Who may create or get pods/exec or pods/attach runs programs in a container, with its secrets and its service account (Kubernetes documentation, RBAC good practices).',
  severity: Severity.INFO,
  peers: ['rolePodExecAttach', 'clusterrolePodExecAttach'],
  example: {
    refused: role('pods/exec', 'create'),
    accepted: role('pods/log', 'get'),
  },
  check(context) {
    for (const kind of ['Role', 'ClusterRole'] as const) {
      for (const object of context.model.ofKind(RBAC, kind)) {
        if (isBuiltIn(object)) continue;
        for (const permission of permissionsOf(object).filter(allowsExec)) {
          context.report(object, {
            field: `${permission.field}.resources`,
            value: permission.resources.join(', '),
            reason: 'who holds this role can run programs in running containers',
            fix: 'leave pods/exec and pods/attach out, and name resources and verbs rather than *',
            peers: [kind === 'Role' ? 'rolePodExecAttach' : 'clusterrolePodExecAttach'],
          });
        }
      }
    }
  },
};

export const execBinding: Rule = {
  code: 'SM0732',
  title: 'binding that lets somebody into running containers',
  explanation: 'Who may create or get pods/exec or pods/attach runs programs in a container, with its secrets and its service account (Kubernetes documentation, RBAC good practices).',
  severity: Severity.INFO,
  peers: ['clusterrolebindingPodExecAttach', 'rolebindingClusterRolePodExecAttach', 'rolebindingRolePodExecAttach'],
  example: {
    refused: `${role('pods/exec', 'create')}---${binding()}`,
    accepted: `${role('pods/log', 'get')}---${binding()}`,
  },
  check(context) {
    for (const { object, kind, roleKind, roleName, role: bound } of bindings(context.model)) {
      const allowed = roleKind === 'ClusterRole' && BUILT_IN.includes(roleName) || (bound !== undefined && !isBuiltIn(bound) && permissionsOf(bound).some(allowsExec));
      if (!allowed) continue;
      context.report(object, {
        field: 'roleRef.name',
        value: roleName,
        reason: `the ${roleKind} lets its holders run programs in running containers`,
        fix: 'bind a role without pods/exec and pods/attach',
        peers: [kind === 'ClusterRoleBinding' ? 'clusterrolebindingPodExecAttach' : roleKind === 'ClusterRole' ? 'rolebindingClusterRolePodExecAttach' : 'rolebindingRolePodExecAttach'],
      });
    }
  },
};

function allowsExec({ groups, resources, verbs }: Permission): boolean {
  return names(groups, '') && names(resources, 'pods/exec', 'pods/attach') && names(verbs, 'get', 'create');
}

function role(resource: string, verb: string): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: operator, namespace: shop }
rules:
  - apiGroups: ['']
    resources: [${resource}]
    verbs: [${verb}]
`;
}

function binding(): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: operator, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: operator }
subjects:
  - { kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop }
`;
}
