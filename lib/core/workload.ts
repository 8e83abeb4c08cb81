import { IConstruct } from 'constructs';
import { ICaller } from './caller';
import { GrantOptions } from './grants';
import type { IRouteTarget } from './route-target';

/** What runs a workload. */
export enum WorkloadKind {
  /** A Knative Service: revisions, scale to zero, the activator in front. */
  KNATIVE_SERVICE = 'KnativeService',
  /** A Deployment behind a Service. */
  DEPLOYMENT = 'Deployment',
  /** Pods that are run by something else (StatefulSet, Rollout, another app). */
  OTHER = 'Other',
}

/** Pods that requests can be sent to. */
export interface IRequestTarget {
  /** Namespace of the pods. */
  readonly workloadNamespace: string;
  /** Labels that stay on the pods over revisions and roll-outs. */
  readonly podSelector: { [key: string]: string };
}

/** Something that runs in pods, answers at a host and can be named in policies, routes, monitors and flows. */
export interface IWorkload extends IConstruct, ICaller, IRouteTarget, IRequestTarget {
  /** Name of the object that runs the pods. */
  readonly workloadName: string;
  /** What runs them. */
  readonly workloadKind: WorkloadKind;
  /** Ports on which its pods take requests: what policies see, which for Knative is neither the service's nor the app's port. */
  readonly policyPorts: number[];
  /** Service account of its pods. */
  readonly serviceAccountName: string;

  /** Lets a caller send requests to this workload. What is not granted is denied once one grant or a mesh policy exists. */
  grantInvoke(caller: ICaller, options?: GrantOptions): void;
}

/** Whether something is a workload of this library. */
export function isWorkload(x: unknown): x is IWorkload {
  return typeof x === 'object' && x !== null && 'workloadKind' in x && 'podSelector' in x;
}
