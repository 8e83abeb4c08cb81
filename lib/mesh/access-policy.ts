import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { accessProblems } from './access-problems';
import { arrivingThrough, serviceReference, waypointBefore } from './ambient/waypoint-path';
import { callsTo } from './calls';
import { grantRules } from './grant-rules';
import { knativeRules } from './knative-rules';
import { WORKLOAD } from './policy-target';
import { needsOpenPort, openPortRules, scrapeRules } from './scrape-rules';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, AuthorizationPolicySpecAction, toJson_AuthorizationPolicySpec,
} from '../../imports/security.istio.io';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { isKnativeWorkload } from '../core/knative-workload';
import { freeId, namespaceOf } from '../core/names';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IWorkload } from '../core/workload';
import { wrongType } from '../core/wrong-type';

/** Whose access a policy decides. */
export interface AccessPolicyProps {
  /** The workload that is called. */
  readonly target: IWorkload;
}

const POLICIES = new WeakMap<IWorkload, AccessPolicy>();

/**
 * The one AuthorizationPolicy of a workload, made from everything that was granted on it, together with what Knative itself needs.
 * It appears by itself under a workload with the first grant, or where a `MeshPolicy` denies by default.
 *
 * Where a `Waypoint` stands before the workload, the policy holds there, and a second one has the pods take requests from the waypoint, and from
 * those alone who were granted access and go around it.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AccessPolicy extends Construct {
  /** The policy of a workload, or undefined while nobody restricts who may call it. */
  public static of(target: IWorkload): AccessPolicy | undefined {
    return POLICIES.get(target);
  }

  /** @internal */
  public static _ensure(target: IWorkload): AccessPolicy {
    return POLICIES.get(target) ?? new AccessPolicy(target as unknown as Construct, freeId(target, 'Access'), { target });
  }

  /** The workload whose callers it names. */
  public readonly target: IWorkload;
  /** The AuthorizationPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;
  private podPolicy?: ApiObject;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    Intents.of(this);
    const { target } = props ?? {};
    const known = WORKLOAD.holds(target);
    this.target = target;
    if (known) POLICIES.set(target, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: AuthorizationPolicy.GVK,
      metadata: known ? { name: target.workloadName, namespace: target.workloadNamespace } : { namespace: namespaceOf(this) },
      fields: { spec: () => toJson_AuthorizationPolicySpec(known ? this.spec() : {}) },
    });
    if (!known) {
      reportProblems(this, () => wrongType('target', target ?? 'nothing', WORKLOAD));
      return;
    }
    Intents.of(this).waypointUses.forEach(() => this.addPodPolicy());
    reportProblems(this, () => accessProblems(callsTo(this.target)));
  }

  /** With a waypoint before the Service, what it lets through and who goes around it are two matters, decided at two places. */
  private addPodPolicy(): void {
    if (this.podPolicy !== undefined || waypointBefore(this.target) === undefined) return;
    this.podPolicy = resource(this, 'Pods', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: `${this.target.workloadName}-pods`, namespace: this.target.workloadNamespace },
      fields: { spec: () => toJson_AuthorizationPolicySpec(this.atPods()) },
    });
  }

  private spec(): AuthorizationPolicySpec {
    return waypointBefore(this.target) === undefined ? this.atPods() : this.atWaypoint();
  }

  private atWaypoint(): AuthorizationPolicySpec {
    const edges = arrivingThrough(this.target, callsTo(this.target).edges).waypoint;
    return {
      action: AuthorizationPolicySpecAction.ALLOW,
      targetRefs: [serviceReference(this.target)],
      rules: grantRules(edges, ClusterProfile.of(this.target), 'waypoint'),
    };
  }

  private atPods(): AuthorizationPolicySpec {
    const target = this.target;
    const profile = ClusterProfile.of(target);
    const { edges: all, scrapes, openPorts } = callsTo(target);
    const waypoint = waypointBefore(target);
    const edges = arrivingThrough(target, all).pods;
    return {
      action: AuthorizationPolicySpecAction.ALLOW,
      selector: { matchLabels: { ...target.podSelector } },
      rules: [
        ...waypoint ? [{ from: [{ source: { principals: [profile.principal(waypoint.namespace, waypoint.name)] } }] }] : [],
        ...grantRules(edges, profile),
        ...isKnativeWorkload(target) ? knativeRules(target, edges, profile) : [],
        ...scrapeRules(scrapes),
        ...openPortRules([...openPorts, ...scrapes.filter(needsOpenPort).map(scrape => scrape.target.metricsEndpoint.port)]),
      ],
    };
  }
}
