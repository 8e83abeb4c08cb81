import { SHUTDOWN } from './container-pod-template';
import {
  checkProblems, HEALTH_CHECK, INIT_CONTAINERS, initProblems, SETTINGS, settingsProblems, shapeProblems, sidecarProblems, SIDECARS,
} from './container-problems';
import type { ContainerTemplateProps, ContainerVersionOptions } from './container-template-props';
import { DisruptionBudget } from './disruption-budget';
import { SCALING, scalingProblems } from './horizontal-scaling';
import { POD_SETTINGS, podProblems } from './pod-problems';
import { UpdateStrategy } from './update-strategy';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';
import { DURATION, Expected, FLAG, instanceOf, NUMBER, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** As the label `version` takes it, and short enough for the name of a Deployment. */
const VERSION = /^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/;

const BUDGET = instanceOf(DisruptionBudget, 'use a factory, as in DisruptionBudget.maxUnavailable(1)');
const UPDATE = instanceOf(UpdateStrategy, 'use UpdateStrategy.rolling() or UpdateStrategy.recreate()');

const PROPERTIES: { readonly [name in keyof ContainerVersionOptions]-?: Expected<unknown> } = {
  ...SETTINGS,
  ...POD_SETTINGS,
  image: TEXT,
  readiness: HEALTH_CHECK,
  liveness: HEALTH_CHECK,
  startup: HEALTH_CHECK,
  sidecars: SIDECARS,
  initContainers: INIT_CONTAINERS,
  replicas: NUMBER,
  autoscaling: SCALING,
  disruptionBudget: BUDGET,
  spread: FLAG,
  updateStrategy: UPDATE,
  minReady: DURATION,
  progressDeadline: DURATION,
  revisionHistoryLimit: NUMBER,
  shutdown: SHUTDOWN,
  templateLabels: TEXT_MAP,
  templateAnnotations: TEXT_MAP,
};

/** What a version says that cannot be. */
export function versionProblems(props: ContainerVersionOptions, version: string, pods: number, membership: MeshMembership): ProblemReport[] {
  return [
    ...shapeProblems(props, PROPERTIES),
    ...settingsProblems(props),
    ...checkProblems(props),
    ...podProblems(props, membership),
    ...sidecarProblems(props.sidecars),
    ...initProblems(props.initContainers),
    ...scalingProblems(usable(props.autoscaling, SCALING)),
    ...usable(props.disruptionBudget, BUDGET)?._problems() ?? [],
    ...usable(props.updateStrategy, UPDATE)?._problems() ?? [],
    ...wrongType('shutdown.delay', usable(props.shutdown, SHUTDOWN)?.delay, DURATION),
    ...wrongType('shutdown.gracePeriod', usable(props.shutdown, SHUTDOWN)?.gracePeriod, DURATION),
    ...nameProblems(version),
    ...imageProblems(props),
    ...scaledTwice(props),
    ...blockedDrains(props, pods),
  ];
}

function nameProblems(version: string): ProblemReport[] {
  return VERSION.test(version) ? [] : [{
    code: 'SM1170',
    field: 'version',
    value: version,
    reason: 'the name of a version is the value of a label and part of the name of a Deployment, and this is no DNS label of at most 32 characters',
    fix: 'use lower-case letters, digits and dashes, as in v2 or 2026-01',
  }];
}

function imageProblems({ image }: ContainerVersionOptions): ProblemReport[] {
  return image !== undefined && image !== '' ? [] : [{
    code: 'SM1171',
    field: 'image',
    value: image,
    reason: 'a container without an image cannot be started, and the API server refuses it',
    fix: "name the image, as in 'registry.example.com/shop/orders:2.0.0'",
  }];
}

function scaledTwice({ replicas, autoscaling }: ContainerTemplateProps): ProblemReport[] {
  return replicas === undefined || autoscaling === undefined ? [] : [{
    code: 'SM1172',
    field: 'replicas',
    value: replicas,
    reason: 'the autoscaler decides how many pods run, so a fixed number would be overruled at once',
    fix: 'leave replicas out and say autoscaling.min, or leave autoscaling out',
  }];
}

/** A drain of nodes waits for ever for a budget that never lets a pod go. */
function blockedDrains({ disruptionBudget }: ContainerTemplateProps, pods: number): ProblemReport[] {
  const budget = usable(disruptionBudget, BUDGET);
  if (budget === undefined || pods < 1 || budget._evictable(pods) >= 1) return [];
  return [{
    code: 'SM1173',
    field: 'disruptionBudget',
    value: budget._toJson(),
    reason: `of ${pods} ${pods === 1 ? 'pod' : 'pods'}, which is how many run at least, none may ever go: every drain of a node would wait for ever, and upgrades of the cluster with it`,
    fix: 'use DisruptionBudget.maxUnavailable(1), run more pods, or say DisruptionBudget.none()',
  }];
}
