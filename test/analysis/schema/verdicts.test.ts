import { schemaFindings as findings } from './schema-findings';
import { NEAR_MISSES, WRONG_OBJECTS } from './wrong-objects';
import { Severity } from '../../../lib';

// the cluster suite has the API server judge the same objects
test('there are enough wrong objects, of every fault', () => {
  expect(WRONG_OBJECTS.length).toBeGreaterThanOrEqual(60);
  expect(NEAR_MISSES.length).toBeGreaterThanOrEqual(20);
  expect(new Set(WRONG_OBJECTS.map(({ code }) => code))).toEqual(new Set(['SM0601', 'SM0602', 'SM0603', 'SM0604', 'SM0605', 'SM0608', 'SM0610', 'SM0611']));
});

test.each(WRONG_OBJECTS.map(object => [object.what, object] as const))('refuses %s', (_, { yaml, code, field, onlyApply }) => {
  const found = findings(yaml);
  expect(found.map(problem => [problem.code, problem.field])).toContainEqual([code, field]);
  const problem = found.find(one => one.code === code && one.field === field)!;
  expect(problem.severity ?? Severity.ERROR).toBe(onlyApply ? Severity.WARNING : Severity.ERROR);
  expect(problem.reason).not.toBe('');
  expect(problem.fix).not.toMatch(/\.$/);
});

test.each(NEAR_MISSES.map(object => [object.what, object] as const))('accepts %s', (_, { yaml }) => {
  expect(findings(yaml).map(({ code, field, reason }) => `${code} ${field}: ${reason}`)).toEqual([]);
});

test('tells a fault of one field once', () => {
  // the number is beyond its type, and so also beyond the range of replicas
  const { yaml } = WRONG_OBJECTS.find(({ what }) => what === 'a number beyond 32 bits')!;
  expect(findings(yaml)).toHaveLength(1);
});

test('never tells what a Secret holds', () => {
  const [found] = findings('apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\ndata: { token: "hunter2!" }\n');
  expect(found).toMatchObject({ code: 'SM0601', field: 'data.token' });
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('names the codes of the tools that say the same', () => {
  const peers = (yaml: string) => findings(yaml).map(problem => problem.peers);
  expect(peers('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\ndatum: {}\n')).toEqual([['schema-validation']]);
  expect(peers('apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: a, namespace: b }\nspec: { mtls: { mode: on } }\n')).toEqual([['IST0106']]);
  expect(peers('apiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: { name: a, namespace: b }\nspecs: {}\n')).toEqual([['knative-validation']]);
  expect(peers('apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: a, namespace: b }\nspec: { scaleTargetRef: { name: a }, triggers: [], xs: 1 }\n')).toEqual([undefined]);
});
