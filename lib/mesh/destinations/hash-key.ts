import { Duration } from 'cdk8s';

/** A cookie by which requests of one client are known. */
export interface HashCookieOptions {
  /**
   * How long the cookie lives that clients get which have none; zero lets it live as long as the browser is open.
   * @default - clients without the cookie get none, and their requests go to any pod
   */
  readonly ttl?: Duration;

  /**
   * Path of the cookie that clients get.
   * @default - no path
   */
  readonly path?: string;

  /**
   * Further attributes of it, such as `SameSite`; one without a value is an empty text.
   * @default - none
   */
  readonly attributes?: { [key: string]: string };
}

/** What of a request decides which pod it goes to. */
export class HashKey {
  /** A header; gRPC's metadata are headers as well. */
  public static header(name: string): HashKey {
    return new HashKey({ httpHeaderName: name });
  }

  /** A cookie. */
  public static cookie(name: string, options: HashCookieOptions = {}): HashKey {
    const attributes = Object.entries(options.attributes ?? {}).map(([attribute, value]) => ({ name: attribute, value }));
    return new HashKey({ cookie: { name, path: options.path, attributes: attributes.length > 0 ? attributes : undefined }, ttl: options.ttl });
  }

  /** The address that the request comes from. Behind a gateway that is the address of the gateway. */
  public static sourceIp(): HashKey {
    return new HashKey({ useSourceIp: true });
  }

  /** A parameter of the query. */
  public static queryParameter(name: string): HashKey {
    return new HashKey({ httpQueryParameterName: name });
  }

  private constructor(
    /** @internal */
    public readonly _said: {
      readonly httpHeaderName?: string;
      readonly httpQueryParameterName?: string;
      readonly useSourceIp?: boolean;
      readonly cookie?: { readonly name: string; readonly path?: string; readonly attributes?: { readonly name: string; readonly value: string }[] };
      readonly ttl?: Duration;
    },
  ) {}
}

/** How the keys of a consistent hash are spread over pods. */
export class HashAlgorithm {
  /**
   * A ring; where pods come and go, few keys move.
   * @param minimumSize places on it at least, 1024 unless said otherwise; the more, the evener
   */
  public static ringHash(minimumSize?: number): HashAlgorithm {
    return new HashAlgorithm({ ringHash: { minimumRingSize: minimumSize } });
  }

  /**
   * A table; faster to look up and evener, and more keys move where pods come and go.
   * @param tableSize places of it, a prime below 5000011, 65537 unless said otherwise
   */
  public static maglev(tableSize: number = 65537): HashAlgorithm {
    return new HashAlgorithm({ maglev: { tableSize } });
  }

  private constructor(
    /** @internal */
    public readonly _said: { readonly ringHash?: { readonly minimumRingSize?: number }; readonly maglev?: { readonly tableSize: number } },
  ) {}
}
