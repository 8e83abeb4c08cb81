import { functionWith, onFunctions, zipFunction } from './lambda-rule';
import { Severity } from '../../../../core/problem';
import { textOf } from '../../../values';

/** Runtimes whose support had ended by November 2026, and what took their place. */
const ENDED: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /^nodejs(4\.3(-edge)?|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x|20\.x)?$/, instead: 'nodejs24.x' },
  { pattern: /^python(2\.7|3\.[6-9])$/, instead: 'python3.14' },
  { pattern: /^java8$/, instead: 'java25' },
  { pattern: /^dotnet(core[123]\.[01]|5\.0|6|7)$/, instead: 'dotnet10' },
  { pattern: /^ruby(2\.[57]|3\.2)$/, instead: 'ruby3.4' },
  { pattern: /^(go1\.x|provided)$/, instead: 'provided.al2023' },
];

export const lambdaRuntime = onFunctions({
  code: 'SM0165',
  title: 'a runtime that AWS has ended',
  explanation: 'An ended runtime gets no security patches. Some time later AWS neither creates nor updates functions on it; those that are there go on running '
    + '(docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, runtime deprecation policy).',
  severity: Severity.WARNING,
  example: {
    refused: functionWith('packageType: Zip', 'runtime: nodejs18.x', 'handler: index.handler', 'code: { s3Bucket: releases, s3Key: resize.zip, sha256: abc= }'),
    accepted: zipFunction(),
  },
  findings: spec => {
    const runtime = textOf(spec.runtime);
    const ended = runtime === undefined ? undefined : ENDED.find(({ pattern }) => pattern.test(runtime));
    return ended === undefined ? [] : [{
      field: 'spec.runtime',
      value: runtime,
      reason: 'AWS has ended the runtime: no patches any more, and no changes to the function once AWS blocks them',
      fix: `move to ${ended.instead}, or to an image`,
    }];
  },
});
