import { JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartWith, checkout } from './pods';
import { ClusterProfile, ServerlessService, ServingFeature } from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

const MEBIBYTE = { cpu: { request: kplus.Cpu.millis(200), limit: kplus.Cpu.units(1) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } };

function annotations(service: ServerlessService): Json {
  return manifest(service, 'Service').spec.template.metadata.annotations;
}

/** The figures alone, in thousandths of a CPU and MiB. */
function total({ podResources }: ServerlessService): Json {
  return {
    cpu: [podResources.cpuRequestMillis, podResources.cpuLimitMillis],
    memory: [podResources.memoryRequest.toMebibytes(), podResources.memoryLimit?.toMebibytes()],
  };
}

function outsideMesh(...features: ServingFeature[]) {
  const chart = shopChart();
  ClusterProfile.withoutMesh({ servingFeatures: features.map(feature => feature.enabled()) }).applyTo(chart);
  return chart;
}

describe('resources of the sidecars', () => {
  test('are set for the queue-proxy as far as they are given', () => {
    const service = checkout({ queueProxyResources: { ...MEBIBYTE, ephemeralStorage: { limit: Size.mebibytes(64) } } });
    expect(annotations(service)).toEqual({
      'queue.sidecar.serving.knative.dev/cpu-resource-request': '200m',
      'queue.sidecar.serving.knative.dev/cpu-resource-limit': '1',
      'queue.sidecar.serving.knative.dev/memory-resource-request': '256Mi',
      'queue.sidecar.serving.knative.dev/memory-resource-limit': '512Mi',
      'queue.sidecar.serving.knative.dev/ephemeral-storage-resource-limit': '64Mi',
    });
    expect(problems(service)).toEqual([]);
  });

  test('are set for the mesh as a whole, because one annotation takes the defaults from the others', () => {
    const service = checkout({ meshProxyResources: { memory: { limit: Size.mebibytes(256) } } });
    expect(annotations(service)).toEqual({
      'sidecar.istio.io/proxyCPU': '100m',
      'sidecar.istio.io/proxyMemory': '128Mi',
      'sidecar.istio.io/proxyCPULimit': '2',
      'sidecar.istio.io/proxyMemoryLimit': '256Mi',
    });
    expect(problems(service)).toEqual([]);
  });

  test('of the mesh are reported where there is no sidecar', () => {
    const service = checkout({ meshProxyResources: MEBIBYTE, inMesh: false });
    expect(manifest(service, 'Service').spec.template.metadata).not.toHaveProperty('annotations');
    expect(problems(service)).toMatchObject([{ code: 'SM1105', severity: 'warning', field: 'meshProxyResources' }]);
  });
});

describe('what a pod takes', () => {
  test('is the container, the queue-proxy and the sidecar of the mesh', () => {
    expect(total(checkout({ resources: MEBIBYTE }))).toEqual({ cpu: [325, undefined], memory: [384, undefined] });
    expect(total(checkout({ resources: MEBIBYTE }, outsideMesh()))).toEqual({ cpu: [225, undefined], memory: [256, undefined] });
  });

  test('has a limit as soon as every container has one', () => {
    const chart = chartWith(ServingFeature.QUEUE_PROXY_RESOURCE_DEFAULTS);
    expect(total(checkout({ resources: MEBIBYTE }, chart))).toEqual({ cpu: [325, 4000], memory: [784, 2336] });
    expect(total(checkout({ resources: MEBIBYTE, queueProxyResources: MEBIBYTE, meshProxyResources: MEBIBYTE })))
      .toEqual({ cpu: [600, 3000], memory: [768, 1536] });
  });

  test('counts sidecars, and a limit as the request where none is said', () => {
    const sidecars = [{ name: 'shipper', image: 'registry.example.com/shop/shipper:1.0.0', resources: { memory: { limit: Size.mebibytes(64) } } }];
    expect(total(checkout({ resources: MEBIBYTE, sidecars }, outsideMesh()))).toEqual({ cpu: [225, undefined], memory: [320, undefined] });
  });

  test('is what the largest init container takes, where that is more', () => {
    const init = (memory: number) => [{
      name: 'fetch', image: 'registry.example.com/shop/fetch:1.0.0', resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(memory) } },
    }];
    expect(total(checkout({ resources: MEBIBYTE, initContainers: init(128) }, outsideMesh(ServingFeature.INIT_CONTAINERS))).memory[0]).toBe(256);
    expect(total(checkout({ resources: MEBIBYTE, initContainers: init(1024) }, outsideMesh(ServingFeature.INIT_CONTAINERS)))).toEqual({ cpu: [225, undefined], memory: [1024, undefined] });
    // the sidecar of the mesh runs beside it, unless it is no native one
    const chart = chartWith(ServingFeature.INIT_CONTAINERS);
    expect(total(checkout({ resources: MEBIBYTE, initContainers: init(1024) }, chart)).memory[0]).toBe(1152);
    const old = shopChart();
    ClusterProfile.of(chart).with({ nativeSidecars: false }).applyTo(old);
    expect(total(checkout({ resources: MEBIBYTE, initContainers: init(1024) }, old)).memory[0]).toBe(1024);
  });

  test('follows patches', () => {
    const service = checkout({ resources: MEBIBYTE }, outsideMesh());
    service.apiObject.addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/resources', { requests: { cpu: 0.5, memory: '1e9' } }));
    expect(service.podResources.cpuRequestMillis).toBe(525);
    expect(service.podResources.memoryRequest.toKibibytes()).toBe(Math.ceil(1e9 / 1024));
  });

  test('is nothing but the queue-proxy where resources are left open', () => {
    expect(total(checkout({ resources: {} }, outsideMesh()))).toEqual({ cpu: [25, undefined], memory: [0, undefined] });
  });
});
