import { Names } from 'cdk8s';
import { Construct } from 'constructs';
import { Waypoint } from './ambient/waypoint';
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

/** A workload, where nothing else will do. */
export const WORKLOAD: Expected<IWorkload> = { what: 'a workload', fix: 'pass the construct itself and not its name', holds: isWorkload };

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
  if (target instanceof Waypoint) return target.name;
  return isGatewayTarget(target) ? target.gatewayName : Names.toDnsLabel(scope);
}

/** Pods that Istio runs for one gateway or waypoint are found by it, a workload behind a waypoint by its Service, all others by their labels. */
export function attachmentOf(target: IRequestTarget): Attachment {
  if (target instanceof Waypoint) return gatewayReference(target.name);
  if (isGatewayTarget(target) && target.gatewayApi === GatewayApi.KUBERNETES) return gatewayReference(target.gatewayName);
  const workload = asWorkload(target);
  if (workload && waypointBefore(workload)) return { targetRefs: [serviceReference(workload)] };
  return { selector: { matchLabels: { ...target.podSelector } } };
}

function gatewayReference(name: string): Attachment {
  return { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }] };
}

/** What messages call a target. */
export function nameInMessages(target: IRequestTarget): string {
  if (target instanceof Waypoint) return `waypoint ${target.namespace}/${target.name}`;
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

/** Where else something of HTTP can be decided about, for a target of which ztunnel sees none. */
export function httpElsewhere(target: IRequestTarget): string {
  const workload = asWorkload(target);
  const waypoint = workload && !isKnativeWorkload(workload) ? `put a waypoint before it (new Waypoint(chart, 'waypoint') in namespace ${target.workloadNamespace}), ` : '';
  return `${waypoint}do so at the gateway in front of it (target: a MeshGateway), or give the workload a sidecar (mesh: MeshMembership.SIDECAR)`;
}

/** Ports that a policy may name: those of the pods, or of the Service before which a waypoint stands; none where it has several. */
export function policyPortsOf(target: IRequestTarget): string[] {
  const workload = asWorkload(target);
  if (workload === undefined) return [];
  const ports = [...new Set(workload.policyPorts)].sort((a, b) => a - b);
  if (waypointBefore(workload) === undefined) return ports.map(String);
  return ports.length > 1 ? [] : [String(workload.servicePort)];
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
