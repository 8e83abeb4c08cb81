import { allowed, Answer, denied, depends, listed, named } from './answer';
import { Arrival } from './arrival';
import { EnvoyRule, envoyRule } from './envoy-rules';
import { anyOf, Truth } from './truth';
import { Outcome } from './verdict';
import { matchesAtZtunnel } from './ztunnel-rules';
import { ModelObject } from '../model';
import { Fields, fieldsAt, fieldsOf, mapsOf, textOf } from '../values';
import { Kept } from '../workloads/kept';
import { groupBy } from '../workloads/multi-map';

/** What enforces policies. */
export enum Enforcer {
  ENVOY = 'Envoy',
  ZTUNNEL = 'ztunnel',
}

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];

/**
 * What the AuthorizationPolicies that hold at a proxy say to a request: CUSTOM, then DENY, then ALLOW; AUDIT has no say
 * (istio/api security/v1beta1/authorization_policy.proto; istio pilot/pkg/security/authz/builder/builder.go).
 */
export function authorize(policies: readonly ModelObject[], enforcer: Enforcer, trustDomain: string, arrival: Arrival): Answer {
  const ofAction = (action: string) => byAction.of(policies).get(action) ?? [];
  const match = (policy: ModelObject) => matches(policy, enforcer, trustDomain, arrival);

  const open: Answer[] = [];
  // ztunnel asks nobody else
  for (const policy of enforcer === Enforcer.ZTUNNEL ? [] : ofAction('CUSTOM')) {
    const asked = askedBy(arrival, () => match(policy));
    const provider = textOf(fieldsAt(policy.manifest, 'spec', 'provider').name) ?? 'nobody named';
    if (asked.holds !== false) open.push(depends(`it depends on the external authorizer (${provider}), which ${named(policy)} asks`, policy));
  }
  for (const policy of ofAction('DENY')) {
    const { holds, what } = askedBy(arrival, () => match(policy));
    if (holds === true) return denied(`${named(policy)} denies it`, policy);
    if (holds === undefined) open.push(depends(`${named(policy)} denies it or not, depending on ${what}`, policy));
  }
  const allowing = ofAction('ALLOW');
  const admitted = allowing.length === 0 ? allowed('no ALLOW policy holds for these pods') : admits(allowing, match, arrival);
  if (admitted.outcome === Outcome.DENIED) return admitted;
  return open[0] ?? admitted;
}

/** Those that are enforced. */
const byAction = new Kept((policies: readonly ModelObject[]) => groupBy(policies.filter(policy => !isDryRun(policy)), actionOf));

function admits(policies: readonly ModelObject[], match: (policy: ModelObject) => Truth, arrival: Arrival): Answer {
  let open: Answer | undefined;
  for (const policy of policies) {
    const { holds, what } = askedBy(arrival, () => match(policy));
    if (holds === true) return allowed(`${named(policy)} allows it`, policy);
    if (holds === undefined) open ??= depends(`${named(policy)} allows it or not, depending on ${what}`, policy);
  }
  if (open) return open;
  // the one for these pods alone says more than one for the whole namespace
  const [closest] = [...policies].sort((a, b) => Number(isWide(a)) - Number(isWide(b)));
  const others = policies.length > 1 ? `, nor does any of the other ${policies.length - 1} that hold for these pods` : '';
  return denied(`no rule of ${named(closest)} allows it${others}`, closest);
}

/** Whether one of a policy's rules matches; a policy without rules matches nothing. */
export function matches(policy: ModelObject, enforcer: Enforcer, trustDomain: string, arrival: Arrival): Truth {
  if (enforcer === Enforcer.ENVOY) return anyOf(envoyRules(policy, trustDomain), rule => rule(arrival));
  const scope = { action: actionOf(policy), namespace: policy.namespace ?? 'default' };
  return anyOf(rulesOf(policy), rule => matchesAtZtunnel(rule, scope, arrival));
}

interface Ready {
  readonly trustDomain: string;
  readonly rules: readonly EnvoyRule[];
}

// a policy is asked for every request of every grant
const ready = new WeakMap<ModelObject, Ready>();

function envoyRules(policy: ModelObject, trustDomain: string): readonly EnvoyRule[] {
  let known = ready.get(policy);
  if (known?.trustDomain !== trustDomain) {
    const scope = { action: actionOf(policy), namespace: policy.namespace ?? 'default', trustDomain };
    known = { trustDomain, rules: rulesOf(policy).map(rule => envoyRule(rule, scope)) };
    ready.set(policy, known);
  }
  return known.rules;
}

export function actionOf(policy: ModelObject): string {
  return textOf(fieldsOf(policy.manifest.spec).action) ?? 'ALLOW';
}

function rulesOf(policy: ModelObject): Fields[] {
  return mapsOf(fieldsOf(policy.manifest.spec).rules);
}

/** A policy on trial is counted and not enforced; that of an external authorizer is asked all the same. */
export function isDryRun(policy: ModelObject): boolean {
  return TRUE.includes(String(fieldsOf(policy.manifest.metadata.annotations)['istio.io/dry-run'])) && actionOf(policy) !== 'CUSTOM';
}

function isWide(policy: ModelObject): boolean {
  return Object.keys(fieldsAt(policy.manifest, 'spec', 'selector', 'matchLabels')).length === 0;
}

function askedBy(arrival: Arrival, match: () => Truth): { holds: Truth; what: string } {
  arrival.asked.clear();
  const holds = match();
  return { holds, what: holds === undefined ? listed(arrival.asked) : '' };
}
