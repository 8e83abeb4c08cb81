import { IWorkloadVersion } from '../core/route-target';
import { IWorkload } from '../core/workload';
import { TEXT_MAP, usable } from '../core/wrong-type';

/** A version among the pods of a workload that something else runs. Made by `Workload.version`. */
export class WorkloadVersion implements IWorkloadVersion {
  /** @internal */
  public static _of(workload: IWorkload, name: string, podLabels?: { [key: string]: string }): WorkloadVersion {
    return new WorkloadVersion(workload, String(name), usable(podLabels, TEXT_MAP) ?? { version: String(name) });
  }

  private constructor(
    /** The workload that it is a version of. */
    public readonly workload: IWorkload,
    /** Name of the version, which is that of its subset. */
    public readonly subset: string,
    private readonly labels: { [key: string]: string },
  ) {}

  /** Labels of the pods of this version. */
  public get podLabels(): { [key: string]: string } {
    return { ...this.labels };
  }

  /** Fully qualified host of the workload, which all versions share. */
  public get serviceHost(): string {
    return this.workload.serviceHost;
  }

  /** Port of that host. */
  public get servicePort(): number {
    return this.workload.servicePort;
  }
}
