import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AuthorizationPolicy, AuthorizationPolicySpec, AuthorizationPolicySpecAction, toJson_AuthorizationPolicySpec } from '../../../imports/security.istio.io';
import { ICaller, MeshIdentity } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Condition } from '../../core/condition';
import { HttpMethod } from '../../core/grants';
import { Intents } from '../../core/intents';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { CODES } from '../codes';
import { grantRules } from '../grant-rules';
import { asWorkload, attachmentOf, httpElsewhere, nameInMessages, ownHosts, policyPortsOf, seesNoHttp, targetName, usableTarget } from '../policy-target';
import { requestProblems, usableRequests } from '../said-requests';

/** Which requests are marked. */
export interface AccessAuditProps {
  /** What takes the requests: a workload, a `MeshGateway`, a `Waypoint`, or pods that the app does not make (`RequestTarget.pods`). */
  readonly target: IRequestTarget;

  /**
   * Whose requests.
   * @default - everybody's
   */
  readonly callers?: ICaller[];

  /**
   * With which methods.
   * @default - all
   */
  readonly methods?: HttpMethod[];

  /**
   * To which paths, spelled as in a grant.
   * @default - all
   */
  readonly paths?: string[];

  /**
   * To which hosts.
   * @default - at a gateway its own, because other gateways may be on the same pods; at a workload all
   */
  readonly hosts?: string[];

  /**
   * What else they have to be, all of it.
   * @default - nothing else
   */
  readonly conditions?: Condition[];
}

const ANYBODY: ICaller = { meshIdentity: MeshIdentity.anyone(), meshMembership: MeshMembership.SIDECAR, callerName: 'anybody' };

/**
 * Marks requests that are worth a record. It lets none pass and turns none away. Envoy notes the mark down where access logs can ask for it: a `MeshTelemetry`
 * whose access log has the filter `AccessAudit.LOG_FILTER` writes the marked requests alone.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy-Action
 */
export class AccessAudit extends Construct {
  /** Filter for access logs (`AccessLogOptions.filter`): the requests that an audit marked. */
  public static readonly LOG_FILTER = "metadata.filter_metadata['envoy.common']['access_log_hint'] == true";

  /** What takes the requests. */
  public readonly target: IRequestTarget;
  /** The AuthorizationPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AccessAuditProps) {
    super(scope, id);
    Intents.of(this);
    this.target = usableTarget(this, props.target);
    this.apiObject = resource(this, 'Resource', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: `${targetName(this.target, this)}-${id.toLowerCase()}`, namespace: this.target.workloadNamespace },
      fields: { spec: () => toJson_AuthorizationPolicySpec(this.spec(usableRequests(props))) },
    });
    reportProblems(this, () => this.problems(props));
  }

  private spec({ callers = [ANYBODY], methods, paths, hosts = ownHosts(this.target), conditions }: AccessAuditProps): AuthorizationPolicySpec {
    const options = { methods, paths, hosts, conditions };
    const target = { policyPorts: policyPortsOf(this.target).map(Number) };
    return {
      action: AuthorizationPolicySpecAction.AUDIT,
      ...attachmentOf(this.target),
      rules: grantRules(callers.map(caller => ({ caller, target, options })), ClusterProfile.of(this)),
    };
  }

  private problems(props: AccessAuditProps): ProblemReport[] {
    const value = nameInMessages(this.target);
    const outside = !ClusterProfile.of(this).hasIstio || asWorkload(this.target)?.meshMembership === MeshMembership.OUTSIDE;
    const fix = `to have requests marked, ${httpElsewhere(this.target)}`;
    return [
      ...outside ? [{ code: CODES.outsideMesh, field: 'target', value, reason: 'no proxy of Istio stands before its pods that would mark anything', fix: 'put it into the mesh, or audit at the gateway in front of it' }] : [],
      ...!outside && seesNoHttp(this.target) ? [{ code: CODES.auditUnseen, field: 'target', value, reason: 'in ambient mode ztunnel stands before its pods, which leaves AUDIT policies out', fix }] : [],
      ...requestProblems(props),
    ];
  }
}
