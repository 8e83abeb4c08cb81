import type * as kplus from 'cdk8s-plus-28';
import { ServiceSpecTemplateSpecContainersEnv as EnvVar } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { Expected, wrongType } from '../core/wrong-type';

type Variables = { [name: string]: kplus.EnvValue };

const ENV_VALUE: Expected<kplus.EnvValue> = {
  what: 'an EnvValue of cdk8s-plus',
  fix: "wrap it, as in kplus.EnvValue.fromValue('text') or kplus.EnvValue.fromSecretValue({ secret, key })",
  holds: (value): value is kplus.EnvValue => typeof value === 'object' && value !== null && ('value' in value || 'valueFrom' in value),
};

/** The variables in the order in which they were written, because one may refer to those before it. */
export function renderEnvironment(variables: Variables | undefined): EnvVar[] | undefined {
  const rendered = Object.entries(variables ?? {})
    .filter(([, value]) => ENV_VALUE.holds(value))
    .map(([name, { value, valueFrom }]) => ({
      name,
      // the API server drops an empty text, which is what a variable without a value holds
      value: value === undefined || value === null || value === '' ? undefined : String(value),
      valueFrom: plain(valueFrom) as EnvVar['valueFrom'],
    }));
  return rendered.length > 0 ? rendered : undefined;
}

export function environmentProblems(variables: Variables | undefined, at: string): ProblemReport[] {
  return Object.entries(variables ?? {}).flatMap(([name, value]) => wrongType(`${at}.${name}`, value, ENV_VALUE))
    // what was meant as a variable may be a password
    .map(({ value, ...problem }) => problem);
}

// cdk8s-plus keeps a quantity as an object around its text, which is no plain data
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value.constructor !== Object && 'value' in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
