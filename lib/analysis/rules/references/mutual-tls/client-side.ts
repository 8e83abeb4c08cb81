import { ClusterProfile } from '../../../../core/cluster-profile';
import { covers, hostsOverlap, serviceOfHost } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { textOf } from '../../../workloads';
import { destinationRules, hostOfRule, isForSomeClients, rulesByHostOf, tlsOf } from '../destination-rule/rules-by-host';

/** A host that stands for every Service of a namespace. */
export function anyServiceOf(namespace: string, profile: ClusterProfile): string {
  return `*.${namespace}.svc.${profile.clusterDomain}`;
}

/** How clients connect to a host, and the rule that says so: of the rules for it, the most specific one with TLS settings counts. */
export function clientTls(model: ManifestModel, host: string): { readonly mode: string; readonly rule: ModelObject } | undefined {
  for (const rule of rulesByHostOf(model).of(host)) {
    const mode = textOf(tlsOf(rule).mode);
    if (mode !== undefined && !isForSomeClients(rule)) return { mode, rule };
  }
  return undefined;
}

/** Rules with TLS settings that cover every Service of a namespace, or of the mesh, with the settings that count. */
export function wideRules(model: ManifestModel, mode: string): { readonly rule: ModelObject; readonly namespace?: string }[] {
  return destinationRules(model).filter(rule => tlsOf(rule).mode === mode && !isForSomeClients(rule)).flatMap(rule => {
    const host = hostOfRule(rule);
    if (host === undefined || !host.startsWith('*')) return [];
    const profile = ClusterProfile.of(rule.construct);
    const everywhere = `*.svc.${profile.clusterDomain}`;
    if (covers(host, everywhere)) return [{ rule }];
    const service = hostsOverlap(host, everywhere) ? serviceOfHost(host.replace(/^\*\.?/, 'any.'), profile.clusterDomain) : undefined;
    return service === undefined ? [] : [{ rule, namespace: service.namespace }];
  });
}
