import { severityOfAbsence } from './absence';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { entriesOf, fieldsOf, textOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

const GROUP = 'rbac.authorization.k8s.io';

const ROLE = `apiVersion: ${GROUP}/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list, watch] }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: watcher, namespace: shop }
---
`;

const binding = (role: string) => `apiVersion: ${GROUP}/v1
kind: RoleBinding
metadata: { name: reader, namespace: shop }
roleRef: { apiGroup: ${GROUP}, kind: Role, name: ${role} }
subjects: [{ kind: ServiceAccount, name: watcher, namespace: shop }]
`;

export const boundRole: Rule = {
  code: 'SM0875',
  title: 'a binding of a role or an account that is not there',
  explanation: 'A RoleBinding whose Role does not exist grants nothing, and one of an account that does not exist grants it to nobody. Advice where the app writes no other objects of that '
    + 'kind there; ClusterRoles are not looked at, since clusters have many (kubernetes.io, reference/access-authn-authz/rbac).',
  severity: Severity.WARNING,
  example: { refused: ROLE + binding('readers'), accepted: ROLE + binding('reader') },
  check(context) {
    const { model } = context;
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const object of model.ofKind(GROUP, kind)) {
        const role = fieldsOf(object.manifest.roleRef);
        const own = object.namespace ?? 'default';
        const references = [
          ...role.kind === 'Role' ? [{ field: 'roleRef.name', group: GROUP, kind: 'Role', namespace: own, name: textOf(role.name) }] : [],
          ...entriesOf(object.manifest.subjects, 'subjects').filter(({ value }) => value.kind === 'ServiceAccount').map(({ field, value }) => ({
            field: `${field}.name`, group: '', kind: 'ServiceAccount', namespace: textOf(value.namespace) ?? own, name: textOf(value.name),
          })),
        ];
        for (const { field, group, kind: wanted, namespace, name } of references) {
          if (name === undefined || (wanted === 'ServiceAccount' && name === 'default') || model.byName(group, wanted, namespace, name)) continue;
          const others = names(model, group, wanted, namespace);
          const meant = suggestion(name, others);
          context.report(object, {
            field,
            value: name,
            severity: severityOfAbsence(others.length > 0, namespace, context.profile(object)),
            reason: `the app writes no ${wanted} of this name into namespace ${namespace}`,
            fix: meant === undefined ? 'check name and namespace' : `write ${meant}, if that is meant`,
          });
        }
      }
    }
  },
};
