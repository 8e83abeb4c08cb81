import { ApiObject, JsonPatch } from 'cdk8s';
import { findings, object, service } from './rules';
import { rulesOf } from '../analysis/rules-of';
import { Json, shopChart } from '../support';

const SERVERLESS_RULES = rulesOf('serverless');

const GARBAGE: Json[] = [null, -1.5, true, 'text', [], {}, [null], { name: { name: [] } }];

const EVERYTHING = service({
  metadata: { labels: { a: 'b' }, annotations: { 'serving.knative.dev/rollout-duration': '10s' } },
  template: { name: 'checkout-1', labels: { a: 'b' } },
  annotations: { 'autoscaling.knative.dev/min-scale': '1' },
  spec: {
    volumes: [{ name: 'v', projected: { sources: [{ downwardAPI: { items: [{ path: 'p', fieldRef: {} }] } }] } }, { name: 'w', persistentVolumeClaim: { readOnly: true } }],
    securityContext: { supplementalGroups: [1], seccompProfile: { type: 'Unconfined' } },
    initContainers: [{ image: 'a1:1', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
    timeoutSeconds: 10,
    idleTimeoutSeconds: 10,
    serviceAccountName: 'checkout',
  },
  container: {
    ports: [{ name: 'http1', containerPort: 8080 }],
    env: [{ name: 'A', valueFrom: { fieldRef: {} } }],
    envFrom: [{ secretRef: { name: 's' } }],
    volumeMounts: [{ name: 'v', mountPath: '/v' }],
    readinessProbe: { httpGet: { port: 1 }, periodSeconds: 1 },
    securityContext: { capabilities: { add: ['A'] }, runAsUser: 1 },
    resources: { claims: [{}] },
  },
  traffic: [{ percent: 100, tag: 'new', revisionName: 'checkout-1' }],
});

function pathsIn(value: Json, path = ''): string[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, entry]) => pathsIn(entry, `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`))];
}

describe('rules on manifests that may be anything', () => {
  test.each(['Service', 'Configuration', 'Revision', 'Route', 'DomainMapping'])('never throw on a %s, whatever stands where', kind => {
    const manifest = kind === 'Revision' ? { ...EVERYTHING, spec: EVERYTHING.spec.template.spec } : EVERYTHING;
    const chart = shopChart();
    const paths = [...pathsIn(manifest.metadata, '/metadata'), ...pathsIn(manifest.spec, '/spec')];
    paths.forEach((path, i) => GARBAGE.forEach((value, j) => {
      const written = new ApiObject(chart, `object-${i}-${j}`, { apiVersion: 'serving.knative.dev/v1', kind, ...manifest });
      written.addJsonPatch(JsonPatch.replace(path, value));
    }));
    expect(paths.length).toBeGreaterThan(60);
    expect(findings(chart)).not.toEqual([]);
  });

  test.each(['Service', 'Configuration', 'Revision', 'Route', 'DomainMapping'])('never throw on a %s that says nothing', kind => {
    const written = object({ kind });
    expect(() => findings(written)).not.toThrow();
  });

  test('have codes of their own, in order, and explain themselves', () => {
    const codes = SERVERLESS_RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const rule of SERVERLESS_RULES) {
      expect(rule.code).toMatch(/^SM(01|11|12)\d\d$/);
      expect(rule.title).not.toBe('');
      expect(rule.explanation.length).toBeGreaterThan(60);
    }
  });
});
