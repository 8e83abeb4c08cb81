import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { LINKERD_CODES } from './codes';
import { ProfileCondition } from './profile-condition';
import { withoutLinkerd, WORKLOAD } from './values';
import { ServiceProfile, ServiceProfileSpec, ServiceProfileSpecRoutes, toJson_ServiceProfileSpec } from '../../../imports/linkerd.io';
import { goDuration } from '../../core/durations';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { isWorkload, IWorkload } from '../../core/workload';
import { DURATION, FLAG, instanceOf, listOf, NUMBER, optionsLike, usable, wrongType } from '../../core/wrong-type';

/** How many retries clients of a workload may add to their requests. */
export interface LinkerdRetryBudget {
  /** Share of retries in the requests, such as 0.2. */
  readonly retryRatio: number;
  /** Retries in a second that are always allowed. */
  readonly minRetriesPerSecond: number;
  /** Over how long the share is counted, in 1 to 60 seconds. */
  readonly ttl: Duration;
}

/** Statuses of answers, and whether they count as failures. */
export interface ProfileResponseClass {
  /** The least status, from 100 on. */
  readonly min: number;

  /**
   * The greatest status, up to 599.
   * @default - the least one
   */
  readonly max?: number;

  /** Whether such an answer is a failure: it counts as one, and is retried where the route is. */
  readonly isFailure: boolean;
}

/** Requests of a kind, counted by their name. */
export interface ProfileRouteOptions {
  /** The requests. */
  readonly condition: ProfileCondition;

  /**
   * How long an answer may take.
   * @default - as long as it does
   */
  readonly timeout?: Duration;

  /**
   * Whether a request that fails is sent again, as long as the budget allows it. Only for requests that change nothing.
   * @default false
   */
  readonly retryable?: boolean;

  /**
   * Which answers are failures.
   * @default - statuses from 500 on
   */
  readonly responseClasses?: ProfileResponseClass[];
}

/** Routes of a workload for clusters whose Linkerd still has ServiceProfiles. */
export interface LinkerdServiceProfileProps {
  /** The workload whose Service it is for. */
  readonly target: IWorkload;

  /**
   * How many retries clients may add to their requests.
   * @default - a fifth of the requests over 10 seconds, and 10 in a second always
   */
  readonly retryBudget?: LinkerdRetryBudget;
}

const CONDITION = instanceOf(ProfileCondition, "use a factory, as in ProfileCondition.pathRegex('/v1/.*')");
const BUDGET = optionsLike<LinkerdRetryBudget>('an object with retryRatio, minRetriesPerSecond and ttl', 'pass { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10) }');

interface SaidRoute {
  readonly name: string;
  readonly options: ProfileRouteOptions;
}

/**
 * Retries by a budget, timeouts and metrics by route for the clients of a workload, as a ServiceProfile. Linkerd has HTTPRoutes in their place since 2.16 (`LinkerdRoute`); where a workload
 * has both, clients follow the profile alone.
 *
 * @see https://linkerd.io/2/reference/service-profiles/
 */
export class LinkerdServiceProfile extends Construct {
  /** The ServiceProfile, as an escape hatch. */
  public readonly apiObject: ApiObject;

  private readonly routes: SaidRoute[] = [];

  constructor(scope: Construct, id: string, props: LinkerdServiceProfileProps) {
    super(scope, id);
    Intents.of(this);
    const target = usable(props?.target, WORKLOAD);
    this.apiObject = resource(this, 'Resource', {
      gvk: ServiceProfile.GVK,
      metadata: { name: target?.serviceHost ?? this.node.id, namespace: target?.workloadNamespace },
      fields: { spec: () => toJson_ServiceProfileSpec(this.spec(usable(props?.retryBudget, BUDGET))) },
    });
    reportProblems(this, () => this.problems(props));
  }

  /**
   * Adds a route; the first whose condition holds decides.
   * @param name what metrics call it, such as `GET /v1/orders`
   * @param options which requests, and how they are sent
   */
  public addRoute(name: string, options: ProfileRouteOptions): void {
    this.routes.push({ name, options });
  }

  private spec(budget: LinkerdRetryBudget | undefined): ServiceProfileSpec {
    return {
      routes: this.routes.filter(({ options }) => CONDITION.holds(options?.condition)).map(route => render(route)),
      retryBudget: budget && { retryRatio: budget.retryRatio, minRetriesPerSecond: budget.minRetriesPerSecond, ttl: goDuration(usable(budget.ttl, DURATION)) as string },
    };
  }

  private problems(props: LinkerdServiceProfileProps | undefined): ProblemReport[] {
    const { target, retryBudget } = props ?? {};
    return [
      ...withoutLinkerd(this),
      ...wrongType('target', target ?? 'nothing', WORKLOAD),
      ...isWorkload(target) && isKnativeWorkload(target) ? [{
        code: LINKERD_CODES.knativeInLinkerd,
        field: 'target',
        value: target.workloadName,
        reason: 'the Service of a Knative service is an alias of its ingress, for whose host clients ask',
        fix: 'say retries and timeouts in the client',
      }] : [],
      ...wrongType('retryBudget', retryBudget, BUDGET),
      ...BUDGET.holds(retryBudget) ? [
        ...(['retryRatio', 'minRetriesPerSecond'] as const).flatMap(field => wrongType(`retryBudget.${field}`, retryBudget[field] ?? 'nothing', NUMBER)),
        ...wrongType('retryBudget.ttl', retryBudget.ttl ?? 'nothing', DURATION),
      ] : [],
      ...this.routes.flatMap(({ name, options }) => routeTypes(`addRoute(${name})`, options)),
    ];
  }
}

function routeTypes(field: string, options: ProfileRouteOptions | undefined): ProblemReport[] {
  const { condition, timeout, retryable, responseClasses } = options ?? {};
  return [
    ...wrongType(`${field}.condition`, condition ?? 'nothing', CONDITION),
    ...wrongType(`${field}.timeout`, timeout, DURATION),
    ...wrongType(`${field}.retryable`, retryable, FLAG),
    ...wrongType(`${field}.responseClasses`, responseClasses, listOf(optionsLike('an object with min and isFailure', 'pass { min: 500, max: 599, isFailure: true }'))),
  ];
}

function render({ name, options }: SaidRoute): ServiceProfileSpecRoutes {
  const { condition, timeout, retryable, responseClasses } = options;
  return {
    name,
    condition: condition._json,
    timeout: goDuration(usable(timeout, DURATION)),
    isRetryable: usable(retryable, FLAG),
    responseClasses: Array.isArray(responseClasses)
      ? responseClasses.map(({ min, max, isFailure }) => ({ condition: { status: { min, max: max ?? min } }, isFailure }))
      : undefined,
  };
}
