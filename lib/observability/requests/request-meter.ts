import { Vector } from '../promql/vector';
import { Window } from '../promql/window';

/** The first digit of an HTTP status. */
export type CodeClass = '2' | '3' | '4' | '5';

/** How requests to workloads are counted: which metric sees each of them once, and by which labels it tells them apart. */
export interface RequestMeter<L extends string> {
  /** First part of the names of recorded series: what one sample stands for. */
  readonly level: string;
  /** Second part: what is counted, in the singular. */
  readonly counted: string;
  /** Labels that name the workload. */
  readonly workload: L;
  readonly namespace: L;

  /** Requests per second. */
  rate(window: Window): Vector<L>;
  /** Requests per second that were answered with a status of one class. */
  rateOf(codes: CodeClass, window: Window): Vector<L>;
  /** Requests per second that failed on the side of the workload. */
  errors(window: Window): Vector<L>;
  /** The time within which a share of the requests were answered, in seconds. */
  latency(share: number, window: Window): Vector<L>;
}

/** Share of the requests that fail; no sample without traffic, 0 where none failed. */
export function errorRatio<L extends string>(errors: Vector<L>, requests: Vector<L>): Vector<L> {
  return errors.or(requests.times(0)).dividedBy(requests.above(0));
}
