import { IRequestTarget } from '../../core/workload';

/** Pods that requests are sent to. */
export interface TargetPodsOptions {
  /** Their namespace. */
  readonly namespace: string;

  /** Labels that they have. */
  readonly labels: { [key: string]: string };

  /**
   * Port on which they take requests.
   * @default - the target port of the Service that selects them, if there is one
   */
  readonly port?: number;

  /**
   * Host at which clients reach them.
   * @default - that of the Service that selects them, if there is one
   */
  readonly host?: string;
}

/** Targets of requests that are no workload of this library: pods that raw objects, an `Include` or another app make. */
export class RequestTarget implements IRequestTarget {
  /** Pods by their labels. */
  public static pods(options: TargetPodsOptions): RequestTarget {
    return new RequestTarget(options.namespace, options.labels, options.port, options.host);
  }

  private constructor(
    /** Namespace of the pods. */
    public readonly workloadNamespace: string,
    /** Labels of the pods. */
    public readonly podSelector: { [key: string]: string },
    /** Port on which they take requests. */
    public readonly port?: number,
    /** Host at which clients reach them. */
    public readonly host?: string,
  ) {}
}
