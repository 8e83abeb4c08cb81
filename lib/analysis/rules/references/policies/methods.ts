import { inConditions, inOperations } from './sources';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];

export const unknownMethod: Rule = {
  code: 'SM0839',
  title: 'a method that no request has',
  explanation: 'Istio compares methods letter by letter, and those of HTTP are upper case; of gRPC every method is POST and its name is in the path '
    + '(istio security/v1beta1/authorization_policy.proto, Operation.methods).',
  severity: Severity.WARNING,
  peers: ['KIA0102'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ to: [{ operation: { methods: [get] } }] }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },
  check(context) {
    for (const policy of context.model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      for (const { field, value } of [...inOperations(policy, 'methods', 'notMethods'), ...inConditions(policy, 'request.method')]) {
        const stem = value.replace(/^\*|\*$/g, '');
        if (METHODS.some(method => value.startsWith('*') ? method.endsWith(stem) : value.endsWith('*') ? method.startsWith(stem) : method === stem)) continue;
        const upper = value.toUpperCase();
        context.report(policy, {
          field,
          value,
          // an extension of HTTP may have methods of its own
          severity: /^[A-Z]+$/.test(value) ? Severity.INFO : Severity.WARNING,
          reason: METHODS.includes(upper) ? 'methods of HTTP are upper case, and Istio compares letter by letter' : 'HTTP has no such method',
          fix: METHODS.includes(upper) ? `write ${upper}` : `write one of ${METHODS.join(', ')}; a method of gRPC goes into paths as /package.Service/Method`,
        });
      }
    }
  },
};
