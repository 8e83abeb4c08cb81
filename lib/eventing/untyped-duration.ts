import { unitMissing } from '../core/eventing/period';
import { ProblemReport } from '../core/problem';
import { DURATION, wrongType } from '../core/wrong-type';

/** The report on a value that should be a duration and is not; none where it is one, or is missing. */
export function untypedDuration(field: string, value: unknown): ProblemReport[] {
  return wrongType(field, value, DURATION).map(report => unitMissing(value)
    ? { ...report, reason: `${report.reason}: the unit is missing, so it could be milliseconds, seconds or minutes` }
    : report);
}
