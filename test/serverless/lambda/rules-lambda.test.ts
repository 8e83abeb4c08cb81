import { ApiObject } from 'cdk8s';
import { Json, shopChart } from '../../support';
import { findings } from '../rules';

const IMAGE = { packageType: 'Image', code: { imageURI: 'resize:1.4.2' } };
const ZIP = { packageType: 'Zip', runtime: 'nodejs24.x', handler: 'index.handler', code: { s3Bucket: 'releases', s3Key: 'resize.zip', sha256: 'abc=' } };

function found(spec: Json, ...others: Json[]): string[] {
  const chart = shopChart();
  const apiVersion = 'lambda.services.k8s.aws/v1alpha1';
  new ApiObject(chart, 'function', { apiVersion, kind: 'Function', metadata: { name: 'resize' }, spec: { name: 'resize', role: 'arn', ...spec } });
  others.forEach((other, i) => new ApiObject(chart, `other-${i}`, { apiVersion, metadata: { name: 'resize' }, ...other }));
  return findings(chart).map(({ code, severity, field, reason }) => `${code} ${severity ?? 'error'} ${field}: ${reason}`);
}

describe('rules on a function of ACK', () => {
  test.each<[string, Json]>([['nothing', null], ['a number', 1], ['a text', 'x'], ['a list', [null]], ['a map', { name: { name: [] } }]])('bear %s wherever it stands', (_, value) => {
    const fields = ['code', 'environment', 'layers', 'vpcConfig', 'snapStart', 'functionEventInvokeConfig', 'role', 'runtime', 'packageType', 'name'];
    for (const field of fields) expect(() => found({ ...ZIP, [field]: value }, { kind: 'FunctionURLConfig', spec: value }, { kind: 'Alias', spec: { permissions: value } })).not.toThrow();
  });
});

describe('a function of ACK', () => {
  test.each<[string, Json]>([
    ['with an image', IMAGE],
    ['with an archive', ZIP],
    ['with bounds', { ...IMAGE, memorySize: 10240, timeout: 1, ephemeralStorage: { size: 512 }, reservedConcurrentExecutions: 0, layers: null }],
    ['with an event invoke config at its bounds', { ...IMAGE, functionEventInvokeConfig: { maximumEventAgeInSeconds: 21600, maximumRetryAttempts: 0 } }],
    ['with five layers', { ...ZIP, layers: ['a', 'b', 'c', 'd', 'e'] }],
    ['with a whole ARN for a name', { ...IMAGE, name: 'arn:aws:lambda:eu-central-1:123456789012:function:resize' }],
    ['with a URL without a password in a variable', { ...IMAGE, environment: { variables: { API: 'https://api.bank.example:8443/v1' } } }],
    ['with a role that ACK makes', { ...IMAGE, role: undefined, roleRef: { from: { name: 'resize' } } }],
  ])('%s is fine', (_, spec) => {
    expect(found(spec)).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ['too little memory', { memorySize: 127 }, 'SM0160 error spec.memorySize: Lambda takes 128 to 10240 whole MB for memory'],
    ['a part of a MiB', { memorySize: 128.5 }, 'SM0160 error spec.memorySize: Lambda takes 128 to 10240 whole MB for memory'],
    ['an endless time limit', { timeout: 901 }, 'SM0160 error spec.timeout: Lambda takes 1 to 900 whole seconds for the time limit'],
    ['too small a /tmp', { ephemeralStorage: { size: 128 } }, 'SM0160 error spec.ephemeralStorage.size: Lambda takes 512 to 10240 whole MB for /tmp'],
    ['negative concurrency', { reservedConcurrentExecutions: -1 }, 'SM0160 error spec.reservedConcurrentExecutions: Lambda takes at least 0 whole invocations for reserved concurrency'],
    ['many retries', { functionEventInvokeConfig: { maximumRetryAttempts: 3 } },
      'SM0160 error spec.functionEventInvokeConfig.maximumRetryAttempts: Lambda takes 0 to 2 whole retries for the number of retries'],
    ['a runtime beside an image', { runtime: 'nodejs24.x' }, 'SM0161 error spec.runtime: Lambda does not take it beside an image, which brings along what it needs'],
    ['layers beside an image', { layers: ['arn'] }, 'SM0161 error spec.layers: Lambda does not take it beside an image, which brings along what it needs'],
    ['an image without its package type', { packageType: undefined },
      'SM0161 error spec.packageType: the code is an image, and the package type says otherwise: without a word it is Zip'],
    ['no code', { code: {} }, 'SM0161 error spec.code: the function has no code'],
    ['code from two places', { code: { imageURI: 'resize:1', zipFile: 'UEs=' } }, 'SM0161 error spec.code: code comes from one place, and here are several'],
    ['no role', { role: undefined }, 'SM0162 error spec.role: one of role and roleRef must be there'],
    ['two keys', { kmsKeyARN: 'arn', kmsKeyRef: { from: { name: 'shop' } } }, 'SM0162 error spec.kmsKeyRef: the controller takes kmsKeyARN or kmsKeyRef, not both'],
    ['two lists of subnets', { vpcConfig: { subnetIDs: ['subnet-1'], subnetRefs: [{ from: { name: 'b' } }] } },
      'SM0162 error spec.vpcConfig.subnetRefs: the controller takes subnetIDs or subnetRefs, not both'],
    ['a variable of the runtime', { environment: { variables: { AWS_REGION: 'x' } } },
      "SM0163 error spec.environment.variables[AWS_REGION]: the variable is the runtime's own, and Lambda refuses a function that sets it"],
    ['a variable with a dash', { environment: { variables: { 'LOG-LEVEL': 'x' } } },
      'SM0163 error spec.environment.variables[LOG-LEVEL]: a name is a letter and then at least one letter, digit or underscore'],
    ['5 KB of variables', { environment: { variables: { TEXT: 'x'.repeat(5000) } } }, 'SM0163 error spec.environment.variables: variables have at most 4096 bytes together'],
    ['a password in a variable', { environment: { variables: { DB_URL: 'postgres://a:b@c/d' } } },
      'SM0164 warning spec.environment.variables[DB_URL]: variable DB_URL holds a URL with a password in plain text'],
    ['a snapshot of an image', { snapStart: { applyOn: 'PublishedVersions' }, publish: true }, 'SM0166 error spec.snapStart.applyOn: Lambda takes no snapshots of images'],
    ['a name with spaces', { name: 'resize images' }, 'SM0170 error spec.name: Lambda takes letters, digits, hyphens and underscores, at most 64'],
  ])('refuses %s', (_, change, expected) => {
    expect(found({ ...IMAGE, ...change })).toEqual([expected]);
  });

  test.each<[string, Json, string]>([
    ['an archive without a runtime', { runtime: undefined }, 'SM0161 error spec.runtime: an archive does not say what runs it'],
    ['a handler with a space', { handler: 'index handler' }, 'SM0161 error spec.handler: a handler has no spaces and at most 128 characters'],
    ['six layers', { layers: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'SM0160 error spec.layers: a function has at most 5 layers'],
    ['a bucket without a key', { code: { s3Bucket: 'releases', sha256: 'abc=' } }, 'SM0161 error spec.code.s3Key: a bucket alone is no archive'],
    ['a runtime that has ended', { runtime: 'nodejs18.x' },
      'SM0165 warning spec.runtime: AWS has ended the runtime: no patches any more, and no changes to the function once AWS blocks them'],
    ['a snapshot of Node.js', { snapStart: { applyOn: 'PublishedVersions' }, publish: true }, 'SM0166 error spec.snapStart.applyOn: Lambda takes no snapshots of nodejs24.x'],
    ['a snapshot that nobody publishes', { runtime: 'java25', snapStart: { applyOn: 'PublishedVersions' } },
      'SM0166 warning spec.publish: snapshots are of published versions, and none is published'],
    ['a hash that nobody reads', { packageType: undefined }, 'SM0167 info spec.packageType: the controller looks at the hash of the code only where packageType says Zip'],
  ])('refuses %s', (_, change, expected) => {
    expect(found({ ...ZIP, ...change })).toEqual([expected]);
  });

  test('takes a version of the app for the one that is published', () => {
    const spec = { ...ZIP, runtime: 'java25', snapStart: { applyOn: 'PublishedVersions' } };
    expect(found(spec, { kind: 'Version', spec: { functionRef: { from: { name: 'resize' } } } })).toEqual([]);
  });

  test('says that a public URL needs a permission, unless an alias carries it', () => {
    const url = { kind: 'FunctionURLConfig', spec: { authType: 'NONE', functionName: 'resize' } };
    const alias = { kind: 'Alias', spec: { name: 'live', functionVersion: '1', functionName: 'resize', permissions: [{ action: 'lambda:InvokeFunctionUrl', principal: '*' }] } };
    expect(found(IMAGE, url)).toEqual([expect.stringMatching(/^SM0168 info spec\.authType: the URL answers everybody with 403/)]);
    expect(found(IMAGE, url, alias)).toEqual([]);
  });

  test('refuses a URL of no function', () => {
    expect(found(IMAGE, { kind: 'FunctionURLConfig', spec: { authType: 'AWS_IAM' } }))
      .toEqual(['SM0162 error spec.functionName: one of functionName and functionRef must be there']);
  });
});
