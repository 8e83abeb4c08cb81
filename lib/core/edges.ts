import { ICaller } from './caller';
import { GrantOptions } from './grants';
import { TokenRequirement } from './jwt/token-requirement';
import { IWorkload } from './workload';

/** A declared call: who may send which requests to whom. */
export interface Edge {
  readonly caller: ICaller;
  readonly target: IWorkload;
  readonly options: GrantOptions;
  /** Events come from the broker's data plane, which no user wrote down as a caller. */
  readonly delivery?: boolean;
  /** How often a delivery that fails is tried again. */
  readonly retries?: number;
}

/** The tokens that requests of an edge have to bring: what the caller is known by, and what the grant asks for beside it. */
export function tokensOf({ caller, options }: Pick<Edge, 'caller' | 'options'>): TokenRequirement[] {
  return [caller.token, options.token].filter(token => token !== undefined);
}

/** Whether callers of an edge are known by a token alone, which travels through whoever forwards the request. */
export function isByTokenAlone({ caller, options }: Edge): boolean {
  return caller.meshIdentity.isAnyone && (caller.token ?? options.token) !== undefined;
}
