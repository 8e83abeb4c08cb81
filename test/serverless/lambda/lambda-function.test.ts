import { Chart, Duration, Size } from 'cdk8s';
import {
  AwsResource, ClusterProfile, LambdaArchitecture, LambdaCode, LambdaEndpoint, LambdaFunction, LambdaFunctionProps, LambdaLogLevel, LambdaRuntime,
  LambdaUrlAuth,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';

const ROLE = AwsResource.byIdentifier('arn:aws:iam::123456789012:role/resize');
const IMAGE = LambdaCode.fromImage('123456789012.dkr.ecr.eu-central-1.amazonaws.com/resize:1.4.2');

function lambda(props: Partial<LambdaFunctionProps> = {}, chart: Chart = shopChart()): LambdaFunction {
  return new LambdaFunction(chart, 'resize', { code: IMAGE, role: ROLE, ...props });
}

function spec(props: Partial<LambdaFunctionProps>): Json {
  const subject = lambda(props);
  expect(problems(subject)).toEqual([]);
  return manifest(subject, 'Function').spec;
}

describe('the code of a function', () => {
  test('may be an image, which runs as it is', () => {
    expect(spec({})).toEqual({
      name: 'resize',
      packageType: 'Image',
      code: { imageURI: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/resize:1.4.2' },
      role: 'arn:aws:iam::123456789012:role/resize',
    });
  });

  test('may be an image that is run in another way', () => {
    const code = LambdaCode.fromImage('resize:1.4.2', { command: ['app.handler'], entryPoint: ['/bin/run'], workingDirectory: '/srv' });
    expect(spec({ code }).imageConfig).toEqual({ command: ['app.handler'], entryPoint: ['/bin/run'], workingDirectory: '/srv' });
  });

  test('may be an archive in a bucket, with the package type that lets the controller look at its hash', () => {
    const code = LambdaCode.fromBucket({
      bucket: AwsResource.byIdentifier('releases'),
      key: 'resize/1.4.2.zip',
      objectVersion: '3',
      sha256: 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=',
      runtime: LambdaRuntime.NODEJS_24,
      handler: 'index.handler',
    });
    expect(spec({ code })).toMatchObject({
      packageType: 'Zip',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: 'releases', s3Key: 'resize/1.4.2.zip', s3ObjectVersion: '3', sha256: 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=' },
    });
  });

  test('may be an archive in a bucket that ACK makes', () => {
    const code = LambdaCode.fromBucket({
      bucket: AwsResource.byObject('releases', 'storage'), key: 'resize.zip', runtime: LambdaRuntime.of('python3.15'), handler: 'app.handler',
    });
    expect(spec({ code })).toMatchObject({ runtime: 'python3.15', code: { s3BucketRef: { from: { name: 'releases', namespace: 'storage' } } } });
  });

  test('may stand in the object itself', () => {
    const code = LambdaCode.fromZip('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', { runtime: LambdaRuntime.PYTHON_3_14, handler: 'app.handler' });
    expect(spec({ code })).toMatchObject({ packageType: 'Zip', code: { zipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' }, runtime: 'python3.14' });
  });
});

describe('a function', () => {
  test.each<[string, Partial<LambdaFunctionProps>, Json]>([
    ['has memory in MiB', { memory: Size.gibibytes(2) }, { memorySize: 2048 }],
    ['has a time limit in seconds', { timeout: Duration.minutes(2) }, { timeout: 120 }],
    ['has a name of its own', { name: 'Resize_Images' }, { name: 'Resize_Images' }],
    ['has a description', { description: 'makes thumbnails' }, { description: 'makes thumbnails' }],
    ['has variables', { env: { MODE: 'fast' } }, { environment: { variables: { MODE: 'fast' } } }],
    ['runs on a processor', { architecture: LambdaArchitecture.ARM64 }, { architectures: ['arm64'] }],
    ['has space in /tmp', { ephemeralStorage: Size.gibibytes(1) }, { ephemeralStorage: { size: 1024 } }],
    ['reserves concurrency', { reservedConcurrency: 5 }, { reservedConcurrentExecutions: 5 }],
    ['is traced', { tracing: true }, { tracingConfig: { mode: 'Active' } }],
    ['keeps dead letters', { deadLetterArn: 'arn:aws:sqs:eu-central-1:123456789012:dead' }, { deadLetterConfig: { targetARN: 'arn:aws:sqs:eu-central-1:123456789012:dead' } }],
    ['has a role that ACK makes', { role: AwsResource.byObject('resize') }, { roleRef: { from: { name: 'resize' } } }],
    ['has a key', { kmsKey: AwsResource.byObject('shop') }, { kmsKeyRef: { from: { name: 'shop' } } }],
    ['has tags', { tags: { team: 'shop' } }, { tags: { team: 'shop' } }],
    ['publishes a version', { publish: true }, { publish: true }],
    ['retries less often', { asyncInvocation: { retries: 0, maxEventAge: Duration.hours(1), onFailure: 'arn:aws:sqs:eu-central-1:123456789012:failed' } },
      { functionEventInvokeConfig: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 3600, destinationConfig: { onFailure: { destination: 'arn:aws:sqs:eu-central-1:123456789012:failed' } } } }],
    ['logs in JSON where levels are given', { logging: { group: '/shop', applicationLevel: LambdaLogLevel.WARN } },
      { loggingConfig: { logGroup: '/shop', logFormat: 'JSON', applicationLogLevel: 'WARN' } }],
    ['is connected to a VPC', { vpc: { subnets: [AwsResource.byIdentifier('subnet-1'), AwsResource.byIdentifier('subnet-2')], securityGroups: [AwsResource.byObject('lambda')] } },
      { vpcConfig: { subnetIDs: ['subnet-1', 'subnet-2'], securityGroupRefs: [{ from: { name: 'lambda' } }] } }],
  ])('%s', (_, props, expected) => {
    expect(spec(props)).toMatchObject(expected);
  });

  test('mounts a file system inside a VPC', () => {
    const vpc = { subnets: [AwsResource.byIdentifier('subnet-1')], securityGroups: [AwsResource.byIdentifier('sg-1')] };
    const fileSystem = { accessPointArn: 'arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-1', mountPath: '/mnt/data' };
    expect(spec({ vpc, fileSystem }).fileSystemConfigs).toEqual([{ arn: fileSystem.accessPointArn, localMountPath: '/mnt/data' }]);
  });

  test('publishes a version for its snapshot', () => {
    const code = LambdaCode.fromBucket({
      bucket: AwsResource.byIdentifier('releases'), key: 'resize.jar', sha256: 'abc=', runtime: LambdaRuntime.JAVA_25, handler: 'com.example.Resize::handleRequest',
    });
    expect(spec({ code, snapStart: true })).toMatchObject({ snapStart: { applyOn: 'PublishedVersions' }, publish: true });
  });

  test('takes layers and signed code from an archive', () => {
    const code = LambdaCode.fromBucket({ bucket: AwsResource.byIdentifier('releases'), key: 'r.zip', sha256: 'abc=', runtime: LambdaRuntime.RUBY_3_4, handler: 'app.run' });
    const layers = ['arn:aws:lambda:eu-central-1:123456789012:layer:tools:3'];
    expect(spec({ code, layers, codeSigning: AwsResource.byObject('releases') })).toMatchObject({ layers, codeSigningConfigRef: { from: { name: 'releases' } } });
  });

  test('has an object whose name Kubernetes takes', () => {
    expect(manifest(lambda({ name: 'Resize_Images' }), 'Function').metadata).toMatchObject({ name: 'resize-images', namespace: 'shop' });
  });

  test('carries labels and annotations', () => {
    const annotations = { 'services.k8s.aws/region': 'eu-central-1' };
    expect(manifest(lambda({ labels: { team: 'shop' }, annotations }), 'Function').metadata).toMatchObject({ labels: { team: 'shop' }, annotations });
  });

  test('has a URL that asks for signed requests', () => {
    const subject = lambda({ url: { cors: { allowOrigins: ['https://shop.example.com'], maxAge: Duration.minutes(5) } } });
    expect(manifest(subject, 'FunctionURLConfig').spec).toEqual({
      authType: 'AWS_IAM',
      functionRef: { from: { name: 'resize' } },
      cors: { allowOrigins: ['https://shop.example.com'], maxAge: 300 },
    });
    expect(subject.urlObject!.name).toBe('resize');
  });

  test('has a URL for everybody, of an alias', () => {
    expect(manifest(lambda({ url: { auth: LambdaUrlAuth.NONE, alias: 'live' } }), 'FunctionURLConfig').spec).toMatchObject({ authType: 'NONE', qualifier: 'live' });
  });

  test('refuses lists that mix identifiers and objects', () => {
    const vpc = { subnets: [AwsResource.byIdentifier('subnet-1'), AwsResource.byObject('b')], securityGroups: [AwsResource.byIdentifier('sg-1')] };
    expect(problems(lambda({ vpc }), 'SM0162').map(({ field, reason }) => ({ field, reason }))).toEqual([
      { field: 'spec.vpcConfig.subnetRefs', reason: 'the controller takes subnetIDs or subnetRefs, not both' },
    ]);
  });

  test('reports what plain JavaScript lets pass instead of breaking', () => {
    const wrong = { code: 'resize:1.4.2', role: 'arn', memory: 512, timeout: 3, env: { A: 1 }, vpc: 'vpc-1', layers: 'x', url: { auth: 'none' }, endpoint: 'abc' } as unknown as LambdaFunctionProps;
    const subject = new LambdaFunction(shopChart(), 'resize', wrong);
    expect(problems(subject, 'SM0005').map(({ field }) => field)).toEqual(['code', 'role', 'memory', 'timeout', 'env', 'layers', 'vpc', 'endpoint', 'url.auth']);
    expect(problems(subject, 'SM0005').find(({ field }) => field === 'env')!.value).toBeUndefined();
    expect(() => new LambdaFunction(shopChart(), 'resize', undefined as unknown as LambdaFunctionProps)).not.toThrow();
  });
});

describe('a function that pods call', () => {
  const endpoint = LambdaEndpoint.functionUrl('abc123', 'eu-central-1');
  const host = 'abc123.lambda-url.eu-central-1.on.aws';

  test('is a host outside of the mesh, to which sidecars add TLS', () => {
    const subject = lambda({ endpoint });
    expect(manifest(subject, 'ServiceEntry')).toMatchObject({
      metadata: { name: host, namespace: 'shop' },
      spec: {
        hosts: [host],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        ports: [{ number: 80, name: 'http-tls-origination', protocol: 'HTTP', targetPort: 443 }, { number: 443, name: 'https', protocol: 'HTTPS' }],
      },
    });
    expect(manifest(subject, 'DestinationRule').spec).toEqual({
      host,
      trafficPolicy: {
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: host, caCertificates: 'system', subjectAltNames: [host] } }],
      },
    });
    expect(problems(subject)).toEqual([]);
  });

  test('is called over plain HTTP where a sidecar adds TLS, and over HTTPS elsewhere', () => {
    const subject = lambda({ endpoint });
    expect([subject.host, subject.url, subject.meshUrl]).toEqual([host, `https://${host}/`, `http://${host}/`]);
  });

  test('is called through the API of Lambda by its name', () => {
    const subject = lambda({ endpoint: LambdaEndpoint.invokeApi('eu-central-1') });
    expect(subject.url).toBe('https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/resize/invocations');
  });

  test('shares the host of the API with other functions', () => {
    const chart = shopChart();
    const api = LambdaEndpoint.invokeApi('eu-central-1');
    lambda({ endpoint: api }, chart);
    new LambdaFunction(chart, 'scan', { code: IMAGE, role: ROLE, endpoint: api });
    expect(manifests(chart).map(({ kind }) => kind).sort()).toEqual(['DestinationRule', 'Function', 'Function', 'ServiceEntry']);
    expect(problems(chart)).toEqual([]);
  });

  test('is nowhere in the mesh while nobody says where it takes requests', () => {
    const subject = lambda();
    expect(manifests(subject).map(({ kind }) => kind)).toEqual(['Function']);
    expect([subject.host, subject.url, subject.meshUrl]).toEqual([undefined, undefined, undefined]);
  });

  test('needs no mesh', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    const subject = lambda({ endpoint }, chart);
    expect(manifests(subject).map(({ kind }) => kind)).toEqual(['Function']);
    expect(subject.meshUrl).toBe(`https://${host}/`);
  });

  test('is left to HTTPS in ambient mode, where only a waypoint would add TLS', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    const subject = lambda({ endpoint }, chart);
    expect(subject.meshUrl).toBe(`https://${host}/`);
    expect(manifest(subject, 'ServiceEntry').spec.ports).toEqual([{ number: 443, name: 'https', protocol: 'HTTPS' }]);
    expect(manifests(subject).map(({ kind }) => kind)).toEqual(['Function', 'ServiceEntry']);
    expect(problems(chart)).toEqual([]);
  });
});
