import { ProblemReport } from '../../core/problem';
import { IWorkloadVersion } from '../../core/route-target';

/** Versions of one host that routes could not tell apart. */
export function subsetProblems(versions: readonly IWorkloadVersion[]): ProblemReport[] {
  return versions.flatMap((version, index) => {
    const other = versions.slice(0, index).find(({ subset }) => subset === version.subset);
    if (other === undefined || text(other.podLabels) === text(version.podLabels)) return [];
    return [{
      code: 'SM1250',
      field: 'subsets',
      value: version.subset,
      reason: `two versions of ${version.serviceHost} have this name and different labels: ${text(other.podLabels)} and ${text(version.podLabels)}`,
      fix: 'give each version a name of its own',
    }];
  });
}

function text(labels: { [key: string]: string }): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).sort().join(', ');
}
