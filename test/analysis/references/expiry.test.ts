import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ClusterProfile } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';
import { problemsOf } from '../../../lib/core/validation';
import { cli, folderWith } from '../../cli/support';

/** Of a key that nobody has: valid through 2024. */
const CERTIFICATE = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJIVENCeEFJQkFUQUtCZ2dxaGtqT1BRUURBakFiTVJrd0Z3WURWUVFEREJCemFHOXdMbVY0WVcxd2JH',
  'VXUKWTI5dE1CNFhEVEkwTURFd01UQXdNREF3TUZvWERUSTFNREV3TVRBd01EQXdNRm93R3pFWk1CY0dBMVVFQXd3UQpjMmh2Y0M1bGVHRnRjR3hsTG1OdmJU',
  'QlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJIT1UxcEdrCm9NaTY3T2hxZ1VwWFQwYU5tVlVyUmg0NkpjVWFVZzdLdVFpVGhBeVpPMVordWNC',
  'QVNtUzV0VHhKc1M4cEFpcXkKL0dJMkgrRWU3NU0vK3d3d0NnWUlLb1pJemowRUF3SURTQUF3UlFJaEFOTXNET2I5RW5LU1hoRDJPQkR1bXVucAo0aWIxSFhw',
  'TnJZaS9GM296WU56VEFpQjFFOWdnU3dmUzM0VHBrVkZTMktWVUVLRloxS1Z3MDdjNG9KRi9nSVMvCklBPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=',
].join('');

const MANIFESTS = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      tls: { mode: SIMPLE, credentialName: shop-tls }
      hosts: [shop.example.com]
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: istio-system }
type: kubernetes.io/tls
data:
  tls.crt: ${CERTIFICATE}
  tls.key: a2V5
`;

function found(now?: Date) {
  return checkFiles([{ name: 'gateway.yaml', text: MANIFESTS }], { now }).filter(({ code }) => code === 'SM0815');
}

describe('a certificate', () => {
  test('that has ended is refused at the moment that is asked for', () => {
    expect(found(new Date('2025-01-02T00:00:00Z'))).toMatchObject([{
      severity: 'error', peers: ['IST0161'], reason: expect.stringContaining('holds a certificate that ended on 2025-01-01'),
    }]);
    expect(found(new Date('2024-06-01T00:00:00Z'))).toEqual([]);
  });

  test('is not judged by the clock where nobody asks', () => {
    expect(found()).toEqual([]);
  });

  test('that has ended is found by check', async () => {
    const cwd = folderWith({ 'gateway.yaml': MANIFESTS });
    expect(await cli(['check', 'gateway.yaml'], { cwd })).toMatchObject({ code: 1, out: expect.stringContaining('SM0815') });
  });

  test('does not keep an app from being synthesized', () => {
    const chart = new Chart(new App(), 'shop');
    ClusterProfile.sidecar().applyTo(chart);
    parseAllDocuments(MANIFESTS).map(document => document.toJS()).forEach(({ apiVersion, kind, metadata, ...rest }, i) => {
      const object = new ApiObject(chart, String(i), { apiVersion, kind, metadata });
      Object.entries(rest).forEach(([key, value]) => object.addJsonPatch(JsonPatch.add(`/${key}`, value)));
    });
    expect(problemsOf(chart).filter(({ code }) => code === 'SM0815')).toEqual([]);
  });
});
