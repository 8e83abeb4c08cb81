import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { accessProblems } from './access-problems';
import { callsTo } from './calls';
import { grantRules } from './grant-rules';
import { knativeRules } from './knative-rules';
import { needsOpenPort, openPortRules, scrapeRules } from './scrape-rules';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, AuthorizationPolicySpecAction, toJson_AuthorizationPolicySpec,
} from '../../imports/security.istio.io';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { isKnativeWorkload } from '../core/knative-workload';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IWorkload } from '../core/workload';

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
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AccessPolicy extends Construct {
  /** The policy of a workload, or undefined while nobody restricts who may call it. */
  public static of(target: IWorkload): AccessPolicy | undefined {
    return POLICIES.get(target);
  }

  /** @internal */
  public static _ensure(target: IWorkload): AccessPolicy {
    return POLICIES.get(target) ?? new AccessPolicy(target as unknown as Construct, freeId(target), { target });
  }

  /** The workload whose callers it names. */
  public readonly target: IWorkload;
  /** The AuthorizationPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    Intents.of(this);
    this.target = props.target;
    POLICIES.set(props.target, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: props.target.workloadName, namespace: props.target.workloadNamespace },
      fields: { spec: () => toJson_AuthorizationPolicySpec(this.spec()) },
    });
    reportProblems(this, () => accessProblems(callsTo(this.target)));
  }

  private spec(): AuthorizationPolicySpec {
    const target = this.target;
    const profile = ClusterProfile.of(target);
    const { edges, scrapes, openPorts } = callsTo(target);
    return {
      action: AuthorizationPolicySpecAction.ALLOW,
      selector: { matchLabels: { ...target.podSelector } },
      rules: [
        ...grantRules(edges, profile),
        ...isKnativeWorkload(target) ? knativeRules(target, edges, profile) : [],
        ...scrapeRules(scrapes),
        ...openPortRules([...openPorts, ...scrapes.filter(needsOpenPort).map(scrape => scrape.target.metricsEndpoint.port)]),
      ],
    };
  }
}

function freeId(target: IWorkload): string {
  const taken = new Set(target.node.children.map(child => child.node.id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? 'Access' : `Access${n}`;
    if (!taken.has(id)) return id;
  }
}
