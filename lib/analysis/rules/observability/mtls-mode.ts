import { KnativePods } from './monitors';
import { mapOf, textOf } from './values';
import { ModelObject } from '../../model';
import { RuleContext } from '../../rule';

/** What the pods of a Knative service accept on a port, as the PeerAuthentications of the app say; the nearest one that says something wins. */
export function mtlsModeOf(context: RuleContext, pods: KnativePods, port: number): string | undefined {
  const all = context.model.ofKind('security.istio.io', 'PeerAuthentication');
  const root = context.profile(pods.service).istioNamespace;
  const here = all.filter(policy => namespaceOf(policy) === pods.namespace);
  const own = here.filter(policy => selectorOf(policy) !== undefined && covers(policy, pods));
  const levels = [
    ...own.map(policy => mode(mapOf(mapOf(policy.manifest.spec).portLevelMtls)[String(port)])),
    ...own.map(policy => mode(mapOf(policy.manifest.spec).mtls)),
    ...here.filter(policy => selectorOf(policy) === undefined).map(policy => mode(mapOf(policy.manifest.spec).mtls)),
    ...all.filter(policy => namespaceOf(policy) === root && selectorOf(policy) === undefined).map(policy => mode(mapOf(policy.manifest.spec).mtls)),
  ];
  return levels.find(level => level !== undefined);
}

function mode(mtls: unknown): string | undefined {
  const value = textOf(mapOf(mtls).mode);
  return value === 'UNSET' ? undefined : value;
}

function namespaceOf({ manifest }: ModelObject): string {
  return textOf(manifest.metadata?.namespace) ?? 'default';
}

function selectorOf({ manifest }: ModelObject): Record<string, unknown> | undefined {
  const labels = mapOf(mapOf(mapOf(manifest.spec).selector).matchLabels);
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function covers(policy: ModelObject, { labels }: KnativePods): boolean {
  return Object.entries(selectorOf(policy) ?? {}).every(([key, value]) => labels[key] === value);
}
