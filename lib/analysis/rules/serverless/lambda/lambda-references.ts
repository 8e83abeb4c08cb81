import { functionWith, imageFunction, LAMBDA_GROUP } from './lambda-rule';
import { Finding, Rule } from '../../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf } from '../../../values';

interface Reference {
  readonly at: readonly string[];
  readonly value: string;
  readonly reference: string;
  readonly required?: boolean;
}

const OF_FUNCTIONS: readonly Reference[] = [
  { at: [], value: 'role', reference: 'roleRef', required: true },
  { at: [], value: 'kmsKeyARN', reference: 'kmsKeyRef' },
  { at: [], value: 'codeSigningConfigARN', reference: 'codeSigningConfigRef' },
  { at: ['code'], value: 's3Bucket', reference: 's3BucketRef' },
  { at: ['vpcConfig'], value: 'subnetIDs', reference: 'subnetRefs' },
  { at: ['vpcConfig'], value: 'securityGroupIDs', reference: 'securityGroupRefs' },
];

const OF_URLS: readonly Reference[] = [{ at: [], value: 'functionName', reference: 'functionRef', required: true }];

export const lambdaReferences: Rule = {
  code: 'SM0162',
  title: 'an identifier and a reference for the same thing of AWS, or neither',
  explanation: 'The controller takes what AWS calls a thing or a reference to the object that makes it, not both, and stops with a terminal condition; role of a function and '
    + 'function of a URL must be one of the two (lambda-controller pkg/resource/function/references.go, validateReferenceFields).',
  example: {
    refused: imageFunction('roleRef: { from: { name: resize } }'),
    accepted: functionWith('packageType: Image', 'code: { imageURI: resize:1.4.2 }', 'kmsKeyRef: { from: { name: shop } }'),
  },
  check(context) {
    for (const [kind, references] of [['Function', OF_FUNCTIONS], ['FunctionURLConfig', OF_URLS]] as const) {
      for (const object of context.model.ofKind(LAMBDA_GROUP, kind)) {
        references.flatMap(reference => wrong(reference, fieldsOf(object.manifest.spec))).forEach(finding => context.report(object, finding));
      }
    }
  },
};

function wrong({ at, value, reference, required }: Reference, spec: Fields): Finding[] {
  const fields = at.reduce<Fields>((inner, key) => fieldsOf(inner[key]), spec);
  const isValue = isSet(fields[value]) && (!Array.isArray(fields[value]) || listOf(fields[value]).length > 0);
  const isReference = isGiven(fields[reference]) && (!Array.isArray(fields[reference]) || listOf(fields[reference]).length > 0);
  const path = ['spec', ...at].join('.');
  if (isValue && isReference) {
    return [{ field: `${path}.${reference}`, reason: `the controller takes ${value} or ${reference}, not both`, fix: 'keep the one that holds' }];
  }
  return required && !isValue && !isReference ? [{ field: `${path}.${value}`, reason: `one of ${value} and ${reference} must be there`, fix: `set ${value}, or ${reference}.from.name` }] : [];
}
