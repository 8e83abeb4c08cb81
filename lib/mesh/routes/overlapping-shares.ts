import { WeightedTarget } from './route-action';
import { ProblemReport, Severity } from '../../core/problem';
import { isWorkloadVersion } from '../../core/route-target';

/** A share of a workload and one of its own version: behind the host of the workload are the pods of every version, so that one gets more than its share. */
export function overlappingShares(field: string, targets: readonly WeightedTarget[]): ProblemReport[] {
  const versions = targets.map(({ target }) => target).filter(isWorkloadVersion);
  const found = versions.find(({ workload }) => targets.some(({ target }) => target as unknown === workload));
  return found === undefined ? [] : [{
    code: 'SM1271',
    severity: Severity.WARNING,
    field,
    value: found.workload.workloadName,
    reason: `the pods of version ${found.subset} are behind the host of ${found.workload.workloadName} as well, so the version gets its share and a part of the other`,
    fix: 'name versions on both sides, as in { target: orders.mainVersion, weight: 90 }',
  }];
}
