import { overlay } from './merge-sections';
import { renderSettings, Sections } from './render-settings';
import { SaidSettings } from './said-settings';
import {
  DestinationRuleSpecSubsets, DestinationRuleSpecSubsetsTrafficPolicy, DestinationRuleSpecTrafficPolicyPortLevelSettings, DestinationRuleSpecTrafficPolicy,
} from '../../../imports/networking.istio.io';

/** The traffic policy of a host and of its subsets. */
export interface ResolvedPolicy {
  readonly trafficPolicy?: DestinationRuleSpecTrafficPolicy;
  readonly subsets: ReadonlyMap<string, DestinationRuleSpecSubsets['trafficPolicy']>;
}

/**
 * Writes down for each port and subset what holds there. Istio lets a section of a subset stand in for the host's section as a whole, and the settings of
 * a port for all sections of the host, so whatever was said further up has to be repeated (pilot/pkg/networking/util/util.go, MergeSubsetTrafficPolicy).
 */
export function resolvePolicy(said: readonly SaidSettings[], host: string): ResolvedPolicy {
  const at = (version?: string, port?: number) => said.filter(entry => entry.version === version && entry.port === port)
    .reduce<Sections>((sections, entry) => overlay(sections, renderSettings(entry.settings, host)), {});
  const portsOf = (version?: string) => unique(said.filter(entry => entry.version === version).flatMap(entry => entry.port ?? []));

  const general = at();
  const generalPorts = portsOf();
  const versions = unique(said.flatMap(entry => entry.version ?? []));
  return {
    trafficPolicy: policy(general, generalPorts.map(port => atPort(port, [general, at(undefined, port)]))),
    subsets: new Map(versions.map(version => {
      const own = at(version);
      const ports = isEmpty(own) ? portsOf(version) : unique([...generalPorts, ...portsOf(version)]);
      const sections = Object.fromEntries(Object.keys(own).map(name => {
        const key = name as keyof Sections;
        return [key, overlay({ [key]: general[key] ?? {} }, { [key]: own[key] })[key]];
      })) as Sections;
      return [version, policy(sections, ports.map(port => atPort(port, [general, at(undefined, port), own, at(version, port)]))) as unknown as
        DestinationRuleSpecSubsetsTrafficPolicy | undefined];
    })),
  };
}

function atPort(number: number, layers: readonly Sections[]): DestinationRuleSpecTrafficPolicyPortLevelSettings {
  const { loadBalancer, connectionPool, outlierDetection, tls } = layers.reduce(overlay, {});
  return { port: { number }, loadBalancer, connectionPool, outlierDetection, tls } as unknown as DestinationRuleSpecTrafficPolicyPortLevelSettings;
}

function policy(sections: Sections, ports: readonly DestinationRuleSpecTrafficPolicyPortLevelSettings[]): DestinationRuleSpecTrafficPolicy | undefined {
  if (isEmpty(sections) && ports.length === 0) return undefined;
  // istiod looks at the budget only while it sets up the pool
  const connectionPool = sections.connectionPool ?? (sections.retryBudget ? { http: {} } : undefined);
  return { ...sections, connectionPool, portLevelSettings: ports.length > 0 ? [...ports] : undefined };
}

function isEmpty(sections: Sections): boolean {
  return Object.keys(sections).length === 0;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
