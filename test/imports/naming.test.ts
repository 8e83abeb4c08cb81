import { fieldName, fieldNames } from '../../scripts/import/naming';

test.each([
  ['matchLabels', 'matchLabels'],
  ['clusterIP', 'clusterIp'],
  ['accessKeyIDSecretRef', 'accessKeyIdSecretRef'],
  ['CACerts', 'caCerts'],
  ['keep_firing_for', 'keepFiringFor'],
  ['knative-ingress-gateway', 'knativeIngressGateway'],
  ['enableHTTP2', 'enableHttp2'],
  // these are the ones that cdk8s breaks
  ['consecutive5xxErrors', 'consecutive5xxErrors'],
  ['certificateAuthorityARNs', 'certificateAuthorityArns'],
  ['addK8sUIDAttributes', 'addK8sUidAttributes'],
  ['uRI', 'uri'],
])('%s is called %s', (key, name) => {
  expect(fieldName(key)).toBe(name);
});

test('keys that would share a name keep apart, and the one that is spelled like the name has it', () => {
  expect([...fieldNames(['mirror_percent', 'mirrorPercent', 'proxyURL', 'proxyUrl'])]).toEqual([
    ['mirror_percent', 'mirrorPercent_'], ['mirrorPercent', 'mirrorPercent'], ['proxyURL', 'proxyUrl_'], ['proxyUrl', 'proxyUrl'],
  ]);
});
