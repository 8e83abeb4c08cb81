/** How many requests in which time. */
export class Rate {
  /** @param requests at least 1 */
  public static perSecond(requests: number): Rate {
    return new Rate(requests, 'second', 1);
  }

  /** @param requests at least 1 */
  public static perMinute(requests: number): Rate {
    return new Rate(requests, 'minute', 60);
  }

  /** @param requests at least 1 */
  public static perHour(requests: number): Rate {
    return new Rate(requests, 'hour', 3600);
  }

  private constructor(
    /** Requests in the time. */
    public readonly requests: number,
    private readonly unit: 'second' | 'minute' | 'hour',
    private readonly seconds: number,
    /** Requests that may come at once after a pause. */
    public readonly burst: number = requests,
  ) {}

  /**
   * The same rate with another number of requests that may come at once.
   * @param burst at least 1
   */
  public withBurst(burst: number): Rate {
    return new Rate(this.requests, this.unit, this.seconds, burst);
  }

  /** @internal */
  public get _unit(): 'second' | 'minute' | 'hour' {
    return this.unit;
  }

  /**
   * As many tokens at a time as may be used at once, so that none is lost where the bucket is small.
   * @internal
   */
  public get _bucket(): { tokens: number; fill: number; seconds: number } {
    const fill = Math.min(this.burst, this.requests);
    return { tokens: this.burst, fill, seconds: this.seconds * fill / this.requests };
  }
}
