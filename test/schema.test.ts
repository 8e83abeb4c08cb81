import { schemaErrors } from './schema';

describe('the schema check of the tests', () => {
  const peerAuthentication = { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'default' } };

  test('accepts a valid object', () => {
    expect(schemaErrors({ ...peerAuthentication, spec: { mtls: { mode: 'STRICT' } } })).toEqual([]);
  });

  test('refuses a value outside of an enum', () => {
    expect(schemaErrors({ ...peerAuthentication, spec: { mtls: { mode: 'ON' } } })).toEqual([expect.stringContaining('/spec/mtls/mode')]);
  });

  test('refuses an unknown field', () => {
    expect(schemaErrors({ ...peerAuthentication, spec: { mTLS: {} } })).toEqual([expect.stringContaining('mTLS')]);
  });

  test('refuses an unknown field of a core kind and a number in a ConfigMap', () => {
    expect(schemaErrors({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 1 }, colour: 'red' })).toHaveLength(2);
  });

  test('takes both forms of an int-or-string', () => {
    const service = (targetPort: unknown) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80, targetPort }] } });
    expect(schemaErrors(service('http'))).toEqual([]);
    expect(schemaErrors(service(8080))).toEqual([]);
    expect(schemaErrors(service(true))).not.toEqual([]);
  });

  test('says when it has no schema', () => {
    expect(schemaErrors({ apiVersion: 'example.com/v1', kind: 'Thing' })).toEqual([expect.stringContaining('no schema')]);
  });
});
