import { HttpMethod } from '../../core/grants';

/** What a route of a ServiceProfile asks of a request. */
export class ProfileCondition {
  /**
   * The path matches a regular expression, all of it.
   * @param pattern without look-around and back references
   */
  public static pathRegex(pattern: string): ProfileCondition {
    return new ProfileCondition({ pathRegex: pattern });
  }

  /**
   * The path is this one.
   * @param path in full, without a query
   */
  public static path(path: string): ProfileCondition {
    return new ProfileCondition({ pathRegex: String(path).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') });
  }

  /** The request has a method. */
  public static method(method: HttpMethod): ProfileCondition {
    return new ProfileCondition({ method });
  }

  /** All of these hold. */
  public static all(...conditions: ProfileCondition[]): ProfileCondition {
    return new ProfileCondition({ all: conditions.map(({ _json }) => _json) });
  }

  /** One of these holds. */
  public static any(...conditions: ProfileCondition[]): ProfileCondition {
    return new ProfileCondition({ any: conditions.map(({ _json }) => _json) });
  }

  private constructor(
    /** @internal */
    public readonly _json: object,
  ) {}
}
