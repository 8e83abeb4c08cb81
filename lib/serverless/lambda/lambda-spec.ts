import { Duration, Size } from 'cdk8s';
import { AWS_RESOURCE, AWS_RESOURCES, AwsResource, referenceTo } from './aws-resource';
import { LAMBDA_CODE } from './lambda-code';
import type { LambdaFunctionProps, LambdaUrl } from './lambda-function-props';
import { LambdaLogFormat, LambdaUrlAuth } from './lambda-settings';
import { FunctionSpec, FunctionUrlConfigSpec } from '../../../imports/lambda.services.k8s.aws';
import { wholeSeconds } from '../../core/durations';
import { DURATION, NUMBER, optionsLike, TEXT, TEXT_MAP, TEXTS, usable } from '../../core/wrong-type';

const OPTIONS = optionsLike<object>('', '');

export function functionSpec(name: string, props: LambdaFunctionProps): FunctionSpec {
  const role = usable(props.role, AWS_RESOURCE);
  const key = usable(props.kmsKey, AWS_RESOURCE);
  const signing = usable(props.codeSigning, AWS_RESOURCE);
  const code = usable(props.code, LAMBDA_CODE)?._fields();
  return {
    name,
    description: usable(props.description, TEXT),
    ...code,
    code: code?.code ?? {},
    role: role?._identifier,
    roleRef: referenceTo(role),
    memorySize: mebibytes(props.memory),
    timeout: wholeSeconds(props.timeout),
    environment: given(usable(props.env, TEXT_MAP), variables => ({ variables })),
    architectures: given(props.architecture, architecture => [architecture]),
    ephemeralStorage: given(mebibytes(props.ephemeralStorage), size => ({ size })),
    layers: usable(props.layers, TEXTS),
    reservedConcurrentExecutions: usable(props.reservedConcurrency, NUMBER),
    vpcConfig: vpcConfig(props),
    fileSystemConfigs: given(props.fileSystem, ({ accessPointArn, mountPath }) => [{ arn: accessPointArn, localMountPath: mountPath }]),
    tracingConfig: props.tracing === true ? { mode: 'Active' } : undefined,
    snapStart: props.snapStart === true ? { applyOn: 'PublishedVersions' } : undefined,
    publish: props.publish ?? (props.snapStart === true ? true : undefined),
    deadLetterConfig: given(usable(props.deadLetterArn, TEXT), targetArn => ({ targetArn })),
    functionEventInvokeConfig: eventInvokeConfig(props),
    loggingConfig: loggingConfig(props),
    kmsKeyArn: key?._identifier,
    kmsKeyRef: referenceTo(key),
    codeSigningConfigArn: signing?._identifier,
    codeSigningConfigRef: referenceTo(signing),
    tags: usable(props.tags, TEXT_MAP),
  };
}

export function urlSpec(objectName: string, url: LambdaUrl): FunctionUrlConfigSpec {
  const { auth, cors, alias } = url;
  return {
    authType: auth ?? LambdaUrlAuth.AWS_IAM,
    functionRef: { from: { name: objectName } },
    qualifier: usable(alias, TEXT),
    cors: given(cors, ({ maxAge, ...lists }) => ({ ...lists, maxAge: wholeSeconds(maxAge) })),
  };
}

function vpcConfig({ vpc }: LambdaFunctionProps): FunctionSpec['vpcConfig'] {
  return given(usable(vpc, OPTIONS) as LambdaFunctionProps['vpc'], ({ subnets, securityGroups }) => ({
    subnetIds: identifiers(subnets),
    subnetRefs: references(subnets),
    securityGroupIds: identifiers(securityGroups),
    securityGroupRefs: references(securityGroups),
  }));
}

function eventInvokeConfig({ asyncInvocation }: LambdaFunctionProps): FunctionSpec['functionEventInvokeConfig'] {
  return given(usable(asyncInvocation, OPTIONS) as LambdaFunctionProps['asyncInvocation'], ({ retries, maxEventAge, onFailure, onSuccess }) => ({
    maximumRetryAttempts: usable(retries, NUMBER),
    maximumEventAgeInSeconds: usable(maxEventAge, DURATION) && wholeSeconds(maxEventAge as Duration),
    destinationConfig: onFailure === undefined && onSuccess === undefined ? undefined : {
      onFailure: given(usable(onFailure, TEXT), destination => ({ destination })),
      onSuccess: given(usable(onSuccess, TEXT), destination => ({ destination })),
    },
  }));
}

function loggingConfig({ logging }: LambdaFunctionProps): FunctionSpec['loggingConfig'] {
  return given(usable(logging, OPTIONS) as LambdaFunctionProps['logging'], ({ group, format, applicationLevel, systemLevel }) => ({
    logGroup: usable(group, TEXT),
    logFormat: format ?? (applicationLevel ?? systemLevel ? LambdaLogFormat.JSON : undefined),
    applicationLogLevel: applicationLevel,
    systemLogLevel: systemLevel,
  }));
}

function identifiers(resources: AwsResource[] | undefined): string[] | undefined {
  return some((usable(resources, AWS_RESOURCES) ?? []).flatMap(({ _identifier }) => _identifier ?? []));
}

function references(resources: AwsResource[] | undefined): NonNullable<ReturnType<typeof referenceTo>>[] | undefined {
  return some((usable(resources, AWS_RESOURCES) ?? []).flatMap(entry => referenceTo(entry) ?? []));
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function given<T, R>(value: T | undefined, render: (value: T) => R): R | undefined {
  return value === undefined || value === null ? undefined : render(value);
}

function mebibytes(size: Size | undefined): number | undefined {
  const kibibytes = typeof size?.toKibibytes === 'function' ? size.toKibibytes() : undefined;
  return kibibytes === undefined ? undefined : kibibytes / 1024;
}
