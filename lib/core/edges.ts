import { ICaller } from './caller';
import { GrantOptions } from './grants';
import { IWorkload } from './workload';

/** A declared call: who may send which requests to whom. */
export interface Edge {
  readonly caller: ICaller;
  readonly target: IWorkload;
  readonly options: GrantOptions;
  /** Events come from the broker's data plane, which no user wrote down as a caller. */
  readonly delivery?: boolean;
}
