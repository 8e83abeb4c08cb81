/**
 * An answer for which Linkerd sends a request again.
 *
 * @see https://linkerd.io/2/reference/retries/
 */
export class RetryCondition {
  /** Every status from 500 to 599. */
  public static serverError(): RetryCondition {
    return new RetryCondition('5xx');
  }

  /** Statuses 502, 503 and 504. */
  public static gatewayError(): RetryCondition {
    return new RetryCondition('gateway-error');
  }

  /**
   * One status.
   * @param status from 100 to 599
   */
  public static status(status: number): RetryCondition {
    return new RetryCondition(String(status));
  }

  /**
   * The statuses of a range.
   * @param first the least of them, from 100 on
   * @param last the greatest of them, up to 599
   */
  public static statuses(first: number, last: number): RetryCondition {
    return new RetryCondition(`${first}-${last}`);
  }

  private constructor(
    /** As the annotation writes it. */
    public readonly value: string,
  ) {}
}
