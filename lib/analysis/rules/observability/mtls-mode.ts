import { KnativePods, labelKey, push } from './monitors';
import { ManifestModel, ModelObject } from '../../model';
import { RuleContext } from '../../rule';
import { fieldsOf, stringOf } from '../../values';

/** What the pods of a Knative service accept on a port, as the PeerAuthentications of the app say; the nearest one that says something wins. */
export function mtlsModeOf(context: RuleContext, pods: KnativePods, port: number): string | undefined {
  const policies = context.model.derived(policyIndex);
  const root = context.profile(pods.service).istioNamespace;
  const own = Object.entries(pods.labels)
    .flatMap(label => policies.byLabel.get(labelKey(pods.namespace, label)) ?? [])
    .filter(policy => covers(policy, pods));
  const levels = [
    ...own.map(policy => () => mode(fieldsOf(fieldsOf(policy.manifest.spec).portLevelMtls)[String(port)])),
    ...own.map(policy => () => mode(fieldsOf(policy.manifest.spec).mtls)),
    ...[pods.namespace, root].map(namespace => () => policies.wide.get(namespace)),
  ];
  for (const level of levels) {
    const found = level();
    if (found !== undefined) return found;
  }
  return undefined;
}

interface PolicyIndex {
  /** What the policies without a selector say, by namespace; the first that says something. */
  readonly wide: Map<string, string>;
  /** The others, by namespace and the first label that they ask for. */
  readonly byLabel: Map<string, ModelObject[]>;
}

function policyIndex(model: ManifestModel): PolicyIndex {
  const wide = new Map<string, string>();
  const byLabel = new Map<string, ModelObject[]>();
  for (const policy of model.ofKind('security.istio.io', 'PeerAuthentication')) {
    const namespace = policy.namespace ?? 'default';
    const selector = selectorOf(policy);
    const said = mode(fieldsOf(policy.manifest.spec).mtls);
    if (selector) push(byLabel, labelKey(namespace, Object.entries(selector)[0]), policy);
    else if (said !== undefined && !wide.has(namespace)) wide.set(namespace, said);
  }
  return { wide, byLabel };
}

function mode(mtls: unknown): string | undefined {
  const value = stringOf(fieldsOf(mtls).mode);
  return value === 'UNSET' ? undefined : value;
}

function selectorOf({ manifest }: ModelObject): Record<string, unknown> | undefined {
  const labels = fieldsOf(fieldsOf(fieldsOf(manifest.spec).selector).matchLabels);
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function covers(policy: ModelObject, { labels }: KnativePods): boolean {
  return Object.entries(selectorOf(policy) ?? {}).every(([key, value]) => labels[key] === value);
}
