import { IKnativeWorkload, isKnativeWorkload } from './knative-workload';
import { isWorkload, IWorkload } from './workload';

/** Something that a route can send requests to: every workload, a version of one, a tag of a serverless service, or a host. */
export interface IRouteTarget {
  /** Fully qualified host that takes the requests. */
  readonly serviceHost: string;
  /** Port of that host. */
  readonly servicePort: number;
}

/** One version of a workload: the pods behind its host that carry the version's labels. */
export interface IWorkloadVersion extends IRouteTarget {
  /** The workload that it is a version of. */
  readonly workload: IWorkload;
  /** Name of the version's subset in the DestinationRule of the workload's host. */
  readonly subset: string;
  /** Labels that its pods carry and those of other versions do not. */
  readonly podLabels: { [key: string]: string };
}

/** A workload of which several versions may run side by side, each a Deployment, behind one host. */
export interface IVersionedWorkload extends IWorkload {
  /** The versions that run. */
  readonly versions: IWorkloadVersion[];
  /** Names of the Deployments that run them, which carry the labels of `podSelector` themselves. */
  readonly deploymentNames: string[];
}

/** A host of a serverless service: Knative's cluster-local gateway finds the service by this host alone. */
export interface IKnativeRouteTarget extends IRouteTarget {
  /** The service that answers there. */
  readonly knativeService: IWorkload;
}

/** Whether a route goes to one version of a workload. */
export function isWorkloadVersion(target: IRouteTarget): target is IWorkloadVersion {
  return typeof (target as IWorkloadVersion).subset === 'string';
}

/** Whether a workload runs as one Deployment for each of its versions. */
export function isVersionedWorkload(workload: IWorkload): workload is IVersionedWorkload {
  return Array.isArray((workload as Partial<IVersionedWorkload>).deploymentNames);
}

/** Names of the objects that run a workload's pods, which the mesh's metrics count by. */
export function runnersOf(workload: IWorkload): string[] {
  return isVersionedWorkload(workload) ? workload.deploymentNames : [workload.workloadName];
}

/** The serverless service that answers at a target, undefined where it is none. */
export function knativeServiceOf(target: IRouteTarget): IKnativeWorkload | undefined {
  const service = (target as IKnativeRouteTarget).knativeService ?? target;
  return isWorkload(service) && isKnativeWorkload(service) ? service : undefined;
}

/** The workload whose pods answer at a target; undefined for a host that no workload of the app stands behind. */
export function workloadOf(target: IRouteTarget): IWorkload | undefined {
  if (isWorkloadVersion(target)) return target.workload;
  return knativeServiceOf(target) ?? (isWorkload(target) ? target : undefined);
}

/** Targets that are no construct of their own. */
export class RouteTarget implements IRouteTarget {
  /**
   * The revision that a serverless service has under a tag, at `<tag>-<service>.<namespace>.svc.<cluster domain>`.
   * @param service the service
   * @param tag a tag of its traffic
   */
  public static tag(service: IWorkload, tag: string): RouteTarget {
    return new RouteTarget(`${tag}-${service.serviceHost}`, service.servicePort, service);
  }

  /**
   * A host that the mesh knows and no construct of the app stands for.
   * @param host fully qualified, since a short name means another host in another namespace
   * @param port its port
   */
  public static host(host: string, port: number): RouteTarget {
    return new RouteTarget(host, port);
  }

  private constructor(
    /** Fully qualified host that takes the requests. */
    public readonly serviceHost: string,
    /** Port of that host. */
    public readonly servicePort: number,
    /** The serverless service that answers there; undefined where none does. */
    public readonly knativeService?: IWorkload,
  ) {}
}
