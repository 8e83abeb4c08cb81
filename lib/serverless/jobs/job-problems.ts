import { JobRestartPolicy, JobTemplateProps } from './job-props';
import { FAILURE_RULE, FAILURE_RULES } from './job-template';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport } from '../../core/problem';
import { DURATION, Expected, FLAG, memberOf, NUMBER, TEXT, TEXT_MAP, usable, wrongType } from '../../core/wrong-type';
import { INIT_CONTAINERS, initProblems, SETTINGS, settingsProblems, shapeProblems } from '../container-problems';
import { POD_SETTINGS, podProblems } from '../pod-problems';
import { SERVICE_ACCOUNT } from '../serverless-service-problems';

const PROPERTIES: { readonly [name in keyof JobTemplateProps]-?: Expected<unknown> } = {
  ...SETTINGS,
  ...POD_SETTINGS,
  image: TEXT,
  name: TEXT,
  initContainers: INIT_CONTAINERS,
  restartPolicy: memberOf('JobRestartPolicy', JobRestartPolicy),
  retries: NUMBER,
  deadline: DURATION,
  parallelism: NUMBER,
  completions: NUMBER,
  indexed: FLAG,
  retriesPerIndex: NUMBER,
  maxFailedIndexes: NUMBER,
  podFailures: FAILURE_RULES,
  serviceAccount: SERVICE_ACCOUNT,
  inMesh: FLAG,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
  templateLabels: TEXT_MAP,
  templateAnnotations: TEXT_MAP,
  suspended: FLAG,
};

/** What a job says that cannot be; what the manifest shows is for the rules. */
export function jobProblems(props: JobTemplateProps, membership: MeshMembership): ProblemReport[] {
  return [
    ...shapeProblems(props, PROPERTIES),
    ...settingsProblems(props),
    ...podProblems(props, membership),
    ...initProblems(props.initContainers),
    ...(usable(props.podFailures, FAILURE_RULES) ?? []).flatMap((rule, index) => FAILURE_RULE.holds(rule)
      ? rule._problems(`podFailures[${index}]`)
      : wrongType(`podFailures[${index}]`, rule ?? 'nothing', FAILURE_RULE)),
    ...props.image === undefined || props.image === '' ? [{
      code: 'SM1171',
      field: 'image',
      value: props.image,
      reason: 'a container without an image cannot be started, and the API server refuses it',
      fix: "name the image, as in 'registry.example.com/shop/report:1.2.0'",
    }] : [],
    ...props.indexed === true && props.completions === undefined ? [{
      code: 'SM1178',
      field: 'indexed',
      value: true,
      reason: 'each index has to succeed once, and nothing says how many there are',
      fix: 'say completions, as in completions: 10',
    }] : [],
  ];
}
