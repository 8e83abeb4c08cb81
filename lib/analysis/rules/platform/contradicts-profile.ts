import { ClusterProfile } from '../../../core/cluster-profile';
import { eventingConfig, istioValues, KnativeConfig, servingConfig } from '../../../core/platform-settings';
import { Severity } from '../../../core/problem';
import { ServingFeature } from '../../../core/serving-feature';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsAt, fieldsOf, isGiven, scalarMapOf, textOf } from '../../values';

export const contradictsProfile: Rule = {
  code: 'SM1330',
  title: 'a platform that is not what the cluster profile promises',
  explanation: 'The app is checked against its cluster profile. A KnativeServing, KnativeEventing or Istio of the same app that says something else (or a ConfigMap in Knative\'s namespace) '
    + 'gives the cluster other flags, bounds or names than those that were checked. Looked at only where a profile was set.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata: { name: knative-serving, namespace: knative-serving }
spec:
  config:
    features: { kubernetes.podspec-affinity: disabled }
`,
    accepted: `apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata: { name: knative-serving, namespace: knative-serving }
spec:
  config:
    features: { kubernetes.podspec-affinity: enabled }
`,
    profile: new ClusterProfile({ servingFeatures: [ServingFeature.AFFINITY.enabled()] }),
  },
  check(context) {
    for (const [kind, settings, version] of [['KnativeServing', servingConfig, 'knativeServing'], ['KnativeEventing', eventingConfig, 'knativeEventing']] as const) {
      for (const object of context.model.ofKind('operator.knative.dev', kind)) {
        if (!isSaid(context, object)) continue;
        const profile = context.profile(object);
        const config = fieldsAt(object.manifest, 'spec', 'config');
        compareConfig(context, object, settings(profile), name => [`spec.config.${name}`, { ...fieldsOf(config[`config-${name}`]), ...fieldsOf(config[name]) }]);
        const written = textOf(fieldsOf(object.manifest.spec).version);
        if (written !== undefined && !sameRelease(written, profile[version])) differs(context, object, 'spec.version', written, profile[version]);
      }
    }
    for (const object of context.model.ofKind('', 'ConfigMap')) {
      const profile = context.profile(object);
      const settings = object.namespace === profile.knativeServingNamespace ? servingConfig : object.namespace === profile.knativeEventingNamespace ? eventingConfig : undefined;
      if (!settings || !isSaid(context, object)) continue;
      compareConfig(context, object, settings(profile), name => ['data', object.name === `config-${name}` ? fieldsOf(object.manifest.data) : {}]);
    }
    for (const object of context.model.ofKind('sailoperator.io', 'Istio')) {
      if (isSaid(context, object)) compareIstio(context, object);
    }
  },
};

function compareConfig(context: RuleContext, object: ModelObject, decided: KnativeConfig, said: (name: string) => [string, object]): void {
  for (const [name, lines] of Object.entries(decided)) {
    const [field, written] = said(name);
    // domains may be more than the one that the app is written for, and gateways are text with a layout of its own
    if (name === 'domain' || name === 'istio') continue;
    for (const [key, value] of Object.entries(scalarMapOf(written))) {
      if (lines[key] !== undefined && !same(lines[key], value)) differs(context, object, `${field}['${key}']`, value, lines[key]);
    }
  }
}

function compareIstio(context: RuleContext, object: ModelObject): void {
  const values = fieldsAt(object.manifest, 'spec', 'values');
  for (const [path, expected] of Object.entries(istioValues(context.profile(object)))) {
    const keys = path.split('.');
    const written = fieldsAt(values, ...keys.slice(0, -1))[keys[keys.length - 1]];
    if (!isGiven(written) || expected === undefined || same(String(expected), String(written))) continue;
    differs(context, object, `spec.values.${path}`, String(written), String(expected));
  }
  const version = textOf(fieldsOf(object.manifest.spec).version);
  const { istio } = context.profile(object);
  if (version !== undefined && !sameRelease(version.replace(/^v/, ''), istio)) differs(context, object, 'spec.version', version, istio);
}

function differs(context: RuleContext, object: ModelObject, field: string, value: string, expected: string): void {
  context.report(object, {
    field,
    value,
    reason: `the cluster profile says ${expected}, and the app was checked against that`,
    fix: 'set the cluster profile to what the cluster gets (with the constructs, ServerlessPlatform and MeshControlPlane follow from it)',
  });
}

/** The default profile is nobody's promise. */
function isSaid(context: RuleContext, object: ModelObject): boolean {
  return context.profile(object) !== ClusterProfile._default;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase() || (a !== '' && b !== '' && Number(a) === Number(b));
}

function sameRelease(written: string, release: string): boolean {
  return written === release || written.startsWith(`${release}.`) || written.startsWith(`${release}-`) || !/^\d+\.\d+/.test(written);
}
