import { choice } from './amounts';
import { entriesIn, Facts, fieldsIn, isEmpty, say } from './facts';
import { dnsSubdomain, pathSegment } from './names';
import { Fields } from '../structural';
import { Walk } from '../walk';

const GROUP = 'rbac.authorization.k8s.io';

export const ACCESS_FACTS: Record<string, Facts> = {
  'rbac.v1.Role': { check: ({ rules }, walk) => checkRules(rules, false, walk) },
  'rbac.v1.ClusterRole': { check: ({ rules }, walk) => checkRules(rules, true, walk) },
  'rbac.v1.RoleBinding': { filled: ['roleRef'], check: (binding, walk) => checkReference(binding, ['Role', 'ClusterRole'], walk) },
  'rbac.v1.ClusterRoleBinding': {
    filled: ['roleRef'],
    check: (binding, walk) => {
      checkReference(binding, ['ClusterRole'], walk);
      entriesIn(binding.subjects).forEach(({ kind, namespace }, i) => {
        if (kind === 'ServiceAccount' && isEmpty(namespace)) {
          walk.report('missing', say('a service account belongs to a namespace', 'add it: a text'), undefined, ['subjects', i, 'namespace']);
        }
      });
    },
  },
  'rbac.v1.RoleRef': { optional: ['apiGroup'], filled: ['kind', 'name'], fields: { name: pathSegment } },
  'rbac.v1.Subject': { filled: ['kind', 'name'], fields: { kind: choice('ServiceAccount', 'User', 'Group') }, check: checkSubject },
};

function checkRules(rules: unknown, wholeCluster: boolean, walk: Walk): void {
  (Array.isArray(rules) ? rules : []).forEach((entry, i) => {
    const rule = fieldsIn(entry);
    const at = ['rules', i] as const;
    if (isEmpty(rule.verbs)) walk.report('missing', say('a rule allows something', 'add at least one verb, such as get'), undefined, [...at, 'verbs']);
    if (!isEmpty(rule.nonResourceURLs)) {
      if (!wholeCluster) walk.report('combination', say('paths that are no resources belong to no namespace', 'write them into a ClusterRole'), undefined, [...at, 'nonResourceURLs']);
      if (!isEmpty(rule.resources) || !isEmpty(rule.apiGroups)) walk.report('combination', say('a rule is for resources or for other paths', 'make two rules of it'), undefined, [...at, 'nonResourceURLs']);
      return;
    }
    if (isEmpty(rule.apiGroups)) walk.report('missing', say('a rule for resources says of which group', 'add it; the core group is ""'), undefined, [...at, 'apiGroups']);
    if (isEmpty(rule.resources)) walk.report('missing', say('a rule is for something', 'add at least one resource, such as pods'), undefined, [...at, 'resources']);
  });
}

function checkReference({ roleRef }: Fields, kinds: readonly string[], walk: Walk): void {
  const { apiGroup, kind } = fieldsIn(roleRef);
  if (typeof apiGroup === 'string' && apiGroup !== '' && apiGroup !== GROUP) {
    walk.report('value', say('the value is none of those allowed', `write ${GROUP}`), apiGroup, ['roleRef', 'apiGroup']);
  }
  if (typeof kind === 'string' && kind !== '' && !kinds.includes(kind)) {
    walk.report('value', say('the value is none of those allowed', `write ${kinds.join(' or ')}`), kind, ['roleRef', 'kind']);
  }
}

function checkSubject({ kind, name, apiGroup }: Fields, walk: Walk): void {
  const group = typeof apiGroup === 'string' ? apiGroup : '';
  if (kind === 'ServiceAccount') {
    if (group !== '') walk.report('value', say('service accounts belong to the core group', 'remove it'), apiGroup, ['apiGroup']);
    const complaint = isEmpty(name) ? undefined : dnsSubdomain(name);
    if (complaint) walk.report('value', complaint, name, ['name']);
  } else if ((kind === 'User' || kind === 'Group') && group !== '' && group !== GROUP) {
    walk.report('value', say('the value is none of those allowed', `write ${GROUP}, or leave it out`), apiGroup, ['apiGroup']);
  }
}
