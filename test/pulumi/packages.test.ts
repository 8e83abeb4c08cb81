import { installedVersion, whatIsMissing } from '../../lib/pulumi/packages';

const INSTALL = 'Run: npm install @pulumi/pulumi@^3 @pulumi/kubernetes@^4';

test('is quiet when both packages are there', () => {
  expect(whatIsMissing(installedVersion)).toBeUndefined();
});

test('names what is not installed, with the command that installs it', () => {
  expect(whatIsMissing(name => name === '@pulumi/pulumi' ? '3.248.0' : undefined))
    .toBe(`cdk8s-serverless-mesh/pulumi needs @pulumi/pulumi 3 and @pulumi/kubernetes 4, but @pulumi/kubernetes is not installed. ${INSTALL}`);
});

test('names a wrong major version', () => {
  expect(whatIsMissing(name => name === '@pulumi/pulumi' ? '2.1.0' : undefined)).toContain('@pulumi/pulumi is 2.1.0 and @pulumi/kubernetes is not installed');
});

test('fails to load with that one sentence', () => {
  jest.isolateModules(() => {
    jest.doMock('@pulumi/kubernetes/package.json', () => { throw new Error('not there'); });
    expect(() => require('../../lib/pulumi')).toThrow(/^cdk8s-serverless-mesh\/pulumi needs .* but @pulumi\/kubernetes is not installed\. Run: npm install/); // eslint-disable-line @typescript-eslint/no-require-imports
    jest.dontMock('@pulumi/kubernetes/package.json');
  });
});
