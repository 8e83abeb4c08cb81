import { imageFunction, onFunctions } from './lambda-rule';
import { Severity } from '../../../../core/problem';
import { fieldsAt, textMapOf } from '../../../values';

const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s:]*:[^/?#@\s]+@/i;
const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

export const lambdaCredentials = onFunctions({
  code: 'SM0164',
  title: 'a password in a variable of a function',
  explanation: 'Whoever may read the object in the cluster or the function at AWS reads the password. Neither takes a variable from a Secret, so the function has to fetch it '
    + 'itself, with its role (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, securing environment variables).',
  severity: Severity.WARNING,
  example: {
    refused: imageFunction('environment: { variables: { DATABASE_URL: "postgres://resize:secret@ledger/images" } }'),
    accepted: imageFunction('environment: { variables: { DATABASE_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:ledger" } }'),
  },
  findings: spec => Object.entries(textMapOf(fieldsAt(spec, 'environment').variables))
    .filter(([, value]) => URL_WITH_PASSWORD.test(value) || PRIVATE_KEY.test(value))
    // the value itself must not reach a log
    .map(([name, value]) => ({
      field: `spec.environment.variables[${name}]`,
      reason: `variable ${name} holds ${PRIVATE_KEY.test(value) ? 'a private key' : 'a URL with a password'} in plain text`,
      fix: 'keep it in Secrets Manager or the Parameter Store, let the role of the function read it, and write only its name into the variable',
    })),
});
