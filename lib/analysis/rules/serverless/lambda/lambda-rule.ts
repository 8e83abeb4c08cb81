import { ModelObject } from '../../../model';
import { Finding, Rule, RuleContext } from '../../../rule';
import { Fields, fieldsOf } from '../../../values';

export const LAMBDA_GROUP = 'lambda.services.k8s.aws';

/** A rule that looks at one Function of ACK after the other. */
export interface LambdaRule extends Omit<Rule, 'check'> {
  findings(spec: Fields, context: RuleContext, object: ModelObject): Finding[];
}

export function onFunctions({ findings, ...rule }: LambdaRule): Rule {
  return {
    ...rule,
    check: context => context.model.ofKind(LAMBDA_GROUP, 'Function').forEach(object => findings(fieldsOf(object.manifest.spec), context, object)
      .forEach(finding => context.report(object, finding))),
  };
}

/** A Function that is fine, with further fields of its spec. */
export function imageFunction(...fields: readonly string[]): string {
  return functionWith('packageType: Image', 'code: { imageURI: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/resize:1.4.2" }', ...fields);
}

/** The same with code in an archive. */
export function zipFunction(...fields: readonly string[]): string {
  return functionWith('packageType: Zip', 'runtime: nodejs24.x', 'handler: index.handler', 'code: { s3Bucket: releases, s3Key: resize.zip, sha256: abc= }', ...fields);
}

/** A Function with a name, a role and these fields. */
export function functionWith(...fields: readonly string[]): string {
  return `apiVersion: lambda.services.k8s.aws/v1alpha1
kind: Function
metadata: { name: resize, namespace: shop }
spec:
  name: resize
  role: arn:aws:iam::123456789012:role/resize
${fields.map(field => `  ${field}\n`).join('')}`;
}
