import { names, permissionsOf, RBAC } from './permissions';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

export const wildcardPermissions: Rule = {
  code: 'SM0730',
  title: 'role that allows everything',
  explanation: 'A * also allows what a later version adds, and custom resources that nobody thought of (CIS Kubernetes Benchmark 5.1.3).',
  severity: Severity.INFO,
  peers: ['wildcard-in-rules'],
  example: {
    refused: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - apiGroups: ['']
    resources: ['*']
    verbs: [get]
`,
    accepted: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - apiGroups: ['']
    resources: [configmaps]
    verbs: [get]
`,
  },
  check(context) {
    for (const role of ['Role', 'ClusterRole'].flatMap(kind => [...context.model.ofKind(RBAC, kind)])) {
      for (const { field, resources, verbs } of permissionsOf(role)) {
        for (const [list, values] of Object.entries({ resources, verbs })) {
          if (!names(values)) continue;
          context.report(role, { field: `${field}.${list}`, value: '*', reason: `it allows all ${list}, also those that do not exist yet`, fix: `name the ${list} that are needed` });
        }
      }
    }
  },
};
