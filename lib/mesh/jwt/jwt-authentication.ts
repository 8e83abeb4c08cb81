import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { jwtProblems } from './jwt-problems';
import { TokenChecks } from './token-checks';
import { ICaller } from '../../core/caller';
import { Intents } from '../../core/intents';
import { JwtIssuer } from '../../core/jwt/jwt-issuer';
import { reportProblems } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { Expected, usable, wrongType } from '../../core/wrong-type';
import { ownHosts, usableTarget } from '../policy-target';
import { Preflights } from '../preflights/preflights';
import { usableRequests } from '../said-requests';

/** Whose tokens are believed where. */
export interface JwtAuthenticationProps {
  /** What takes the requests: a workload, a `MeshGateway`, a `Waypoint`, or pods that the app does not make (`RequestTarget.pods`). */
  readonly target: IRequestTarget;

  /** Whose tokens are believed. A request with a token that none of them issued is turned away with status 401. */
  readonly issuers: JwtIssuer[];

  /**
   * Whether requests without a token are turned away, with status 403. If not, who brings none is let in as somebody unknown, unless grants ask for more.
   * @default true
   */
  readonly required?: boolean;

  /**
   * Hosts whose requests need a token.
   * @default - at a gateway its own, because other gateways may be on the same pods; at a workload all
   */
  readonly hosts?: string[];

  /**
   * Paths that need no token: exact, with a trailing or a leading `*`, or a template.
   * Knative's own probes, and metrics where Prometheus scrapes them, never need one.
   * @default - none
   */
  readonly exemptPaths?: string[];

  /**
   * Callers that need no token. On a Knative service none that come through the activator.
   * @default - none
   */
  readonly exemptCallers?: ICaller[];

  /**
   * Preflights of browsers that need no token. They never bring one.
   * @default Preflights.ANSWERED: those that the gateway answers itself by the CORS policy of a route, so that none gets further
   */
  readonly exemptPreflights?: Preflights;
}

/**
 * Checks the tokens of requests, and turns away those without one. Istio's RequestAuthentication alone lets requests without a token pass, so a
 * policy goes with it.
 *
 * Several of them on one target are one: all issuers are believed.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class JwtAuthentication extends Construct {
  /** What takes the requests. */
  public readonly target: IRequestTarget;
  /** Whether requests without a token are turned away. */
  public readonly required: boolean;
  /** The RequestAuthentication of the target, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** The AuthorizationPolicy that turns away requests without a token, as an escape hatch; undefined where none is required. */
  public readonly policyObject?: ApiObject;

  constructor(scope: Construct, id: string, props: JwtAuthenticationProps) {
    super(scope, id);
    Intents.of(this);
    this.target = usableTarget(this, props.target);
    this.required = props.required ?? true;
    const checks = TokenChecks.of(this.target, this);
    reportProblems(this, () => issuersOf(props) ? [] : wrongType('issuers', props.issuers ?? 'nothing', ISSUERS));
    issuersOf(props)?.forEach(issuer => checks.admit(issuer));
    this.apiObject = checks.apiObject;
    if (this.required) {
      const { hosts = ownHosts(this.target), exemptPaths = [], exemptCallers = [], exemptPreflights = Preflights.ANSWERED } = usableRequests(props);
      this.policyObject = checks.require({ hosts, exemptPaths, exemptCallers, exemptPreflights });
    }
    reportProblems(this, () => jwtProblems(this, { ...props, issuers: issuersOf(props) ?? [] }));
  }
}

const ISSUERS: Expected<JwtIssuer[]> = {
  what: 'a list of JwtIssuer, with at least one in it',
  fix: "pass [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })]",
  holds: (value): value is JwtIssuer[] => Array.isArray(value) && value.length > 0 && value.every(entry => entry instanceof JwtIssuer),
};

function issuersOf({ issuers }: JwtAuthenticationProps): JwtIssuer[] | undefined {
  return usable(issuers, ISSUERS);
}
