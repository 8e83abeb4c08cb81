import { count, eachOfSecurity, items } from './each';
import { conditionsOf, isEmptyPart, operationsOf, sourcesOf } from './policy-parts';
import { Finding, Rule } from '../../../rule';
import { textOf } from '../../../workloads';

export const emptyPolicyParts: Rule = {
  code: 'SM1060',
  intents: ['SM0206'],
  title: 'part of an AuthorizationPolicy that says nothing',
  explanation: 'Sources and operations say something, a condition has values, and no value is empty: to allow all, leave from or to out '
    + '(ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { principals: [""] } }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { principals: ["*"] } }]
`,
  },
  check: eachOfSecurity('AuthorizationPolicy', spec => {
    const [sources, operations, conditions] = [sourcesOf(spec), operationsOf(spec), conditionsOf(spec)];
    const found: Finding[] = [...sources, ...operations].filter(isEmptyPart)
      .map(({ field }) => ({ field, reason: 'it says nothing', fix: `write what it allows, or leave ${field.endsWith('source') ? 'from' : 'to'} out for all` }));
    for (const { field, value } of conditions) {
      if (textOf(value.key) === undefined && value.key === '') found.push({ field: `${field}.key`, value: '', reason: 'nothing is looked at', fix: 'write key: such as source.ip' });
      if (textOf(value.key) !== undefined && count(value.values) + count(value.notValues) === 0) {
        found.push({ field: `${field}.values`, reason: `it says nothing of ${value.key}`, fix: 'write values: [...] or notValues: [...]' });
      }
    }
    for (const { field, value } of [...sources, ...operations, ...conditions]) {
      for (const [name, list] of Object.entries(value)) {
        if (!Array.isArray(list) || !list.includes('') || /Ports$|^ports$/.test(name) || /ipBlocks/i.test(name)) continue;
        const empty = items(list, `${field}.${name}`).filter(({ text }) => text === '');
        found.push(...empty.map(({ field: at }) => ({ field: at, value: '', reason: 'a value cannot be empty', fix: 'leave it out, or write what is meant' })));
      }
    }
    return found;
  }),
};
