import { functionWith, onFunctions, zipFunction } from './lambda-rule';
import { Finding } from '../../../rule';
import { Fields, fieldsOf, isGiven, isSet, textOf } from '../../../values';

const CODE = 'spec.code';

export const lambdaCode = onFunctions({
  code: 'SM0161',
  title: 'code of a function that contradicts itself',
  explanation: 'An image brings runtime and handler along, so Lambda refuses both beside an image, as it does layers and code signing; an archive needs both. Code comes '
    + 'from one place (lambda-controller config/crd/bases/lambda.services.k8s.aws_functions.yaml, descriptions of runtime, handler and packageType; '
    + 'pkg/resource/function/hooks.go, ErrCannotSetFunctionCSC).',
  example: {
    refused: functionWith('packageType: Image', 'runtime: nodejs24.x', 'handler: index.handler', 'code: { imageURI: resize:1.4.2 }'),
    accepted: zipFunction(),
  },
  findings: spec => {
    const code = fieldsOf(spec.code);
    const image = isSet(code.imageURI);
    const bucket = isSet(code.s3Bucket) || isGiven(code.s3BucketRef);
    const archive = bucket || isSet(code.zipFile);
    return [
      ...places(code, image, bucket, archive),
      ...packageType(spec, image, archive),
      ...image && !archive ? besideImage(spec) : [],
      ...archive && !image ? ofArchive(spec) : [],
    ];
  },
});

function places(code: Fields, image: boolean, bucket: boolean, archive: boolean): Finding[] {
  const several = (image && archive) || (bucket && isSet(code.zipFile));
  if (several) return [{ field: CODE, reason: 'code comes from one place, and here are several', fix: 'keep imageURI, or the fields of the bucket, or zipFile' }];
  if (!image && !archive) return [{ field: CODE, reason: 'the function has no code', fix: 'name an image (imageURI) or an archive (s3Bucket and s3Key, or zipFile)' }];
  return bucket && !isSet(code.s3Key) ? [{ field: `${CODE}.s3Key`, reason: 'a bucket alone is no archive', fix: 'name the key of the archive in the bucket' }] : [];
}

function packageType({ packageType: given }: Fields, image: boolean, archive: boolean): Finding[] {
  const right = image ? 'Image' : 'Zip';
  // without a word it is Zip
  if (image === archive || (textOf(given) ?? 'Zip') === right) return [];
  return [{
    field: 'spec.packageType',
    value: given,
    reason: `the code is ${image ? 'an image' : 'an archive'}, and the package type says otherwise${given === undefined ? ': without a word it is Zip' : ''}`,
    fix: `set it to ${right}`,
  }];
}

function besideImage(spec: Fields): Finding[] {
  return ['runtime', 'handler', 'layers', 'codeSigningConfigARN', 'codeSigningConfigRef'].filter(field => isSet(spec[field])).map(field => ({
    field: `spec.${field}`,
    reason: 'Lambda does not take it beside an image, which brings along what it needs',
    fix: field === 'handler' ? 'name the handler in imageConfig.command' : 'leave it out',
  }));
}

function ofArchive(spec: Fields): Finding[] {
  const missing = ['runtime', 'handler'].filter(field => !isSet(spec[field]));
  const handler = textOf(spec.handler);
  return [
    ...missing.map(field => ({ field: `spec.${field}`, reason: `an archive does not say ${field === 'runtime' ? 'what runs it' : 'where its code begins'}`, fix: `set the ${field}` })),
    ...handler !== undefined && /\s|^.{129}/.test(handler)
      ? [{ field: 'spec.handler', value: handler, reason: 'a handler has no spaces and at most 128 characters', fix: 'write file and function, as in index.handler' }] : [],
    ...isGiven(spec.imageConfig) ? [{ field: 'spec.imageConfig', reason: 'an archive is no image that could be run in another way', fix: 'leave it out' }] : [],
  ];
}
