import { App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { loadModule } from './generated';

const { VirtualService } = loadModule('networking.istio.io');
const { RequestAuthentication } = loadModule('security.istio.io');
const { Canary } = loadModule('flagger.app');
const { NetworkAttachmentDefinition } = loadModule('k8s.cni.cncf.io');
const { Certificate } = loadModule('cert-manager.io');
const { Function: LambdaFunction } = loadModule('lambda.services.k8s.aws');
const { Channel } = loadModule('messaging.knative.dev');

function synth(build: (chart: Chart) => void): any {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return Testing.synth(chart)[0];
}

test('a patch can add a field that the schema does not know', () => {
  const route = synth(chart => new VirtualService(chart, 'vs', { spec: { hosts: ['a'] } })
    .addJsonPatch(JsonPatch.add('/spec/newField', { deep: true })));
  expect(route.spec).toEqual({ hosts: ['a'], newField: { deep: true } });
});

test.each([null, 'text', ['list']])('a patch can put %p in the place of an object', value => {
  const route = synth(chart => new VirtualService(chart, 'vs', { spec: { hosts: ['a'], http: [{ mirror: { host: 'b' } }] } })
    .addJsonPatch(JsonPatch.replace('/spec/http/0/mirror', value)));
  expect(route.spec.http).toEqual([{ mirror: value }]);
});

test('a patch can use the key of the API where TypeScript has another name', () => {
  const certificate = synth(chart => new Certificate(chart, 'c', { spec: { secretName: 's', issuerRef: { name: 'i' }, isCa: false } })
    .addJsonPatch(JsonPatch.add('/spec/isCA', true)));
  expect(certificate.spec.isCA).toBe(true);
  expect(certificate.spec).not.toHaveProperty('isCa');
});

test.each([8080, 'http'])('an int-or-string takes %p, given or patched', port => {
  const canary = (spec: object) => ({ spec: { targetRef: { kind: 'Deployment', name: 'd' }, analysis: {}, ...spec } });
  expect(synth(chart => new Canary(chart, 'c', canary({ service: { port: 80, targetPort: port } }))).spec.service.targetPort).toBe(port);
  const patched = synth(chart => new Canary(chart, 'c', canary({ service: { port: 80 } })).addJsonPatch(JsonPatch.add('/spec/service/targetPort', port)));
  expect(patched.spec.service.targetPort).toBe(port);
});

test('fields beside the named ones survive where the schema preserves unknown fields', () => {
  const channel = synth(chart => new Channel(chart, 'c', {
    spec: { channelTemplate: { apiVersion: 'messaging.knative.dev/v1', kind: 'KafkaChannel', spec: { numPartitions: 3 }, extra: 1 } },
  }));
  expect(channel.spec.channelTemplate).toEqual({
    apiVersion: 'messaging.knative.dev/v1', kind: 'KafkaChannel', spec: { numPartitions: 3 }, extra: 1,
  });
});

test('a lazy spec is resolved before its fields get their keys', () => {
  const authentication = synth(chart => new RequestAuthentication(chart, 'r', {
    spec: Lazy.any({ produce: () => ({ jwtRules: [{ issuer: 'i', jwksUri: 'https://i/jwks' }] }) }),
  }));
  expect(authentication.spec).toEqual({ jwtRules: [{ issuer: 'i', jwksUri: 'https://i/jwks' }] });
});

test('the manifest of a class is what the construct renders', () => {
  const props = { metadata: { name: 'f' }, spec: { name: 'f', code: { imageURI: 'r/i@sha256:0' }, kmsKeyArn: 'arn' } };
  const rendered = synth(chart => new LambdaFunction(chart, 'f', props));
  expect(LambdaFunction.manifest(props)).toEqual(rendered);
  expect(rendered.spec).toEqual({ name: 'f', code: { imageURI: 'r/i@sha256:0' }, kmsKeyARN: 'arn' });
});

test('an object without a spec renders its identity alone', () => {
  expect(synth(chart => new NetworkAttachmentDefinition(chart, 'n', { metadata: { name: 'macvlan' } }))).toEqual({
    apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', metadata: { name: 'macvlan' },
  });
});
