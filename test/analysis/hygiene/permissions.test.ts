import { found, peersFound } from '../found';

const role = (kind: string, name: string, rule: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: '${name}'${kind === 'Role' ? ', namespace: shop' : ''} }
rules: [${rule}]
`;

const binding = (kind: string, roleKind: string, roleName: string, name = 'shop') => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: '${name}'${kind === 'RoleBinding' ? ', namespace: shop' : ''} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${roleKind}, name: '${roleName}' }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop }]
`;

const EXEC = "{ apiGroups: [''], resources: [pods/exec], verbs: [create] }";
const EVERYTHING = "{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }";

describe('a way into running containers', () => {
  test.each([
    [EXEC, true],
    ["{ apiGroups: ['*'], resources: [pods/attach], verbs: [get] }", true],
    ["{ apiGroups: [''], resources: ['*'], verbs: ['*'] }", true],
    ["{ apiGroups: [''], resources: [pods/exec], verbs: [list] }", false],
    ['{ apiGroups: [apps], resources: [pods/exec], verbs: [create] }', false],
    ["{ apiGroups: [''], resources: [pods/log], verbs: [get] }", false],
  ])('by %s: %p', (rule, open) => {
    expect(peersFound(role('Role', 'operator', rule), 'rolePodExecAttach')).toEqual(open ? ['rolePodExecAttach'] : []);
    expect(peersFound(role('ClusterRole', 'operator', rule), 'clusterrolePodExecAttach')).toEqual(open ? ['clusterrolePodExecAttach'] : []);
  });

  test.each([
    ['RoleBinding', 'Role', 'rolebindingRolePodExecAttach'],
    ['RoleBinding', 'ClusterRole', 'rolebindingClusterRolePodExecAttach'],
    ['ClusterRoleBinding', 'ClusterRole', 'clusterrolebindingPodExecAttach'],
  ])('is bound by a %s of a %s', (kind, roleKind, peer) => {
    const peers = ['rolebindingRolePodExecAttach', 'rolebindingClusterRolePodExecAttach', 'clusterrolebindingPodExecAttach'];
    expect(peersFound(role(roleKind, 'operator', EXEC) + binding(kind, roleKind, 'operator'), ...peers)).toEqual([peer]);
  });

  test('is there in every cluster as edit, admin and cluster-admin', () => {
    expect(found(binding('RoleBinding', 'ClusterRole', 'edit'), 'SM0732')).toHaveLength(1);
    expect(found(binding('RoleBinding', 'ClusterRole', 'view'), 'SM0732')).toEqual([]);
  });

  test('of the cluster itself is nobody\'s mistake', () => {
    const text = role('ClusterRole', 'system:controller:x', EXEC) + binding('ClusterRoleBinding', 'ClusterRole', 'system:controller:x', 'system:x');
    expect(found(text, 'SM0731', 'SM0732', 'SM0733')).toEqual([]);
  });
});

describe('everything', () => {
  test.each([
    ['ClusterRoleBinding', 'ClusterRole', 'clusterrolebindingClusterAdmin'],
    ['RoleBinding', 'ClusterRole', 'rolebindingClusterAdminClusterRole'],
    ['RoleBinding', 'Role', 'rolebindingClusterAdminRole'],
  ])('is bound by a %s of a %s', (kind, roleKind, peer) => {
    expect(peersFound(role(roleKind, 'all', EVERYTHING) + binding(kind, roleKind, 'all'), peer)).toEqual([peer]);
  });

  test('is also every verb by its name', () => {
    const verbs = "{ apiGroups: ['*'], resources: ['*'], verbs: [get, list, watch, create, update, patch, delete] }";
    expect(found(role('Role', 'all', verbs) + binding('RoleBinding', 'Role', 'all'), 'SM0733')).toHaveLength(1);
  });

  test('of one API group is not everything', () => {
    const some = "{ apiGroups: [apps], resources: ['*'], verbs: ['*'] }";
    expect(found(role('Role', 'all', some) + binding('RoleBinding', 'Role', 'all'), 'SM0733')).toEqual([]);
  });
});
