import { Finding, Rule } from '../../rule';
import { Entry, entriesOf, fieldsAt, fieldsOf, isGiven, textOf } from '../../values';
import { Workload, workloadsOf } from '../../workloads';

const ACTIONS = ['FailJob', 'FailIndex', 'Ignore', 'Count'];

const job = (restartPolicy: string, values: string) => `apiVersion: batch/v1
kind: Job
metadata: { name: report, namespace: shop }
spec:
  ttlSecondsAfterFinished: 86400
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes: { operator: In, values: [${values}] }
  template:
    spec:
      restartPolicy: ${restartPolicy}
      containers: [{ name: report, image: registry.example.com/shop/report:1.2.0 }]
`;

export const podFailurePolicy: Rule = {
  code: 'SM1181',
  title: 'a pod failure policy that the API server refuses',
  explanation: 'A pod failure policy needs pods that are not restarted, and each of its rules looks either at exit codes or at conditions; In with 0 would be a success, and FailIndex needs '
    + 'backoffLimitPerIndex (kubernetes pkg/apis/batch/validation/validation.go; kubernetes.io, concepts/workloads/controllers/job, "pod failure policy").',
  example: { refused: job('OnFailure', '42'), accepted: job('Never', '42') },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      for (const finding of findings(workload)) context.report(workload.object, finding);
    }
  },
};

function findings(workload: Workload): Finding[] {
  const path = specPath(workload);
  if (path === undefined) return [];
  const spec = fieldsAt(workload.object.manifest, ...path);
  if (!isGiven(spec.podFailurePolicy)) return [];
  const at = [...path, 'podFailurePolicy'].join('.');
  const restart = workload.spec.restartPolicy;
  return [
    ...restart === 'Never' ? [] : [{
      field: `${workload.path}spec.restartPolicy`,
      value: restart,
      reason: 'a container that is restarted in its pod does not fail the pod, so the API server takes a podFailurePolicy beside Never only',
      fix: 'write restartPolicy: Never, or remove the podFailurePolicy',
    }],
    ...entriesOf(fieldsOf(spec.podFailurePolicy).rules, `${at}.rules`).flatMap(rule => ruleFindings(rule, isGiven(spec.backoffLimitPerIndex))),
  ];
}

function ruleFindings({ field, value }: Entry, perIndex: boolean): Finding[] {
  const { action, onExitCodes, onPodConditions } = value;
  const both = isGiven(onExitCodes) && isGiven(onPodConditions);
  const neither = !isGiven(onExitCodes) && !isGiven(onPodConditions);
  return [
    ...textOf(action) === undefined || ACTIONS.includes(String(action)) ? [] : [{
      field: `${field}.action`, value: action, reason: 'there is no such action', fix: `write one of ${ACTIONS.join(', ')}`,
    }],
    ...action === 'FailIndex' && !perIndex ? [{
      field: `${field}.action`, value: action, reason: 'an index fails by itself only where retries are counted by index', fix: 'add backoffLimitPerIndex, or write FailJob',
    }] : [],
    ...both || neither ? [{
      field,
      reason: both ? 'a rule looks at exit codes or at conditions, not at both' : 'the rule does not say which failures it is about',
      fix: 'write one of onExitCodes and onPodConditions; for both, two rules',
    }] : [],
    ...isGiven(onExitCodes) ? exitCodeFindings(`${field}.onExitCodes`, fieldsOf(onExitCodes)) : [],
  ];
}

function exitCodeFindings(field: string, { operator, values }: Readonly<Record<string, unknown>>): Finding[] {
  const listed: unknown[] = Array.isArray(values) ? values : [];
  return [
    ...operator === 'In' || operator === 'NotIn' ? [] : [{ field: `${field}.operator`, value: operator, reason: 'the operator is In or NotIn', fix: 'write In for the codes that are listed' }],
    ...Array.isArray(values) && listed.length === 0 ? [{ field: `${field}.values`, reason: 'no exit code is listed', fix: 'list at least one' }] : [],
    ...operator === 'In' && listed.includes(0) ? [{ field: `${field}.values`, value: 0, reason: 'a container that ends with 0 has not failed', fix: 'list the codes of failures only' }] : [],
  ];
}

/** Where the spec of the Job stands. */
function specPath({ object }: Workload): string[] | undefined {
  switch (object.manifest.kind) {
    case 'Job': return ['spec'];
    case 'CronJob': return ['spec', 'jobTemplate', 'spec'];
    case 'JobSink': return ['spec', 'job', 'spec'];
    default: return undefined;
  }
}
