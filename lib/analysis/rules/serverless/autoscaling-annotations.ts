/** Keys of the autoscaler's annotations that Knative also reads in camel case, from before they were spelled with dashes. */
const WITH_ALIAS = [
  'initial-scale', 'max-scale', 'metric-aggregation-algorithm', 'min-scale', 'panic-threshold-percentage', 'panic-window-percentage',
  'scale-down-delay', 'scale-to-zero-pod-retention-period', 'target-burst-capacity', 'target-utilization-percentage',
] as const;
const WITHOUT_ALIAS = ['activation-scale', 'class', 'metric', 'target', 'window'] as const;

export type AutoscalingKey = typeof WITH_ALIAS[number] | typeof WITHOUT_ALIAS[number];

export const AUTOSCALING_GROUP = 'autoscaling.knative.dev';
export const KPA = 'kpa.autoscaling.knative.dev';
export const HPA = 'hpa.autoscaling.knative.dev';

/** Keys with the old spelling of each, both with their group. */
export const ALIASES: ReadonlyMap<string, string> = new Map(WITH_ALIAS.map(key => [annotation(key), annotation(camelCase(key))]));

/** Every key that the autoscaler reads. */
export const KNOWN_KEYS: readonly string[] = [...[...WITH_ALIAS, ...WITHOUT_ALIAS].map(annotation), ...ALIASES.values()];

/** What is set for a key: the spelling with dashes wins. */
export function settingOf(annotations: Record<string, string>, key: AutoscalingKey): { readonly key: string; readonly value: string } | undefined {
  const names = [annotation(key), ALIASES.get(annotation(key))];
  const name = names.find(candidate => candidate !== undefined && candidate in annotations);
  return name === undefined ? undefined : { key: name, value: annotations[name] };
}

/** The class that scales a template; a cluster's own default is taken to be the one that Knative ships. */
export function classOf(annotations: Record<string, string>): string {
  return settingOf(annotations, 'class')?.value ?? KPA;
}

function annotation(key: string): string {
  return `${AUTOSCALING_GROUP}/${key}`;
}

function camelCase(key: string): string {
  return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
