import { CODES } from './codes';
import { Preflights } from './preflights/preflights';
import { CONDITIONS } from '../core/condition';
import { pathPatternFlaw } from '../core/path-pattern';
import { ProblemReport } from '../core/problem';
import { CALLER, REQUESTS } from '../core/record-grant';
import { Expected, listOf, memberOf, TEXTS, wrongType } from '../core/wrong-type';

/** What constructs say of the requests that they are about, under the names that all of them use. */
const EXPECTED: { readonly [field: string]: Expected<unknown> } = {
  ...REQUESTS,
  exemptPaths: TEXTS,
  callers: listOf(CALLER),
  exemptCallers: listOf(CALLER),
  conditions: CONDITIONS,
  exemptPreflights: memberOf('Preflights', Preflights),
};

const UNMATCHED = { paths: 'it would never match', exemptPaths: 'nothing would be exempt' };

/** The same without what cannot be read. */
export function usableRequests<T extends object>(said: T): T {
  return Object.fromEntries(Object.entries(said).filter(([field, value]) => EXPECTED[field]?.holds(value) ?? true)) as T;
}

/** What of it cannot be read, and paths that no request has. */
export function requestProblems(said: object): ProblemReport[] {
  const { paths, exemptPaths }: { readonly [field in keyof typeof UNMATCHED]?: readonly string[] } = usableRequests(said);
  return [
    ...Object.entries(said).flatMap(([field, value]) => EXPECTED[field] ? wrongType(field, value, EXPECTED[field]) : []),
    ...(paths ?? []).flatMap(path => flawed('paths', path)),
    ...(exemptPaths ?? []).flatMap(path => flawed('exemptPaths', path)),
  ];
}

function flawed(field: keyof typeof UNMATCHED, path: string): ProblemReport[] {
  const flaw = pathPatternFlaw(path);
  return flaw === undefined ? [] : [{
    code: CODES.pathPattern,
    field,
    value: path,
    reason: `the path ${flaw}, so ${UNMATCHED[field]}`,
    fix: "write an exact path ('/healthz'), a prefix ('/public/*'), a suffix ('*.css') or a template of whole segments ('/v1/{*}/icon')",
  }];
}
