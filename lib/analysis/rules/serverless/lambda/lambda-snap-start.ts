import { imageFunction, LAMBDA_GROUP, onFunctions, zipFunction } from './lambda-rule';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Finding, RuleContext } from '../../../rule';
import { Fields, fieldsAt, listOf, textOf } from '../../../values';

const FIELD = 'spec.snapStart.applyOn';
const SUPPORTED = /^(java(1[1-9]|[2-9]\d)|python3\.(1[2-9]|[2-9]\d)|dotnet([89]|\d\d))$/;

export const lambdaSnapStart = onFunctions({
  code: 'SM0166',
  title: 'a snapshot that Lambda does not take',
  explanation: 'SnapStart is for archives on Java 11, Python 3.12 and .NET 8 or newer, without EFS and with at most 512 MB of /tmp. It works for published versions only: the latest '
    + 'code, which an unqualified name invokes, starts as slowly as before (docs.aws.amazon.com/lambda/latest/dg/snapstart.html).',
  example: {
    refused: imageFunction('snapStart: { applyOn: PublishedVersions }'),
    accepted: zipFunction('snapStart: { applyOn: PublishedVersions }', 'publish: true').replace('nodejs24.x', 'java25').replace('index.handler', 'com.example.Resize'),
  },
  findings: (spec, context, object) => {
    if (fieldsAt(spec, 'snapStart').applyOn !== 'PublishedVersions') return [];
    return [...unsupported(spec), ...neverPublished(spec, context, object)];
  },
});

function unsupported(spec: Fields): Finding[] {
  const runtime = textOf(spec.runtime);
  const refuse = (reason: string, fix: string): Finding[] => [{ field: FIELD, reason, fix }];
  if (spec.packageType === 'Image') return refuse('Lambda takes no snapshots of images', 'leave it out, or deliver the code as an archive');
  const storage = fieldsAt(spec, 'ephemeralStorage').size;
  return [
    ...runtime !== undefined && !SUPPORTED.test(runtime) ? refuse(`Lambda takes no snapshots of ${runtime}`, 'leave it out, or move to Java, Python 3.12 or .NET 8') : [],
    ...listOf(spec.fileSystemConfigs).length > 0 ? refuse('Lambda takes no snapshots of functions with EFS', 'leave one of the two out') : [],
    ...typeof storage === 'number' && storage > 512 ? refuse('Lambda takes no snapshots of functions with more than 512 MB of /tmp', 'leave one of the two out') : [],
  ];
}

function neverPublished(spec: Fields, { model }: RuleContext, { namespace, name }: ModelObject): Finding[] {
  const versions = model.ofKind(LAMBDA_GROUP, 'Version').filter(version => version.namespace === namespace
    && [version.manifest.spec?.functionName, version.manifest.spec?.functionRef?.from?.name].some(said => said === name || said === spec.name));
  return spec.publish === true || versions.length > 0 ? [] : [{
    field: 'spec.publish',
    value: spec.publish,
    severity: Severity.WARNING,
    reason: 'snapshots are of published versions, and none is published',
    fix: 'set publish to true and invoke the function through a version or an alias',
  }];
}
