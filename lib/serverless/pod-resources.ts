import { Size } from 'cdk8s';
import { MESH_PROXY, MESH_PROXY_DEFAULTS, queueProxyAnnotation } from './proxy-resources';
import { bytes, millis } from './quantities';
import { ClusterProfile } from '../core/cluster-profile';
import { FeatureState } from '../core/feature-state';
import { Manifest } from '../core/rendering';
import { ServingFeature } from '../core/serving-feature';

/** What one pod takes, all of its containers together. */
export interface PodResources {
  /** CPU that is set aside for it, in thousandths of a CPU. */
  readonly cpuRequestMillis: number;

  /**
   * CPU that it may use, in thousandths of a CPU.
   * @default - as much as the node has, because a container has no limit
   */
  readonly cpuLimitMillis?: number;

  /** Memory that is set aside for it. */
  readonly memoryRequest: Size;

  /**
   * Memory that it may use.
   * @default - as much as the node has, because a container has no limit
   */
  readonly memoryLimit?: Size;
}

/** Amounts of a container by resource and bound; what is missing is not bounded. */
interface Amounts {
  readonly cpu: { readonly request?: number; readonly limit?: number };
  readonly memory: { readonly request?: number; readonly limit?: number };
}

interface Containers {
  /** Those that run while the pod does. */
  readonly running: Amounts[];
  /** Those that run one after the other before. */
  readonly first: Amounts[];
  /** The mesh's sidecar, where it starts first and stays. */
  readonly sidecar?: Amounts;
}

/**
 * The sum over the containers, or what the largest init container takes beside the mesh's sidecar, whichever is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podResources(service: Manifest | undefined, profile: ClusterProfile, inSidecarMesh: boolean): PodResources {
  const { metadata, spec } = service?.spec?.template ?? {};
  const annotations: Record<string, string> = metadata?.annotations ?? {};
  const amounts = (listed: { resources?: unknown }[] | undefined) => (listed ?? []).map(container => amountsOf(container.resources));
  const sidecars = inSidecarMesh ? [meshProxy(annotations)] : [];
  const containers: Containers = {
    running: [...amounts(spec?.containers), queueProxy(annotations, profile), ...profile.nativeSidecars ? [] : sidecars],
    first: amounts(spec?.initContainers),
    sidecar: profile.nativeSidecars ? sidecars[0] : undefined,
  };
  const memoryLimit = limit(containers, 'memory');
  return {
    cpuRequestMillis: request(containers, 'cpu'),
    cpuLimitMillis: limit(containers, 'cpu'),
    memoryRequest: Size.kibibytes(Math.ceil(request(containers, 'memory') / 1024)),
    memoryLimit: memoryLimit === undefined ? undefined : Size.kibibytes(Math.ceil(memoryLimit / 1024)),
  };
}

function request({ running, first, sidecar }: Containers, resource: keyof Amounts): number {
  const of = (amounts: Amounts) => amounts[resource].request ?? 0;
  return (sidecar ? of(sidecar) : 0) + Math.max(sum(running.map(of)), ...first.map(of));
}

// a container without a limit may take all of the node
function limit({ running, first, sidecar }: Containers, resource: keyof Amounts): number | undefined {
  const of = (amounts: Amounts) => amounts[resource].limit ?? Infinity;
  const total = (sidecar ? of(sidecar) : 0) + Math.max(sum(running.map(of)), ...first.map(of));
  return Number.isFinite(total) ? total : undefined;
}

function amountsOf(resources: unknown): Amounts {
  const { requests, limits } = (resources ?? {}) as { requests?: Record<string, unknown>; limits?: Record<string, unknown> };
  const bounds = (name: string, read: (amount: unknown) => number | undefined) => {
    const most = read(limits?.[name]);
    // Kubernetes takes the limit for the request where none is said
    return { request: read(requests?.[name]) ?? most, limit: most };
  };
  return { cpu: bounds('cpu', millis), memory: bounds('memory', bytes) };
}

function queueProxy(annotations: Record<string, string>, profile: ClusterProfile): Amounts {
  const defaults = profile.servingFeature(ServingFeature.QUEUE_PROXY_RESOURCE_DEFAULTS) === FeatureState.ENABLED
    ? { requests: { cpu: '25m', memory: '400Mi' }, limits: { cpu: '1', memory: '800Mi' } }
    : { requests: { cpu: '25m' }, limits: {} };
  const said = (bound: 'request' | 'limit') => Object.fromEntries(['cpu', 'memory']
    .filter(resource => queueProxyAnnotation(resource, bound) in annotations)
    .map(resource => [resource, annotations[queueProxyAnnotation(resource, bound)]]));
  return amountsOf({ requests: { ...defaults.requests, ...said('request') }, limits: { ...defaults.limits, ...said('limit') } });
}

function meshProxy(annotations: Record<string, string>): Amounts {
  const said = Object.values(MESH_PROXY).some(key => key in annotations);
  const of = (name: keyof typeof MESH_PROXY) => said ? annotations[MESH_PROXY[name]] : MESH_PROXY_DEFAULTS[name];
  return amountsOf({
    requests: { cpu: of('cpuRequest'), memory: of('memoryRequest') },
    limits: { cpu: of('cpuLimit'), memory: of('memoryLimit') },
  });
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
