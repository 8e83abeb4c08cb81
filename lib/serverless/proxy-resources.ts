import type * as kplus from 'cdk8s-plus-28';
import { renderAmounts } from './container-resources';
import { optionsLike, usable } from '../core/wrong-type';

const QUEUE_PROXY = 'queue.sidecar.serving.knative.dev';
const RESOURCES = optionsLike<kplus.ContainerResources>('', '');

/** Annotations for the resources of a sidecar of Istio. */
export const MESH_PROXY = {
  cpuRequest: 'sidecar.istio.io/proxyCPU',
  cpuLimit: 'sidecar.istio.io/proxyCPULimit',
  memoryRequest: 'sidecar.istio.io/proxyMemory',
  memoryLimit: 'sidecar.istio.io/proxyMemoryLimit',
} as const;

/** What Istio ships (`global.proxy.resources`). */
export const MESH_PROXY_DEFAULTS = { cpuRequest: '100m', cpuLimit: '2', memoryRequest: '128Mi', memoryLimit: '1Gi' } as const;

export function queueProxyAnnotation(resource: string, bound: 'request' | 'limit'): string {
  return `${QUEUE_PROXY}/${resource}-resource-${bound}`;
}

export function queueProxyAnnotations(given: kplus.ContainerResources | undefined): Record<string, string> {
  const { requests, limits } = renderAmounts(usable(given, RESOURCES) ?? {}) ?? {};
  return Object.fromEntries([
    ...Object.entries(requests ?? {}).map(([resource, amount]) => [queueProxyAnnotation(resource, 'request'), String(amount)]),
    ...Object.entries(limits ?? {}).map(([resource, amount]) => [queueProxyAnnotation(resource, 'limit'), String(amount)]),
  ]);
}

/** All four of them, because one alone takes what Istio ships from the other three. */
export function meshProxyAnnotations(given: kplus.ContainerResources | undefined): Record<string, string> {
  const resources = usable(given, RESOURCES);
  if (!resources) return {};
  const { requests, limits } = renderAmounts(resources) ?? {};
  return {
    [MESH_PROXY.cpuRequest]: String(requests?.cpu ?? MESH_PROXY_DEFAULTS.cpuRequest),
    [MESH_PROXY.memoryRequest]: String(requests?.memory ?? MESH_PROXY_DEFAULTS.memoryRequest),
    [MESH_PROXY.cpuLimit]: String(limits?.cpu ?? MESH_PROXY_DEFAULTS.cpuLimit),
    [MESH_PROXY.memoryLimit]: String(limits?.memory ?? MESH_PROXY_DEFAULTS.memoryLimit),
  };
}
