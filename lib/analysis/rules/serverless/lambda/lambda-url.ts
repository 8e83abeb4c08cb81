import { imageFunction, LAMBDA_GROUP } from './lambda-rule';
import { Severity } from '../../../../core/problem';
import { Rule, RuleContext } from '../../../rule';
import { fieldsOf, listOf } from '../../../values';

const URL = (auth: string) => `${imageFunction()}---
apiVersion: lambda.services.k8s.aws/v1alpha1
kind: FunctionURLConfig
metadata: { name: resize, namespace: shop }
spec: { authType: ${auth}, functionRef: { from: { name: resize } } }
`;

export const lambdaUrl: Rule = {
  code: 'SM0168',
  title: 'a URL of a function that nobody may call',
  explanation: 'authType is AWS_IAM or NONE. NONE checks no signature, but the policy of the function still has to let everybody in, with lambda:InvokeFunctionUrl and '
    + 'lambda:InvokeFunction; of the objects of ACK only an Alias carries permissions (docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).',
  example: { refused: URL('None'), accepted: URL('AWS_IAM') },
  check(context) {
    for (const object of context.model.ofKind(LAMBDA_GROUP, 'FunctionURLConfig')) {
      const { authType } = fieldsOf(object.manifest.spec);
      if (authType === 'NONE' && !grantsUrl(context)) {
        context.report(object, {
          field: 'spec.authType',
          value: authType,
          severity: Severity.INFO,
          reason: 'the URL answers everybody with 403 until a permission of the function lets them in, and no Alias here carries one',
          fix: 'add the permissions lambda:InvokeFunctionUrl and lambda:InvokeFunction for everybody, or use AWS_IAM',
        });
      } else if (typeof authType === 'string' && authType !== 'NONE' && authType !== 'AWS_IAM') {
        context.report(object, { field: 'spec.authType', value: authType, reason: 'Lambda knows AWS_IAM and NONE', fix: 'write one of the two' });
      }
    }
  },
};

function grantsUrl({ model }: RuleContext): boolean {
  return model.ofKind(LAMBDA_GROUP, 'Alias').some(alias => listOf(fieldsOf(alias.manifest.spec).permissions)
    .some(permission => fieldsOf(permission).action === 'lambda:InvokeFunctionUrl'));
}
