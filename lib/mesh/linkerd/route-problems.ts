import { IConstruct } from 'constructs';
import { CONDITION } from './annotations';
import { LINKERD_CODES } from './codes';
import { LinkerdRouteOptions, LinkerdRouteProps } from './linkerd-route-props';
import { withoutLinkerd, WORKLOAD } from './values';
import { ProblemReport } from '../../core/problem';
import { knativeServiceOf } from '../../core/route-target';
import { DURATION, instanceOf, listOf, NUMBER, optionsLike, wrongType } from '../../core/wrong-type';
import { unsaidConditions } from '../kubernetes/kubernetes-problems';
import { overlappingShares } from '../routes/overlapping-shares';
import { RouteAction } from '../routes/route-action';
import { RouteMatch } from '../routes/route-match';

const ACTION = instanceOf(RouteAction, 'use a factory, as in RouteAction.forward(orders)');
const MATCH = instanceOf(RouteMatch, 'use a factory, as in RouteMatch.path(...)');

interface SaidRule {
  readonly name: string;
  readonly options: LinkerdRouteOptions;
}

/** Why clients in Linkerd would not follow a route. */
export function routeProblems(route: IConstruct, props: LinkerdRouteProps | undefined, rules: readonly SaidRule[]): ProblemReport[] {
  return [...withoutLinkerd(route), ...types(props), ...onKnative('target', props?.target), ...ownNumbers(props), ...rules.flatMap(ruleProblems)];
}

function types(props: LinkerdRouteProps | undefined): ProblemReport[] {
  const { target, port, retries, timeouts } = props ?? {};
  return [
    ...target === undefined || target === null ? wrongType('target', 'nothing', WORKLOAD) : wrongType('target', target, WORKLOAD),
    ...wrongType('port', port, NUMBER),
    ...wrongType('retries', retries, optionsLike('an object with on', 'pass { on: [RetryCondition.gatewayError()] }')),
    ...wrongType('retries.on', retries?.on, listOf(CONDITION)),
    ...wrongType('retries.limit', retries?.limit, NUMBER),
    ...wrongType('retries.timeout', retries?.timeout, DURATION),
    ...(['request', 'response', 'idle'] as const).flatMap(field => wrongType(`timeouts.${field}`, timeouts?.[field], DURATION)),
  ];
}

function ownNumbers(props: LinkerdRouteProps | undefined): ProblemReport[] {
  const { on } = props?.retries ?? {};
  return props?.retries && !on?.length ? [{
    code: LINKERD_CODES.retriesForNothing,
    field: 'retries.on',
    reason: 'no answer is named for which a request is sent again, so that Linkerd sends none again but for a timeout',
    fix: 'name answers, as in RetryCondition.gatewayError(), or leave retries out',
  }] : [];
}

function ruleProblems({ name, options }: SaidRule): ProblemReport[] {
  const field = `addRule(${name})`;
  const { action, match, timeout } = options ?? {};
  const wrong = [
    ...action === undefined || action === null ? wrongType(`${field}.action`, 'nothing', ACTION) : wrongType(`${field}.action`, action, ACTION),
    ...wrongType(`${field}.match`, match, listOf(MATCH)),
    ...wrongType(`${field}.timeout`, timeout, DURATION),
  ];
  if (wrong.length > 0) return wrong;
  const said = action._action;
  const unsaid = [
    ...said.kind === 'respond' ? [['action', 'answers of its own']] : [],
    ...said.kind === 'delegate' ? [['action', 'delegation']] : [],
    ...(match ?? []).flatMap(({ _conditions }) => unsaidConditions({ _conditions } as RouteMatch)).map(what => ['match', what]),
  ];
  return [
    ...unsaid.map(([part, what]) => ({
      code: LINKERD_CODES.unsaidInRoute, field: `${field}.${part}`, reason: `routes of Linkerd have no field for ${what}`, fix: 'leave it out, or decide it in the app',
    })),
    ...said.kind === 'forward' ? [...said.targets.flatMap(({ target }) => onKnative(`${field}.action`, target)), ...overlappingShares(`${field}.action`, said.targets)] : [],
  ];
}

function onKnative(field: string, target: unknown): ProblemReport[] {
  const knative = typeof target === 'object' && target !== null ? knativeServiceOf(target as Parameters<typeof knativeServiceOf>[0]) : undefined;
  return knative === undefined ? [] : [{
    code: LINKERD_CODES.knativeInLinkerd,
    field,
    value: knative.workloadName,
    reason: 'the Service of a Knative service is an alias of its ingress, and its requests are told apart there by their host, which routes of Linkerd cannot rewrite',
    fix: 'split its traffic over revisions (traffic), or say retries and timeouts in the client',
  }];
}
