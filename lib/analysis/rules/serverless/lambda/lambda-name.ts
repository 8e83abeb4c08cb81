import { functionWith, onFunctions } from './lambda-rule';
import { textOf } from '../../../values';

const NAME = /^[a-zA-Z0-9-_]{1,64}$/;

export const lambdaName = onFunctions({
  code: 'SM0170',
  title: 'a name that no function has',
  explanation: 'The name of a function has letters, digits, hyphens and underscores, 64 of them at most (lambda-controller config/crd/bases/lambda.services.k8s.aws_functions.yaml, '
    + 'description of name).',
  example: {
    refused: functionWith('packageType: Image', 'code: { imageURI: resize:1.4.2 }').replace('name: resize\n  role', 'name: "resize images"\n  role'),
    accepted: functionWith('packageType: Image', 'code: { imageURI: resize:1.4.2 }'),
  },
  findings: ({ name }) => {
    const text = textOf(name);
    // an ARN, whole or in part, is taken as well
    return text === undefined || text.includes(':') || NAME.test(text) ? [] : [{
      field: 'spec.name',
      value: text,
      reason: 'Lambda takes letters, digits, hyphens and underscores, at most 64',
      fix: 'choose another name',
    }];
  },
});
