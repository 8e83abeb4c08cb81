import type { Size } from 'cdk8s';
import { AWS_RESOURCE, AWS_RESOURCES } from './aws-resource';
import { LAMBDA_CODE } from './lambda-code';
import { LAMBDA_ENDPOINT } from './lambda-endpoint';
import type { LambdaFunctionProps } from './lambda-function-props';
import { LambdaArchitecture, LambdaLogFormat, LambdaLogLevel, LambdaUrlAuth } from './lambda-settings';
import { ProblemReport } from '../../core/problem';
import { DURATION, Expected, FLAG, memberOf, NUMBER, optionsLike, TEXT, TEXT_MAP, TEXTS, usable, wrongType } from '../../core/wrong-type';

const SIZE: Expected<Size> = {
  what: 'a Size of cdk8s',
  fix: 'write the unit down, as in Size.mebibytes(512)',
  holds: (value): value is Size => typeof (value as Size | undefined)?.toKibibytes === 'function',
};

function options<T extends object>(example: string): Expected<T> {
  return optionsLike<T>('an object of options', `pass ${example} or the like`);
}

const PROPERTIES: { readonly [name in keyof LambdaFunctionProps]-?: Expected<unknown> } = {
  code: LAMBDA_CODE,
  role: AWS_RESOURCE,
  name: TEXT,
  description: TEXT,
  memory: SIZE,
  timeout: DURATION,
  env: TEXT_MAP,
  architecture: memberOf('LambdaArchitecture', LambdaArchitecture),
  ephemeralStorage: SIZE,
  layers: TEXTS,
  reservedConcurrency: NUMBER,
  vpc: options('{ subnets: [...], securityGroups: [...] }'),
  fileSystem: options("{ accessPointArn: 'arn:...', mountPath: '/mnt/data' }"),
  tracing: FLAG,
  snapStart: FLAG,
  publish: FLAG,
  deadLetterArn: TEXT,
  asyncInvocation: options('{ retries: 1 }'),
  logging: options('{ format: LambdaLogFormat.JSON }'),
  kmsKey: AWS_RESOURCE,
  codeSigning: AWS_RESOURCE,
  tags: TEXT_MAP,
  url: options('{ auth: LambdaUrlAuth.AWS_IAM }'),
  endpoint: LAMBDA_ENDPOINT,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
};

/** Properties that are not what they have to be, which only JavaScript lets pass. */
export function lambdaProblems(props: LambdaFunctionProps): ProblemReport[] {
  const names = Object.keys(PROPERTIES) as (keyof LambdaFunctionProps)[];
  const { vpc, asyncInvocation, logging, url } = props;
  return [
    ...names.flatMap(name => wrongType(name, props[name], PROPERTIES[name]))
      // what was meant as a variable may be a password
      .map(problem => problem.field === 'env' ? { ...problem, value: undefined } : problem),
    ...usable(props.code, LAMBDA_CODE)?._problems() ?? [],
    ...usable(props.endpoint, LAMBDA_ENDPOINT)?._problems() ?? [],
    ...wrongType('vpc.subnets', vpc?.subnets, AWS_RESOURCES),
    ...wrongType('vpc.securityGroups', vpc?.securityGroups, AWS_RESOURCES),
    ...wrongType('asyncInvocation.retries', asyncInvocation?.retries, NUMBER),
    ...wrongType('asyncInvocation.maxEventAge', asyncInvocation?.maxEventAge, DURATION),
    ...wrongType('asyncInvocation.onFailure', asyncInvocation?.onFailure, TEXT),
    ...wrongType('asyncInvocation.onSuccess', asyncInvocation?.onSuccess, TEXT),
    ...wrongType('logging.format', logging?.format, memberOf('LambdaLogFormat', LambdaLogFormat)),
    ...wrongType('logging.applicationLevel', logging?.applicationLevel, memberOf('LambdaLogLevel', LambdaLogLevel)),
    ...wrongType('logging.systemLevel', logging?.systemLevel, memberOf('LambdaLogLevel', LambdaLogLevel)),
    ...wrongType('url.auth', url?.auth, memberOf('LambdaUrlAuth', LambdaUrlAuth)),
    ...wrongType('url.cors.allowOrigins', url?.cors?.allowOrigins, TEXTS),
    ...wrongType('url.cors.maxAge', url?.cors?.maxAge, DURATION),
  ];
}
