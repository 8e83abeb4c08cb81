import { imageFunction, onFunctions } from './lambda-rule';
import { Finding } from '../../../rule';
import { fieldsAt, textMapOf } from '../../../values';

const VARIABLES = 'spec.environment.variables';
const MOST_BYTES = 4096;

/** Variables of the runtime itself. */
const RESERVED = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
]);

export const lambdaVariables = onFunctions({
  code: 'SM0163',
  title: 'variables that Lambda does not take',
  explanation: 'A name begins with a letter and has at least two letters, digits or underscores; those of the runtime are its own; names and values together have at most 4 KB '
    + '(docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, lambda-runtime-environment and Lambda quotas).',
  example: {
    refused: imageFunction('environment: { variables: { AWS_REGION: eu-central-1 } }'),
    accepted: imageFunction('environment: { variables: { TABLE_REGION: eu-central-1 } }'),
  },
  findings: spec => {
    const variables = Object.entries(textMapOf(fieldsAt(spec, 'environment').variables));
    return [...variables.flatMap(([name]) => badName(name)), ...tooMuch(variables)];
  },
});

function badName(name: string): Finding[] {
  const field = `${VARIABLES}[${name}]`;
  if (RESERVED.has(name)) return [{ field, reason: 'the variable is the runtime\'s own, and Lambda refuses a function that sets it', fix: 'give it another name' }];
  return /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name) ? []
    : [{ field, reason: 'a name is a letter and then at least one letter, digit or underscore', fix: 'give it another name' }];
}

function tooMuch(variables: readonly [string, string][]): Finding[] {
  const bytes = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  return bytes <= MOST_BYTES ? [] : [{
    field: VARIABLES,
    value: `${bytes} bytes`,
    reason: `variables have at most ${MOST_BYTES} bytes together`,
    fix: 'keep settings in the Parameter Store or AppConfig, and their name in a variable',
  }];
}
