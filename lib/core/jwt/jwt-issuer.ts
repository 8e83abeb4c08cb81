import type { Duration } from 'cdk8s';
import { Claim } from './claim';

/** Where the public keys of an issuer come from. */
export class JwtKeys {
  /** From where the issuer says in its OpenID Connect configuration, `<issuer>/.well-known/openid-configuration`. */
  public static discovered(): JwtKeys {
    return new JwtKeys();
  }

  /**
   * From a URL. istiod asks it, which has no sidecar and so no way to a service that takes mutual TLS alone.
   * @param uri with http:// or https://
   */
  public static at(uri: string): JwtKeys {
    return new JwtKeys(uri);
  }

  /**
   * Written into the object. Keys that the issuer changes must be changed here too.
   * @param jwks a JSON Web Key Set of public keys
   */
  public static inline(jwks: string): JwtKeys {
    return new JwtKeys(undefined, jwks);
  }

  private constructor(
    /** The URL; undefined where they come from elsewhere. */
    public readonly uri?: string,
    /** The key set; undefined where it comes from elsewhere. */
    public readonly jwks?: string,
  ) {}
}

/** Where in a request a token is looked for. A request that has tokens in several places is not supported. */
export class TokenLocation {
  /**
   * In a header.
   * @param name name of the header
   * @param prefix what stands before the token there, such as `'Bearer '` with its space; nothing unless given
   */
  public static header(name: string, prefix?: string): TokenLocation {
    return new TokenLocation('header', name, prefix);
  }

  /**
   * In a parameter of the query. It ends up in access logs.
   * @param name name of the parameter
   */
  public static parameter(name: string): TokenLocation {
    return new TokenLocation('parameter', name);
  }

  /**
   * In a cookie.
   * @param name name of the cookie
   */
  public static cookie(name: string): TokenLocation {
    return new TokenLocation('cookie', name);
  }

  private constructor(
    private readonly place: 'header' | 'parameter' | 'cookie',
    /** Name of the header, the parameter or the cookie. */
    public readonly name: string,
    /** What stands before the token. */
    public readonly prefix?: string,
  ) {}

  /** @internal */
  public get _place(): 'header' | 'parameter' | 'cookie' {
    return this.place;
  }
}

/** Who issues tokens, and what becomes of them. */
export interface JwtIssuerProps {
  /** The issuer, exactly as `iss` in its tokens says it. */
  readonly issuer: string;

  /**
   * Audiences (`aud`) of which a token has to name one. With an empty list every token of the issuer passes, those for other
   * services included, which could then be used here by whoever gets to see them.
   */
  readonly audiences: string[];

  /**
   * Where its public keys come from.
   * @default JwtKeys.discovered()
   */
  readonly keys?: JwtKeys;

  /**
   * Where tokens are looked for.
   * @default - the header `Authorization: Bearer <token>`, then the query parameter `access_token`
   */
  readonly tokensFrom?: TokenLocation[];

  /**
   * Whether the token stays in the request after it was verified, for whoever comes behind.
   * @default false
   */
  readonly forwardOriginalToken?: boolean;

  /**
   * Header in which the app finds the claims, as JSON in base64url.
   * @default - none
   */
  readonly payloadHeader?: string;

  /**
   * Headers in which the app finds single claims: header to claim. Only texts, numbers and booleans are written there. A request without a token
   * keeps what its client wrote into these headers, so a token has to be required where the app believes them.
   * @default - none
   */
  readonly claimHeaders?: { [header: string]: Claim };

  /**
   * Claims, beside `scope` and `permission`, that are lists of words parted by spaces.
   * @default - none
   */
  readonly spaceDelimitedClaims?: string[];

  /**
   * How long a proxy waits for the keys, where it fetches them itself (`PILOT_JWT_ENABLE_REMOTE_JWKS`).
   * @default - 5 seconds, Istio's own
   */
  readonly keysTimeout?: Duration;
}

/**
 * Somebody whose tokens are believed.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/#JWTRule
 */
export class JwtIssuer {
  /** The issuer, as `iss` in its tokens says it. */
  public readonly issuer: string;

  constructor(private readonly props: JwtIssuerProps) {
    this.issuer = props.issuer;
  }

  /** @internal */
  public get _props(): JwtIssuerProps {
    return this.props;
  }
}
