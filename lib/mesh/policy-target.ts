import { Names } from 'cdk8s';
import { Construct } from 'constructs';
import { serviceReference, waypointBefore } from './ambient/waypoint-path';
import { IMeshGateway } from './gateway/gateway-reference';
import { PROBE } from './knative-rules';
import { AuthorizationPolicySpec, AuthorizationPolicySpecRulesWhen } from '../../imports/security.istio.io';
import { GatewayApi } from '../core/gateway-api';
import { isKnativeWorkload } from '../core/knative-workload';
import { MeshMembership } from '../core/mesh-mode';
import { namespaceOf } from '../core/names';
import { reportProblems } from '../core/problem';
import { isWorkload, IRequestTarget, IWorkload } from '../core/workload';
import { Expected, wrongType } from '../core/wrong-type';

/** How a policy says what it is for. */
export type Attachment = Pick<AuthorizationPolicySpec, 'selector' | 'targetRefs'>;

/** A gateway as what a policy is for. */
interface GatewayTarget extends IMeshGateway, IRequestTarget {
  readonly hosts: string[];
}

const TARGET: Expected<IRequestTarget> = {
  what: 'a workload, a gateway, or RequestTarget.pods(...)',
  fix: 'pass the construct itself and not its name',
  holds: (value): value is IRequestTarget => typeof value === 'object' && value !== null && 'podSelector' in value,
};

/** What a policy is for; where something else was passed, pods that nobody has, and a report. */
export function usableTarget(policy: Construct, given: IRequestTarget): IRequestTarget {
  if (TARGET.holds(given)) return given;
  reportProblems(policy, () => wrongType('target', given ?? 'nothing', TARGET));
  return { workloadNamespace: namespaceOf(policy), podSelector: { 'app.kubernetes.io/name': policy.node.id } };
}

/** Whether a target is a gateway of the app. */
export function isGatewayTarget(target: IRequestTarget): target is GatewayTarget {
  return 'gatewayApi' in target;
}

/** Name of the objects that are about a target: its own, or that of who says something of it. */
export function targetName(target: IRequestTarget, scope: Construct): string {
  if (isWorkload(target)) return target.workloadName;
  return isGatewayTarget(target) ? target.gatewayName : Names.toDnsLabel(scope);
}

/** Pods that Istio runs for one gateway are found by the gateway, a workload behind a waypoint by its Service, all others by their labels. */
export function attachmentOf(target: IRequestTarget): Attachment {
  if (isGatewayTarget(target) && target.gatewayApi === GatewayApi.KUBERNETES) {
    return { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: target.gatewayName }] };
  }
  const workload = asWorkload(target);
  if (workload && waypointBefore(workload)) return { targetRefs: [serviceReference(workload)] };
  return { selector: { matchLabels: { ...target.podSelector } } };
}

/** What messages call a target. */
export function nameInMessages(target: IRequestTarget): string {
  if (isWorkload(target) || isGatewayTarget(target)) return target.callerName;
  return `the pods ${Object.entries(target.podSelector).map(([key, value]) => `${key}=${value}`).join(',')} in namespace ${target.workloadNamespace}`;
}

/** The workload that a target is, if it is one. */
export function asWorkload(target: IRequestTarget): IWorkload | undefined {
  return isWorkload(target) ? target : undefined;
}

/** Whether only ztunnel stands before the pods, which sees no HTTP. */
export function seesNoHttp(target: IRequestTarget): boolean {
  const workload = asWorkload(target);
  return workload?.meshMembership === MeshMembership.AMBIENT && waypointBefore(workload) === undefined;
}

/** Gateways that are set up together with others on the same pods take requests for hosts that are none of theirs. */
export function ownHosts(target: IRequestTarget): string[] {
  return isGatewayTarget(target) && target.gatewayApi === GatewayApi.ISTIO ? target.hosts : [];
}

/**
 * Leaves out the probes by which Knative learns whether a pod is there and a route is live. They bring nothing but this header, and who brings it
 * gets no further than queue-proxy.
 */
export function exceptKnativeProbes(target: IRequestTarget): AuthorizationPolicySpecRulesWhen[] {
  const workload = asWorkload(target);
  if (!workload || !isKnativeWorkload(workload)) return [];
  return [{ key: PROBE.header, notValues: [PROBE.byActivator, PROBE.byIngress] }];
}
