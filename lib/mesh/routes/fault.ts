import { Duration } from 'cdk8s';

/** Trouble that is made on purpose, to see how callers bear it. */
export class Fault {
  /**
   * Requests wait before they are sent on.
   * @param delay how long, at least one millisecond
   * @param percent of the requests, from 0 to 100
   */
  public static delay(delay: Duration, percent: number = 100): Fault {
    return new Fault({ delay: { delay, percent } });
  }

  /**
   * Requests are answered with a status and not sent on.
   * @param status from 200 to 599
   * @param percent of the requests, from 0 to 100
   */
  public static abort(status: number, percent: number = 100): Fault {
    return new Fault({ abort: { httpStatus: status, percent } });
  }

  /**
   * Calls of gRPC are answered with a status and not sent on.
   * @param status by name, such as `UNAVAILABLE`
   * @param percent of the calls, from 0 to 100
   */
  public static abortGrpc(status: string, percent: number = 100): Fault {
    return new Fault({ abort: { grpcStatus: status, percent } });
  }

  private constructor(
    /** @internal */
    public readonly _parts: {
      readonly delay?: { readonly delay: Duration; readonly percent: number };
      readonly abort?: { readonly httpStatus?: number; readonly grpcStatus?: string; readonly percent: number };
    },
  ) {}

  /** Both kinds of trouble. */
  public and(other: Fault): Fault {
    return new Fault({ ...this._parts, ...other._parts });
  }
}
