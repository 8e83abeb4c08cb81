import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { Caller, ClusterProfile, MeshMembership, Reachability, RequestSource, RequestTarget } from '../../lib';
import { Json } from '../support';

const yaml = fs.readFileSync(path.join(__dirname, '..', '..', 'examples', 'hybrid-cloud', 'expected', 'hybrid-cloud.k8s.yaml'), 'utf8');
const manifests = parseAllDocuments(yaml).map(document => document.toJS() as Json);
const reach = Reachability.ofYaml(yaml, ClusterProfile.sidecar({
  namespaces: ['openfaas', 'openfaas-fn'].map(name => ({ name, mesh: MeshMembership.SIDECAR })),
}));
const HOST = 'abc123.lambda-url.eu-central-1.on.aws';

const catalog = RequestTarget.pods({ namespace: 'media', labels: manifests.find(({ kind }) => kind === 'StatefulSet').spec.template.metadata.labels, port: 8080 });
const captions = RequestTarget.pods({ namespace: 'media', labels: { 'serving.knative.dev/service': 'captions', 'app': 'captions' }, port: 8012 });
const may = (account: string, to: RequestTarget, method: string, at: string) =>
  reach.request({ from: Caller.serviceAccount('media', account), to, method, path: at }).allowed;

test('the pictures take what each of their callers was granted, and no more', () => {
  expect(['GET', 'PUT', 'DELETE'].map(method => may('gallery', catalog, method, '/pictures/7'))).toEqual([true, true, false]);
  expect(['GET', 'PUT', 'DELETE'].map(method => may('import-2026-11', catalog, method, '/pictures/7'))).toEqual([false, true, false]);
  expect(['GET', 'PUT', 'DELETE'].map(method => may('cleanup', catalog, method, '/pictures/7'))).toEqual([true, false, true]);
  expect(may('captions', catalog, 'GET', '/pictures/7')).toBe(false);
});

test('captions are asked by the gallery and by the function of OpenFaaS', () => {
  expect(may('gallery', captions, 'POST', '/captions')).toBe(true);
  const fromOpenFaas = (serviceAccount: string, labels: { [key: string]: string }, namespace: string) =>
    reach.request({ from: RequestSource.pods({ namespace, serviceAccount, labels }), to: captions, method: 'POST', path: '/captions' }).allowed;
  expect(fromOpenFaas('watermark', { faas_function: 'watermark' }, 'openfaas-fn')).toBe(true);
  expect(fromOpenFaas('default', { faas_function: 'figlet' }, 'openfaas-fn')).toBe(false);
  expect(fromOpenFaas('openfaas-operator', { app: 'gateway' }, 'openfaas')).toBe(false);
});

test('requests to the function of AWS leave by the egress gateway, which puts TLS around them', () => {
  const [entry] = manifests.filter(({ kind }) => kind === 'ServiceEntry');
  expect(entry.spec).toMatchObject({ hosts: [HOST], location: 'MESH_EXTERNAL', ports: [{ number: 80, protocol: 'HTTP', targetPort: 443 }] });
  const rule = manifests.find(({ kind, spec }) => kind === 'DestinationRule' && spec.host === HOST);
  expect(rule.spec.trafficPolicy.portLevelSettings[0].tls).toEqual({ mode: 'SIMPLE', sni: HOST, subjectAltNames: [HOST], caCertificates: 'system' });
  expect(manifests.find(({ kind }) => kind === 'VirtualService').spec).toMatchObject({ hosts: [HOST], gateways: ['out', 'mesh'] });
  expect(manifests.find(({ kind }) => kind === 'Sidecar').spec.outboundTrafficPolicy).toEqual({ mode: 'REGISTRY_ONLY' });
});

test('no secret is in a manifest', () => {
  const importer = manifests.find(({ kind }) => kind === 'Job').spec.template.spec.containers[0];
  expect(importer.env).toContainEqual({ name: 'ARCHIVE_TOKEN', valueFrom: { secretKeyRef: { name: 'picture-archive', key: 'token' } } });
  expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
});
