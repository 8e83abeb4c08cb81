import { HttpMethod } from '../../core/grants';

type Json = { [key: string]: unknown };

/** Which requests a limit is for, and whether each of their senders has one of its own. */
export class RateLimitMatch {
  /**
   * Requests whose path begins like this.
   * @param prefix with a slash first
   */
  public static pathPrefix(prefix: string): RateLimitMatch {
    return new RateLimitMatch({ name: ':path', string_match: { prefix } });
  }

  /**
   * Requests with a path; a query may follow it.
   * @param path with a slash first
   */
  public static path(path: string): RateLimitMatch {
    return new RateLimitMatch({ name: ':path', string_match: { safe_regex: { regex: `${quoted(path)}(\\?.*)?` } } });
  }

  /** Requests with a method. */
  public static method(method: HttpMethod): RateLimitMatch {
    return new RateLimitMatch({ name: ':method', string_match: { exact: method } });
  }

  /** Requests in which a header has a value. */
  public static header(name: string, value: string): RateLimitMatch {
    return new RateLimitMatch({ name: name.toLowerCase(), string_match: { exact: value } });
  }

  /**
   * Requests that have a header, with a limit for each value of it. A proxy keeps the last 20 values that it saw, unless told otherwise.
   * Who can choose the value can choose a fresh limit: use a header that a verified token or the gateway writes.
   * @param header name of the header
   */
  public static eachValueOf(header: string): RateLimitMatch {
    return new RateLimitMatch(undefined, { request_headers: { header_name: header.toLowerCase(), descriptor_key: header.toLowerCase() } }, header.toLowerCase());
  }

  /** All requests, with a limit for each address that they come from, as far as the proxy is told (`X-Forwarded-For`, `numTrustedProxies`). */
  public static eachAddress(): RateLimitMatch {
    return new RateLimitMatch(undefined, { remote_address: {} }, 'remote_address');
  }

  private constructor(private readonly condition?: Json, private readonly action?: Json, private readonly key?: string) {}

  /** @internal */
  public get _condition(): Json | undefined {
    return this.condition;
  }

  /** @internal */
  public get _each(): { action: Json; key: string } | undefined {
    return this.action && this.key !== undefined ? { action: this.action, key: this.key } : undefined;
  }
}

export function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
