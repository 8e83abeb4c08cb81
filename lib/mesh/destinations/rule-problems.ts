import { IConstruct } from 'constructs';
import { contradictions } from './merge-sections';
import { renderSettings } from './render-settings';
import { SaidSettings } from './said-settings';
import { ProblemReport, Severity } from '../../core/problem';
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

/** What several constructs say about one host and cannot all be true, and what ports take away. */
export function ruleProblems(said: readonly SaidSettings[], exports: readonly { readonly construct: IConstruct; readonly exportTo: string[] }[], host: string): ProblemReport[] {
  return [...disagreements(said, host), ...audiences(exports), ...lostAtPorts(said)];
}

function disagreements(said: readonly SaidSettings[], host: string): ProblemReport[] {
  return said.flatMap((entry, index) => said.slice(0, index)
    .filter(({ version, port }) => version === entry.version && port === entry.port)
    .flatMap(other => contradictions(renderSettings(other.settings, host), renderSettings(entry.settings, host)).map(field => ({
      code: 'SM1252',
      field,
      reason: `${other.construct.node.path} and ${entry.construct.node.path} say different things about ${host}, which has one DestinationRule`,
      fix: 'say it in one place',
    }))));
}

function audiences(exports: readonly { readonly construct: IConstruct; readonly exportTo: string[] }[]): ProblemReport[] {
  const [first, ...others] = exports;
  return others.filter(({ exportTo }) => [...exportTo].sort().join() !== [...first.exportTo].sort().join()).map(({ construct, exportTo }) => ({
    code: 'SM1252',
    field: 'exportTo',
    value: exportTo,
    reason: `${first.construct.node.path} and ${construct.node.path} show the one DestinationRule of the host to different namespaces`,
    fix: 'say it in one place',
  }));
}

function lostAtPorts(said: readonly SaidSettings[]): ProblemReport[] {
  const ports = [...new Set(said.filter(({ version }) => version === undefined).flatMap(({ port }) => port ?? []))];
  const lost = (['retryBudget', 'proxyProtocol', 'tunnel'] as const)
    .filter(field => said.some(({ version, port, settings }) => version === undefined && port === undefined && settings[field] !== undefined));
  return ports.length === 0 ? [] : lost.map(field => ({
    code: 'SM1254',
    severity: Severity.WARNING,
    field,
    value: ports,
    reason: `a port with settings of its own leaves out those of the host, and Istio has no ${field} for a port`,
    fix: 'leave the settings of the port out, or give it a host of its own',
  }));
}
