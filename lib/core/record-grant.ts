import { ICaller } from './caller';
import { GrantOptions, HttpMethod } from './grants';
import { Intents } from './intents';
import { reportProblems } from './problem';
import { IWorkload } from './workload';
import { Expected, listOf, memberOf, NUMBER, TEXTS, wrongType } from './wrong-type';

/** Somebody who sends requests, where nothing else will do. */
export const CALLER: Expected<ICaller> = {
  what: 'a caller',
  fix: 'pass the construct itself and not its name, or Caller.namespace(...), Caller.serviceAccount(...)',
  holds: (value): value is ICaller => typeof value === 'object' && value !== null && 'meshIdentity' in value,
};

/** What is said of requests that are granted. */
export const REQUESTS = { methods: listOf(memberOf('HttpMethod', HttpMethod)), paths: TEXTS, hosts: TEXTS, ports: listOf(NUMBER) };

/** Records who may call a workload; what is none of it is a problem of the workload, and granted to nobody. */
export function recordGrant(target: IWorkload, caller: ICaller, options: GrantOptions = {}): void {
  const given: { readonly [field: string]: unknown } = { ...options };
  const wrong = [
    ...wrongType('grantInvoke.caller', caller ?? 'nobody', CALLER),
    ...Object.entries(REQUESTS).flatMap(([field, expected]) => wrongType(`grantInvoke.${field}`, given[field], expected)),
  ];
  if (wrong.length === 0) Intents.of(target).edges.add({ caller, target, options: options ?? {} });
  else reportProblems(target, () => wrong);
}
