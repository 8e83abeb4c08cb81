import { unsaidPreflights } from './answered';
import { Preflights } from './preflights';
import { ProblemReport, Severity } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { JWT_CODES } from '../jwt/codes';
import { ownHosts } from '../policy-target';

/** Routes whose CORS policy browsers get nothing from, because the preflights before them are turned away. */
export function preflightProblems(target: IRequestTarget, hosts = ownHosts(target), preflights = Preflights.ANSWERED): ProblemReport[] {
  const turnedAway = preflights === Preflights.ANSWERED ? unsaidPreflights(target, hosts) : [];
  return turnedAway.map(({ route, reason }) => ({
    code: JWT_CODES.unsaidPreflights,
    severity: Severity.WARNING,
    field: 'exemptPreflights',
    value: route,
    reason: `the route ${route} has a CORS policy, but ${reason}: preflights, which bring nothing to be known by, are not let through to it`,
    fix: 'write exact texts or prefixes, or unmatchedPreflights: UnmatchedPreflights.IGNORE in the CORS policy, or say exemptPreflights: Preflights.ALL, or NONE where no browser comes',
  }));
}
