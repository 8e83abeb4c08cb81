import { ProblemReport } from '../../core/problem';
import { instanceOf, NUMBER, optionsLike, usable, wrongType } from '../../core/wrong-type';
import type { ServerlessServiceProps } from '../serverless-service-props';
import { Toleration } from '../toleration';

/** Where pods with GPUs run. */
export interface GpuOptions {
  /**
   * Labels of the nodes, such as `{ 'nvidia.com/gpu.product': 'NVIDIA-L4' }`. Needs the feature flag `kubernetes.podspec-nodeselector`.
   * @default - any node that offers the device
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of these nodes. Needs the feature flag `kubernetes.podspec-tolerations`.
   * @default - none: nodes with GPUs are expected to take any pod, or the cluster to add what is needed (ExtendedResourceToleration)
   */
  readonly tolerations?: Toleration[];

  /**
   * Runtime class. Needs the feature flag `kubernetes.podspec-runtimeclassname`.
   * @default - the nodes' default
   */
  readonly runtimeClass?: string;
}

/** GPUs of a pod. */
export class Gpu {
  /**
   * Whole GPUs of NVIDIA.
   * @param count how many a pod gets, a whole number from 1
   */
  public static nvidia(count: number = 1, options: GpuOptions = {}): Gpu {
    return new Gpu('nvidia.com/gpu', count, options);
  }

  /**
   * Whole GPUs of AMD.
   * @param count how many a pod gets, a whole number from 1
   */
  public static amd(count: number = 1, options: GpuOptions = {}): Gpu {
    return new Gpu('amd.com/gpu', count, options);
  }

  /**
   * Another device, or a part of a GPU that its plug-in offers.
   * @param name as the nodes offer it, such as `nvidia.com/mig-1g.5gb`
   * @param count how many a pod gets, a whole number from 1
   */
  public static named(name: string, count: number = 1, options: GpuOptions = {}): Gpu {
    return new Gpu(name, count, options);
  }

  private constructor(
    /** Name of the device. */
    public readonly device: string,
    /** How many a pod gets. */
    public readonly count: number,
    private readonly options: GpuOptions,
  ) {}

  /** @internal */
  public _settings(): Pick<ServerlessServiceProps, 'devices' | 'nodeSelector' | 'tolerations' | 'runtimeClass'> {
    const { nodeSelector, tolerations, runtimeClass } = usable(this.options, OPTIONS) ?? {};
    return { devices: { [this.device]: this.count }, nodeSelector, tolerations, runtimeClass };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [...wrongType('gpu.count', this.count, NUMBER), ...wrongType('gpu.options', this.options, OPTIONS)];
  }
}

const OPTIONS = optionsLike<GpuOptions>('an object of options', "pass { nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } } or the like");

export const GPU = instanceOf(Gpu, 'use a factory, as in Gpu.nvidia(1)');
