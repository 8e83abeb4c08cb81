import { ClusterProfile } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';

function found(code: string, text: string, profile?: ClusterProfile): [string | undefined, string | undefined][] {
  return checkFiles([{ name: 'app.yaml', text }], { profile }).filter(problem => problem.code === code).map(({ field, severity }) => [field, severity]);
}

function job(kind: string, pod: string, metadata = 'labels: { sidecar.istio.io/inject: "true" }'): string {
  const template = `template: { metadata: { ${metadata} }, spec: { restartPolicy: Never, ${pod} } }`;
  const spec = { Job: template, CronJob: `schedule: "0 3 * * *", jobTemplate: { spec: { ${template} } }`, JobSink: `job: { spec: { ${template} } }` }[kind];
  const group = kind === 'JobSink' ? 'sinks.knative.dev/v1alpha1' : 'batch/v1';
  return `apiVersion: ${group}\nkind: ${kind}\nmetadata: { name: report, namespace: shop }\nspec: { ${spec} }\n`;
}

const CONTAINERS = 'containers: [{ name: report, image: registry.example.com/shop/report:1.2.0 }]';
const NATIVE = (value: string) => `labels: { sidecar.istio.io/inject: "true" }, annotations: { sidecar.istio.io/nativeSidecar: "${value}" }`;
const ORDINARY = ClusterProfile.sidecar({ nativeSidecars: false });

describe('a job whose sidecar does not end', () => {
  test.each(['Job', 'CronJob', 'JobSink'])('is found as %s where the cluster\'s sidecars are not native', kind => {
    expect(found('SM1180', job(kind, CONTAINERS), ORDINARY)).toEqual([[expect.stringContaining('template.metadata.annotations'), 'error']]);
    expect(found('SM1180', job(kind, CONTAINERS))).toEqual([]);
  });

  test.each<[string, string, string, ClusterProfile | undefined, number]>([
    ['opts out', CONTAINERS, NATIVE('false'), undefined, 1],
    ['opts in', CONTAINERS, NATIVE('true'), ORDINARY, 0],
    ['says something else, which is taken for yes', CONTAINERS, NATIVE('yes'), ORDINARY, 0],
    ['has no sidecar', CONTAINERS, 'labels: { sidecar.istio.io/inject: "false" }', ORDINARY, 0],
    ['is in no mesh', CONTAINERS, 'labels: { app: report }', ORDINARY, 0],
    ['ends its sidecar itself', 'containers: [{ name: report, image: a:1.0.0, command: [sh, -c, "report; curl -X POST localhost:15020/quitquitquit"] }]', NATIVE('false'), undefined, 0],
  ])('is told from one that %s', (_, pod, metadata, profile, count) => {
    expect(found('SM1180', job('Job', pod, metadata), profile)).toHaveLength(count);
  });

  test('is told from a Deployment, which is not to end', () => {
    expect(found('SM1180', `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web, sidecar.istio.io/inject: "true" } }, spec: { ${CONTAINERS} } }
`, ORDINARY)).toEqual([]);
  });
});

describe('a pod failure policy', () => {
  const policy = (rule: string, more = '') => `apiVersion: batch/v1
kind: Job
metadata: { name: report, namespace: shop }
spec:
  ${more}
  podFailurePolicy: { rules: [${rule}] }
  template: { spec: { restartPolicy: Never, ${CONTAINERS} } }
`;

  test.each([
    ['{ action: Abort, onExitCodes: { operator: In, values: [1] } }', 'spec.podFailurePolicy.rules[0].action'],
    ['{ action: FailIndex, onExitCodes: { operator: In, values: [1] } }', 'spec.podFailurePolicy.rules[0].action'],
    ['{ action: Ignore }', 'spec.podFailurePolicy.rules[0]'],
    ['{ action: Ignore, onExitCodes: { operator: In, values: [1] }, onPodConditions: [{ type: DisruptionTarget, status: "True" }] }', 'spec.podFailurePolicy.rules[0]'],
    ['{ action: Count, onExitCodes: { operator: Exists, values: [1] } }', 'spec.podFailurePolicy.rules[0].onExitCodes.operator'],
    ['{ action: Count, onExitCodes: { operator: In, values: [] } }', 'spec.podFailurePolicy.rules[0].onExitCodes.values'],
    ['{ action: Count, onExitCodes: { operator: In, values: [0, 1] } }', 'spec.podFailurePolicy.rules[0].onExitCodes.values'],
  ])('%s is refused', (rule, field) => {
    expect(found('SM1181', policy(rule))).toEqual([[field, 'error']]);
  });

  test.each([
    ['{ action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: "True" }] }', ''],
    ['{ action: Count, onExitCodes: { operator: NotIn, values: [0, 1] } }', ''],
    ['{ action: FailIndex, onExitCodes: { operator: In, values: [1] } }', 'completionMode: Indexed\n  completions: 3\n  backoffLimitPerIndex: 1'],
  ])('%s is taken', (rule, more) => {
    expect(found('SM1181', policy(rule, more))).toEqual([]);
  });
});

describe('a sleep before the end', () => {
  test.each<[number, string, string[]]>([[31, '', ['error']], [30, '', ['warning']], [29, '', []], [60, 'terminationGracePeriodSeconds: 90, ', []]])(
    'of %i s beside { %s}', (seconds, grace, severities) => {
      expect(found('SM1182', `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { ${grace}containers: [{ name: web, image: a:1.0.0, lifecycle: { preStop: { sleep: { seconds: ${seconds} } } } }] }
`).map(([, severity]) => severity)).toEqual(severities);
    });

  test.each([null, 'text', [1], { preStop: 5 }])('of another shape is left to the schema: %j', lifecycle => {
    expect(found('SM1182', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', lifecycle }] } }))).toEqual([]);
  });
});
