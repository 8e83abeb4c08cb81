import { JWT_CODES } from './codes';
import { ProblemReport } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { httpElsewhere, nameInMessages } from '../policy-target';

/** Tokens are in HTTP, which ztunnel does not look at. */
export function tokenWithoutHttp(target: IRequestTarget): ProblemReport {
  return {
    code: JWT_CODES.tokenWithoutHttp,
    field: 'target',
    value: nameInMessages(target),
    reason: 'in ambient mode ztunnel stands before its pods, which sees no HTTP and so no token',
    fix: `to check tokens, ${httpElsewhere(target)}`,
  };
}
