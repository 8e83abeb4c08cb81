import { CONTAINER, only, service } from './rules';
import { Json } from '../support';

describe('a probe whose port nobody fills in', () => {
  test.each([
    ['startupProbe', { httpGet: { path: '/' } }, 'httpGet'],
    ['startupProbe', { tcpSocket: {} }, 'tcpSocket'],
    ['startupProbe', { grpc: { service: 'shop' } }, 'grpc'],
    ['startupProbe', { httpGet: { path: '/', port: 0 } }, 'httpGet'],
    ['livenessProbe', { grpc: {} }, 'grpc'],
  ])('is refused: %s %j', (probe, value, handler) => {
    expect(only('SM1107', service({ container: { [probe]: value } }))).toMatchObject([{
      field: `${CONTAINER}.${probe}.${handler}.port`, fix: expect.stringContaining('8080'),
    }]);
  });

  test.each([
    ['startupProbe', { httpGet: { path: '/', port: 8080 } }],
    ['startupProbe', { exec: { command: ['/started'] } }],
    ['livenessProbe', { httpGet: { path: '/' } }],
    ['livenessProbe', { tcpSocket: {} }],
    ['readinessProbe', { grpc: {} }],
  ])('is filled in by Knative, or needs none: %s %j', (probe, value) => {
    expect(only('SM1107', service({ container: { [probe]: value } }))).toEqual([]);
  });
});

describe('a request above the limit', () => {
  const resources = (requests: Json, limits: Json) => only('SM1104', service({ container: { resources: { requests, limits } } }));

  test('is refused of a container', () => {
    expect(resources({ memory: '1Gi', cpu: '100m' }, { memory: '512Mi', cpu: 1 })).toMatchObject([
      { field: `${CONTAINER}.resources.requests.memory`, value: '"1Gi"', reason: 'the limit is 512Mi, and no container may ask for more than that' },
    ]);
    expect(resources({ cpu: 0.5, memory: '1Gi' }, { cpu: '500m' })).toEqual([]);
  });

  test.each([
    ['queue.sidecar.serving.knative.dev/memory-resource-request', 'queue.sidecar.serving.knative.dev/memory-resource-limit'],
    ['sidecar.istio.io/proxyCPU', 'sidecar.istio.io/proxyCPULimit'],
  ])('is refused of a sidecar: %s', (request, limit) => {
    expect(only('SM1104', service({ annotations: { [request]: '2', [limit]: '1' } })))
      .toMatchObject([{ field: `spec.template.metadata.annotations[${request}]` }]);
    expect(only('SM1104', service({ annotations: { [request]: '1', [limit]: '1' } }))).toEqual([]);
  });
});
