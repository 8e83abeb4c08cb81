import type { Problem, Severity } from 'cdk8s-serverless-mesh/analysis';

/** Severities, the most serious first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Whether a finding is as serious as a severity, or more. */
export function atLeast({ severity }: Problem, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

/** The one of two severities that lets more through. */
export function lessSevere(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}
