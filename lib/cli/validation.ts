import * as fs from 'fs';
import * as path from 'path';
import { profileOf, readProfile } from './profile/read';
import { atLeast, lessSevere, SEVERITIES } from './severity';
import { checkFiles, ClusterProfile, CONFIG_FILE, explanationOf, Problem, readConfig, Severity } from 'cdk8s-serverless-mesh/analysis';

/** What cdk8s-cli hands to a validation, as far as it is used here (cdk8s-cli lib/plugins/validation.ts). */
export interface ValidationContext {
  /** Files that the app was synthesized to. */
  readonly manifests: readonly string[];
  readonly report: ValidationReport;
}

/** What a validation tells cdk8s-cli. */
export interface ValidationReport {
  addViolation(violation: Violation): void;
  submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
}

/** Findings of one code with one way to mend them. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/** `properties` of the validation in cdk8s.yaml. */
export interface ServerlessMeshValidationProperties {
  /** The cluster: a file, or its content right there. */
  readonly profile?: string | object;
  /** File with suppressions; `.serverless-mesh.yaml` where there is one. */
  readonly config?: string;
  /** The least severity that is reported: error, warning (default) or info. */
  readonly severity?: string;
  /** The least severity that makes the synthesis fail: error (default), warning or info. */
  readonly failOn?: string;
}

const PROPERTIES = ['profile', 'config', 'severity', 'failOn'];

/** Checks what an app was synthesized to, for `validations:` in cdk8s.yaml. */
export class ServerlessMeshValidation {
  private readonly profile?: ClusterProfile;
  private readonly severity: Severity;
  private readonly failOn: Severity;

  constructor(private readonly properties: ServerlessMeshValidationProperties = {}) {
    const unknown = Object.keys(properties).find(key => !PROPERTIES.includes(key));
    if (unknown !== undefined) throw new Error(`ServerlessMeshValidation has no property ${unknown}; there are ${PROPERTIES.join(', ')}.`);
    this.severity = severityOf('severity', properties.severity ?? 'warning');
    this.failOn = severityOf('failOn', properties.failOn ?? 'error');
    const { profile } = properties;
    if (profile !== undefined) this.profile = typeof profile === 'string' ? readProfile(profile, process.cwd()) : profileOf(profile);
  }

  public async validate({ manifests, report }: ValidationContext): Promise<void> {
    const named = this.properties.config ?? CONFIG_FILE;
    const config = this.properties.config !== undefined || fs.existsSync(named) ? readConfig({ name: named, text: fs.readFileSync(named, 'utf8') }) : undefined;
    const files = manifests.map(name => ({ name: path.relative(process.cwd(), name) || name, text: fs.readFileSync(name, 'utf8') }));
    const problems = checkFiles(files, { profile: this.profile, config, least: lessSevere(this.severity, this.failOn) });

    for (const group of grouped(problems.filter(problem => atLeast(problem, this.severity)))) {
      const [{ code, fix }] = group;
      const explanation = explanationOf(code);
      report.addViolation({
        ruleName: explanation ? `${code} ${explanation.title}` : code,
        recommendation: explanation?.explanation ?? '',
        fix,
        violatingResources: group.map(problem => ({
          resourceName: problem.object?.name ?? problem.path,
          manifestPath: problem.source ? `${problem.source.file}:${problem.source.line}:${problem.source.column}` : problem.path,
          locations: [`${problem.field ? `${problem.field}${problem.value === undefined ? '' : ` = ${problem.value}`}: ` : ''}${problem.reason}`],
        })),
      });
    }
    report.submit(problems.some(problem => atLeast(problem, this.failOn)) ? 'failure' : 'success', counts(problems));
  }
}

function grouped(problems: readonly Problem[]): Problem[][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.code, problem.fix]);
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()];
}

function counts(problems: readonly Problem[]): Record<string, string> {
  return Object.fromEntries(SEVERITIES.map(severity => [severity, String(problems.filter(problem => problem.severity === severity).length)]));
}

function severityOf(property: string, value: string): Severity {
  if (!SEVERITIES.some(severity => severity === value)) throw new Error(`${property} of ServerlessMeshValidation is ${JSON.stringify(value)}, and should be one of ${SEVERITIES.join(', ')}.`);
  return value as Severity;
}
