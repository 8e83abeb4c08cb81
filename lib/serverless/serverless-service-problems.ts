import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Autoscaling } from './autoscaling';
import {
  checkProblems, HEALTH_CHECK, INIT_CONTAINERS, initProblems, SETTINGS, settingsProblems, shapeProblems, sidecarProblems, SIDECARS,
} from './container-problems';
import { resourceProblems } from './container-resources';
import { POD_SETTINGS, podProblems, RESOURCES } from './pod-problems';
import { Revision } from './revision';
import type { ServerlessServiceProps } from './serverless-service-props';
import { ServicePort } from './service-port';
import { ServiceVisibility } from './service-visibility';
import { Traffic } from './traffic';
import { ActivatorStrategy } from '../core/activator-strategy';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport, Severity } from '../core/problem';
import { render } from '../core/rendering';
import { DURATION, Expected, FLAG, instanceOf, memberOf, NUMBER, TEXT, TEXT_MAP, usable } from '../core/wrong-type';

export const SERVICE_ACCOUNT: Expected<kplus.IServiceAccount> = {
  what: 'a service account of cdk8s-plus',
  fix: "pass the construct, or kplus.ServiceAccount.fromServiceAccountName(this, 'Account', 'name') for one of the cluster",
  holds: (value): value is kplus.IServiceAccount => typeof (value as kplus.IServiceAccount | undefined)?.name === 'string'
    && typeof (value as kplus.IServiceAccount).toSubjectConfiguration === 'function',
};

const AUTOSCALING = instanceOf(Autoscaling, 'use a factory, as in Autoscaling.concurrency(20, { min: 1, max: 10 })');
const REVISION = instanceOf(Revision, "use a factory, as in Revision.named('v2')");
const TRAFFIC = instanceOf(Traffic, "use a factory, as in Traffic.canary({ stable: Revision.existing('orders-v1'), percent: 10 })");

const PROPERTIES: { readonly [name in keyof ServerlessServiceProps]-?: Expected<unknown> } = {
  ...SETTINGS,
  ...POD_SETTINGS,
  queueProxyResources: RESOURCES,
  image: TEXT,
  name: TEXT,
  port: instanceOf(ServicePort, 'use a factory, as in ServicePort.http1(8080)'),
  readiness: HEALTH_CHECK,
  liveness: HEALTH_CHECK,
  startup: HEALTH_CHECK,
  sidecars: SIDECARS,
  initContainers: INIT_CONTAINERS,
  autoscaling: AUTOSCALING,
  revision: REVISION,
  traffic: TRAFFIC,
  containerConcurrency: NUMBER,
  timeout: DURATION,
  responseStartTimeout: DURATION,
  idleTimeout: DURATION,
  serviceAccount: SERVICE_ACCOUNT,
  visibility: memberOf('ServiceVisibility', ServiceVisibility),
  activatorStrategy: instanceOf(ActivatorStrategy, 'use ActivatorStrategy.outOfPath() or ActivatorStrategy.trusted()'),
  inMesh: FLAG,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
  templateLabels: TEXT_MAP,
  templateAnnotations: TEXT_MAP,
};

/** Properties that are not what they have to be, which only JavaScript lets pass. */
export function propertyProblems(props: ServerlessServiceProps, membership: MeshMembership): ProblemReport[] {
  return [
    ...shapeProblems(props, PROPERTIES),
    ...settingsProblems(props),
    ...checkProblems(props),
    ...podProblems(props, membership),
    ...resourceProblems(usable(props.queueProxyResources, RESOURCES), 'queueProxyResources'),
    ...tokenProblems(props),
    ...sidecarProblems(props.sidecars),
    ...initProblems(props.initContainers),
    ...usable(props.autoscaling, AUTOSCALING)?._problems() ?? [],
    ...usable(props.revision, REVISION)?._problems('revision') ?? [],
    ...usable(props.traffic, TRAFFIC)?._problems() ?? [],
  ];
}

function tokenProblems({ automountServiceAccountToken, serviceAccount }: ServerlessServiceProps): ProblemReport[] {
  return automountServiceAccountToken !== true || !serviceAccount ? [] : [{
    code: 'SM1106',
    field: 'automountServiceAccountToken',
    value: true,
    reason: 'Knative takes only false here, and the service account was given, so nothing would mount the token',
    fix: 'leave it out and let the account say it, with automountToken: true',
  }];
}

/** Whether the object that is written keeps the activator out of the path as it was said to. */
export function activatorProblems(strategy: ActivatorStrategy | undefined, service: ApiObject): ProblemReport[] {
  if (strategy?.trustsActivator !== false) return [];
  const annotations = render(service).manifest?.spec?.template?.metadata?.annotations ?? {};
  const check = (key: string, alias: string, holds: (value: number) => boolean, why: string, fix: string): ProblemReport[] => {
    const written = annotations[`autoscaling.knative.dev/${key}`] ?? annotations[`autoscaling.knative.dev/${alias}`];
    return holds(Number(written)) ? [] : [{
      code: 'SM0180',
      field: `spec.template.metadata.annotations[autoscaling.knative.dev/${key}]`,
      value: written,
      reason: `ActivatorStrategy.outOfPath() keeps the activator out of the path, but ${why}`,
      fix: `${fix}, or use ActivatorStrategy.trusted()`,
    }];
  };
  return [
    ...check('min-scale', 'minScale', value => value >= 1,
      'a service without a pod is reached through the activator', 'leave min out or make it at least 1'),
    ...annotations['autoscaling.knative.dev/class'] === 'hpa.autoscaling.knative.dev' ? [] : check('target-burst-capacity', 'targetBurstCapacity', value => value === 0,
      'only a target burst capacity of 0 does so', 'leave targetBurstCapacity out or make it 0'),
  ];
}

/** A service that was put into the mesh in a place where it cannot be. */
export function membershipProblems(props: { readonly inMesh?: boolean }, membership: MeshMembership, namespace: string): ProblemReport[] {
  if (props.inMesh !== true || membership !== MeshMembership.OUTSIDE) return [];
  return [{
    code: 'SM0181',
    severity: Severity.WARNING,
    field: 'inMesh',
    value: true,
    reason: `the cluster has no mesh, or namespace ${namespace} keeps out of it, which no label of a pod can change`,
    fix: 'take the namespace into the mesh, or leave inMesh out',
  }];
}

/** A service account that the pods cannot run under. */
export function serviceAccountProblems(account: kplus.IServiceAccount | undefined, namespace: string): ProblemReport[] {
  const given = usable(account, SERVICE_ACCOUNT);
  const theirs = given?.toSubjectConfiguration().namespace;
  if (theirs === undefined || theirs === namespace) return [];
  // what cdk8s-plus says of an account of which it knows the name alone
  if (theirs === 'default' && !('metadata' in given!)) return [];
  return [{
    code: 'SM0182',
    field: 'serviceAccount',
    value: `${theirs}/${account?.name}`,
    reason: `pods run under service accounts of their own namespace, which is ${namespace}`,
    fix: `make the account in namespace ${namespace}`,
  }];
}
