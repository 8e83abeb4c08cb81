import { functionWith, onFunctions, zipFunction } from './lambda-rule';
import { Severity } from '../../../../core/problem';
import { fieldsOf, isGiven, isSet } from '../../../values';

export const lambdaCodeChange = onFunctions({
  code: 'SM0167',
  title: 'an archive whose changes nobody notices',
  explanation: 'Lambda does not tell where code came from, so the controller compares nothing but spec.code.sha256 with the hash of the code that runs, and that only where '
    + 'packageType says Zip. Without either, another key, version or archive is never deployed (lambda-controller pkg/resource/function/hooks.go, customPreCompare).',
  severity: Severity.INFO,
  example: {
    refused: functionWith('packageType: Zip', 'runtime: nodejs24.x', 'handler: index.handler', 'code: { s3Bucket: releases, s3Key: resize-1.4.2.zip }'),
    accepted: zipFunction(),
  },
  findings: spec => {
    const code = fieldsOf(spec.code);
    const archive = isSet(code.s3Bucket) || isGiven(code.s3BucketRef) || isSet(code.zipFile);
    if (!archive || isSet(code.imageURI)) return [];
    if (!isSet(code.sha256)) {
      return [{
        field: 'spec.code.sha256',
        reason: 'the controller finds new code by its hash alone; without one the function keeps the code that it was created with',
        fix: 'write down the hash of the archive: openssl dgst -sha256 -binary function.zip | base64',
      }];
    }
    return spec.packageType === 'Zip' ? [] : [{
      field: 'spec.packageType',
      value: spec.packageType,
      reason: 'the controller looks at the hash of the code only where packageType says Zip',
      fix: 'set packageType to Zip',
    }];
  },
});
