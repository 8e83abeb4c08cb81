import { accepted, cli, folderWith } from './support';
import { profileOf } from '../../lib/cli/profile/read';
import { EventingFeature, FeatureState, IngressClass, KnativeVersion, MeshMode, ServingFeature } from '../../lib/core';

describe('a profile file', () => {
  test('says what the cluster is', () => {
    const profile = profileOf({
      mesh: 'ambient',
      knativeServing: '1.22',
      kubernetes: 1.35,
      istioCni: false,
      ingressClass: 'kourier.ingress.networking.knative.dev',
      servingFeatures: { 'kubernetes.podspec-affinity': 'enabled' },
      eventingFeatures: { 'authentication-oidc': 'enabled' },
      autoscaler: { maxScaleLimit: 10, stableWindow: '90s' },
      revision: { maxTimeout: '1h' },
      monitoring: { namespace: 'observe', monitorLabels: { release: 'prom' }, scrapeInterval: '15s', knativeMetrics: 'prometheus' },
      namespaces: [{ name: 'legacy', mesh: 'outside' }],
    });
    expect(profile).toMatchObject({ mesh: MeshMode.AMBIENT, knativeServing: KnativeVersion.V1_22, kubernetes: '1.35', istioCni: false, ingressClass: IngressClass.KOURIER });
    expect(profile.servingFeature(ServingFeature.AFFINITY)).toBe(FeatureState.ENABLED);
    expect(profile.eventingFeature(EventingFeature.OIDC_AUTHENTICATION)).toBe(FeatureState.ENABLED);
    expect(profile.autoscaler.maxScaleLimit).toBe(10);
    expect(profile.autoscaler.stableWindow!.toSeconds()).toBe(90);
    expect(profile.revision.maxTimeout!.toSeconds()).toBe(3600);
    expect(profile.monitoring).toMatchObject({ namespace: 'observe', monitorLabels: { release: 'prom' } });
    expect(profile.namespaces).toEqual([{ name: 'legacy', mesh: 'outside' }]);
  });

  test('that says nothing is the default cluster', () => {
    expect(profileOf({}).mesh).toBe(MeshMode.SIDECAR);
  });

  test('without a mesh has another networking layer', () => {
    expect(profileOf({ mesh: 'none' }).ingressClass).toBe(IngressClass.KOURIER);
  });

  test('decides what is refused', async () => {
    const text = accepted().replace('      containers:', '      priorityClassName: high\n      containers:');
    const cwd = folderWith({ 'a.yaml': text, 'cluster.yaml': 'servingFeatures:\n  kubernetes.podspec-priorityclassname: enabled\n' });
    expect(await cli(['check', 'a.yaml'], { cwd })).toMatchObject({ code: 1, out: expect.stringContaining('SM0129') });
    expect(await cli(['check', 'a.yaml', '--profile', 'cluster.yaml'], { cwd })).toMatchObject({ code: 0 });
  });

  test.each([
    ['mehs: ambient', 'mehs cannot be set: did you mean mesh?'],
    ['mesh: sidecars', 'mesh is "sidecars", and should be one of sidecar, ambient, linkerd, none.'],
    ['istioCni: "yes"', 'istioCni is "yes", and should be true or false.'],
    ['autoscaler: { stableWindow: 60 }', 'autoscaler.stableWindow is 60, and should be a duration such as 30s, 10m or 1h.'],
    ['namespaces: [{ name: shop }]', 'namespaces[0].mesh is missing.'],
    ['servingFeatures: { kubernetes.podspec-afinity: enabled }', 'servingFeatures has no flag kubernetes.podspec-afinity: did you mean kubernetes.podspec-affinity?'],
    ['- mesh', 'the whole is ["mesh"], and should be a map.'],
  ])('with %s is refused in a sentence', async (text, sentence) => {
    const cwd = folderWith({ 'a.yaml': accepted(), 'cluster.yaml': text });
    expect(await cli(['check', 'a.yaml', '--profile', 'cluster.yaml'], { cwd })).toEqual({
      code: 2, out: '', err: `serverless-mesh: in the profile "cluster.yaml", ${sentence}\n`,
    });
  });

  test.each([['mesh: [', 'is no YAML'], [undefined, 'does not exist']])('that holds %s is refused in a sentence', async (text, sentence) => {
    const cwd = folderWith({ 'a.yaml': accepted(), ...text === undefined ? {} : { 'cluster.yaml': text } });
    expect(await cli(['check', 'a.yaml', '--profile', 'cluster.yaml'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) });
  });
});
