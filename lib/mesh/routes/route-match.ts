import { TextMatch } from './text-match';
import { HttpMethod } from '../../core/grants';
import type { IMeshGateway } from '../gateway/gateway-reference';

/** How the path of a request is compared. */
export type PathCondition =
  | { readonly kind: 'exact' | 'segments' | 'text' | 'regex'; readonly path: string };

/** All that one match asks for; what is not there is not asked for. */
export interface Conditions {
  readonly path?: PathCondition;
  readonly ignoreCase?: boolean;
  readonly methods?: readonly HttpMethod[];
  readonly headers?: Readonly<Record<string, TextMatch>>;
  readonly withoutHeaders?: Readonly<Record<string, TextMatch>>;
  readonly query?: Readonly<Record<string, TextMatch>>;
  readonly authority?: TextMatch;
  readonly scheme?: TextMatch;
  readonly port?: number;
  readonly sourceNamespace?: string;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly IMeshGateway[];
  readonly statPrefix?: string;
  readonly name?: string;
}

/** Which requests a route takes. Conditions are joined by `and`; a route with several matches takes what any of them does. */
export class RouteMatch {
  /** This path alone. */
  public static path(path: string): RouteMatch {
    return new RouteMatch({ path: { kind: 'exact', path } });
  }

  /** This path and all below it: `/users` takes `/users` and `/users/7`, and not `/usersettings`. */
  public static pathPrefix(path: string): RouteMatch {
    return new RouteMatch({ path: { kind: 'segments', path: path.replace(/\/+$/, '') || '/' } });
  }

  /** Every path that begins with this text, also in the middle of a segment: `/users` takes `/usersettings` too. */
  public static pathStartsWith(text: string): RouteMatch {
    return new RouteMatch({ path: { kind: 'text', path: text } });
  }

  /**
   * Every path of which the whole matches.
   * @param pattern a regular expression of RE2, at most 1024 characters
   */
  public static pathRegex(pattern: string): RouteMatch {
    return new RouteMatch({ path: { kind: 'regex', path: pattern } });
  }

  /** One of these methods. */
  public static methods(...methods: HttpMethod[]): RouteMatch {
    return new RouteMatch({ methods });
  }

  /**
   * A header with this value.
   * @param name in lower case, as headers are in HTTP/2
   * @param value what it says; `@request.auth.claims.group` as a name compares a claim of a verified token
   */
  public static header(name: string, value: TextMatch): RouteMatch {
    return new RouteMatch({ headers: { [name.toLowerCase().startsWith('@request.auth') ? name : name.toLowerCase()]: value } });
  }

  /** No header with this value. */
  public static withoutHeader(name: string, value: TextMatch = TextMatch.present()): RouteMatch {
    return new RouteMatch({ withoutHeaders: { [name.toLowerCase()]: value } });
  }

  /** A query parameter with this value. */
  public static query(name: string, value: TextMatch): RouteMatch {
    return new RouteMatch({ query: { [name]: value } });
  }

  /** The host that the client asked for, where the route is for several. */
  public static authority(host: TextMatch): RouteMatch {
    return new RouteMatch({ authority: host });
  }

  /** The scheme of the request: `http` or `https`. */
  public static scheme(scheme: TextMatch): RouteMatch {
    return new RouteMatch({ scheme });
  }

  /** The port of the gateway, or of the host that is called. */
  public static port(port: number): RouteMatch {
    return new RouteMatch({ port });
  }

  /** Requests of pods of a namespace. They pass a sidecar; those through a gateway have no source. */
  public static sourceNamespace(namespace: string): RouteMatch {
    return new RouteMatch({ sourceNamespace: namespace });
  }

  /** Requests of pods with these labels. They pass a sidecar; those through a gateway have no source. */
  public static sourceLabels(labels: { [key: string]: string }): RouteMatch {
    return new RouteMatch({ sourceLabels: labels });
  }

  /** Requests through one of these gateways, where the route is for several. */
  public static gateways(...gateways: IMeshGateway[]): RouteMatch {
    return new RouteMatch({ gateways });
  }

  private constructor(
    /** @internal */
    public readonly _conditions: Conditions,
  ) {}

  /** What holds where both do. */
  public and(other: RouteMatch): RouteMatch {
    const [a, b] = [this._conditions, other._conditions];
    const merged = (one?: Readonly<Record<string, TextMatch>>, two?: Readonly<Record<string, TextMatch>>) => one || two ? { ...one, ...two } : undefined;
    return new RouteMatch({
      ...a,
      ...b,
      headers: merged(a.headers, b.headers),
      withoutHeaders: merged(a.withoutHeaders, b.withoutHeaders),
      query: merged(a.query, b.query),
      sourceLabels: a.sourceLabels || b.sourceLabels ? { ...a.sourceLabels, ...b.sourceLabels } : undefined,
    });
  }

  /** The same, with upper and lower case of the path alike. */
  public ignoringCase(): RouteMatch {
    return new RouteMatch({ ...this._conditions, ignoreCase: true });
  }

  /** The same, with a name that is added to that of the route in logs and traces. */
  public named(name: string): RouteMatch {
    return new RouteMatch({ ...this._conditions, name });
  }

  /** The same, with statistics of its own. */
  public countedAs(statPrefix: string): RouteMatch {
    return new RouteMatch({ ...this._conditions, statPrefix });
  }
}
