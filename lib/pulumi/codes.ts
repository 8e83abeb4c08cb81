import { Problem, Severity } from 'cdk8s-serverless-mesh/analysis';

/** The stable codes of this room. */
export const CODES = {
  rawOutput: 'SM1400',
  damagedToken: 'SM1401',
  lostToken: 'SM1402',
  unresolvedYaml: 'SM1403',
  unresolvedIdentity: 'SM1404',
  duplicate: 'SM1405',
  cycle: 'SM1406',
  notDeployed: 'SM1407',
  severalObjects: 'SM1408',
  unknownContent: 'SM1409',
} as const;

/** A problem that stops a deployment. */
export function refused(problem: Omit<Problem, 'severity'>): Problem {
  return { ...problem, severity: Severity.ERROR };
}
