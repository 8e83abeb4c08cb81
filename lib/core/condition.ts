import { instanceOf, listOf } from './wrong-type';

/** Something of a request or its connection that a grant may depend on, beside method, path, host and token. */
export class RequestAttribute {
  /**
   * A header of the request. A client can write into it what it likes, unless the gateway or a verified token (`JwtIssuer.claimHeaders`) writes it.
   * @param name its name; capitals do not matter
   */
  public static header(name: string): RequestAttribute {
    return new RequestAttribute(`request.headers[${name}]`);
  }

  /**
   * The address that the connection comes from, which is that of the last proxy on the way. Values are addresses or networks (`10.1.0.0/16`).
   */
  public static sourceAddress(): RequestAttribute {
    return new RequestAttribute('source.ip');
  }

  /**
   * The address of the client, as the headers `X-Forwarded-For` or the proxy protocol say it as far as the proxy trusts them (`numTrustedProxies`).
   * Values are addresses or networks.
   */
  public static clientAddress(): RequestAttribute {
    return new RequestAttribute('remote.ip');
  }

  /** The address that the connection goes to. Values are addresses or networks. */
  public static destinationAddress(): RequestAttribute {
    return new RequestAttribute('destination.ip');
  }

  /** The host that the client names in the handshake of TLS (SNI). Sidecars name a cluster of theirs there, so it says something at gateways alone. */
  public static serverName(): RequestAttribute {
    return new RequestAttribute('connection.sni');
  }

  /**
   * Another attribute that Istio knows, such as `experimental.envoy.filters.network.mysql_proxy[db.table]`. Claims of tokens are asked for by `Claim`.
   * @param key as policies spell it
   */
  public static of(key: string): RequestAttribute {
    return new RequestAttribute(key);
  }

  private constructor(
    /** What policies call it. */
    public readonly key: string,
  ) {}

  /**
   * It is one of these.
   * @param values texts, or addresses and networks
   */
  public isOneOf(...values: string[]): Condition {
    return Condition._of(this, values);
  }

  /**
   * It is none of these; a request without it passes.
   * @param values texts, or addresses and networks
   */
  public isNoneOf(...values: string[]): Condition {
    return Condition._of(this, values, true);
  }

  /**
   * It begins with a text.
   * @param prefix the text, which is not empty
   */
  public startsWith(prefix: string): Condition {
    return Condition._of(this, [`${prefix}*`]);
  }

  /**
   * It ends with a text.
   * @param suffix the text, which is not empty
   */
  public endsWith(suffix: string): Condition {
    return Condition._of(this, [`*${suffix}`]);
  }

  /** It is there. */
  public exists(): Condition {
    return Condition._of(this, ['*']);
  }

  /** It is not there. */
  public isMissing(): Condition {
    return Condition._of(this, ['*'], true);
  }
}

/**
 * What a grant asks of a request beside method, path, host and token.
 *
 * @see https://istio.io/latest/docs/reference/config/security/conditions/
 */
export class Condition {
  /** @internal */
  public static _of(attribute: RequestAttribute, values: readonly string[], negated = false): Condition {
    return new Condition(attribute, values, negated);
  }

  private constructor(
    /** What it is about. */
    public readonly attribute: RequestAttribute,
    private readonly values: readonly string[],
    /** Whether the values are those that it must not have. */
    public readonly negated: boolean,
  ) {}

  /** Values of which one is enough, or none of which may be there; an asterisk at an end stands for any text. */
  public get patterns(): string[] {
    return [...this.values];
  }

  /** @internal */
  public get _rendered(): { key: string; values?: string[]; notValues?: string[] } {
    return { key: this.attribute.key, [this.negated ? 'notValues' : 'values']: this.patterns };
  }
}

export const CONDITIONS = listOf(instanceOf(Condition, "say what is asked of an attribute, as in RequestAttribute.header('x-tenant').isOneOf('eu')"));
