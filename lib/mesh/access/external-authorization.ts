import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, AuthorizationPolicySpecAction, AuthorizationPolicySpecRulesToOperation, toJson_AuthorizationPolicySpec,
} from '../../../imports/security.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { ExtensionProvider } from '../../core/extension-provider';
import { HttpMethod } from '../../core/grants';
import { Intents } from '../../core/intents';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { instanceOf, usable, wrongType } from '../../core/wrong-type';
import { passedBy } from '../ambient/passed-by';
import { CODES } from '../codes';
import { tokenWithoutHttp } from '../jwt/token-without-http';
import { asWorkload, attachmentOf, exceptKnativeProbes, httpElsewhere, nameInMessages, ownHosts, policyPortsOf, seesNoHttp, targetName, usableTarget } from '../policy-target';
import { exceptPreflights } from '../preflights/except-preflights';
import { preflightProblems } from '../preflights/preflight-problems';
import { Preflights } from '../preflights/preflights';
import { requestProblems, usableRequests } from '../said-requests';

/** Which requests of a target somebody else decides about. */
export interface ExternalAuthorizationOptions {
  /**
   * Hosts whose requests it is asked about.
   * @default - at a gateway its own, because other gateways may be on the same pods; at a workload all
   */
  readonly hosts?: string[];

  /**
   * Methods that it is asked about.
   * @default - all
   */
  readonly methods?: HttpMethod[];

  /**
   * Paths that it is asked about.
   * @default - all
   */
  readonly paths?: string[];

  /**
   * Paths that it is not asked about. It is never asked about Knative's own probes.
   * @default - none
   */
  readonly exemptPaths?: string[];

  /**
   * Preflights of browsers that it is not asked about. They bring nothing by which it could decide.
   * @default Preflights.ANSWERED: those that the gateway answers itself by the CORS policy of a route, so that none gets further
   */
  readonly exemptPreflights?: Preflights;
}

/** Which requests somebody else decides about. */
export interface ExternalAuthorizationProps extends ExternalAuthorizationOptions {
  /** What takes the requests: a workload, a `MeshGateway`, a `Waypoint`, or pods that the app does not make (`RequestTarget.pods`). */
  readonly target: IRequestTarget;

  /** Who is asked. */
  readonly provider: ExtensionProvider;
}

const PROVIDER = instanceOf(ExtensionProvider, "use a factory, as in ExtensionProvider.grpcAuthorizer('opa', { service, port }), or ExtensionProvider.named('opa')");

/**
 * Has a service decide whether a request may pass. It is asked before all other policies; what it lets pass, they may still turn away.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
 */
export class ExternalAuthorization extends Construct {
  /** What takes the requests. */
  public readonly target: IRequestTarget;
  /** Who is asked. */
  public readonly provider: ExtensionProvider;
  /** The AuthorizationPolicy, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ExternalAuthorizationProps) {
    super(scope, id);
    Intents.of(this);
    const said = props ?? {};
    this.target = usableTarget(this, said.target);
    this.provider = usable(said.provider, PROVIDER) ?? ExtensionProvider.named('none');
    this.apiObject = resource(this, 'Resource', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: `${targetName(this.target, this)}-${this.provider.name}`, namespace: this.target.workloadNamespace },
      fields: { spec: () => toJson_AuthorizationPolicySpec(this.spec(said)) },
    });
    reportProblems(this, () => [...wrongType('provider', said.provider ?? 'nothing', PROVIDER), ...this.problems(said)]);
  }

  private spec(props: ExternalAuthorizationProps): AuthorizationPolicySpec {
    return {
      action: AuthorizationPolicySpecAction.CUSTOM,
      ...attachmentOf(this.target),
      provider: { name: this.provider.name },
      rules: exceptPreflights(this.target, props.exemptPreflights ?? Preflights.ANSWERED, {
        hosts: props.hosts ?? ownHosts(this.target), operation: this.operation(props), when: exceptKnativeProbes(this.target),
      }),
    };
  }

  private operation({ methods, paths, exemptPaths }: ExternalAuthorizationProps): AuthorizationPolicySpecRulesToOperation {
    const ports = policyPortsOf(this.target);
    return {
      ...methods?.length ? { methods: [...methods] } : {},
      ...paths?.length ? { paths: [...paths] } : {},
      ...exemptPaths?.length ? { notPaths: [...exemptPaths] } : {},
      ...ports.length > 0 ? { ports } : {},
    };
  }

  private problems(props: ExternalAuthorizationProps): ProblemReport[] {
    const { hosts, exemptPreflights } = usableRequests(props);
    const name = nameInMessages(this.target);
    const outside = !ClusterProfile.of(this).hasIstio || asWorkload(this.target)?.meshMembership === MeshMembership.OUTSIDE;
    return [
      ...outside ? [{ code: CODES.outsideMesh, field: 'target', value: name, reason: 'no proxy of a mesh stands before its pods that would ask anybody', fix: 'put it into the mesh, or ask at the gateway in front of it' }] : [],
      ...outside ? [] : seesNoHttp(this.target) ? [unseen(this.target)] : passedBy(this.target),
      ...requestProblems(props),
      ...preflightProblems(this.target, hosts, exemptPreflights),
    ];
  }
}

function unseen(target: IRequestTarget): ProblemReport {
  return { ...tokenWithoutHttp(target), reason: 'in ambient mode ztunnel stands before its pods, which asks nobody', fix: `to have somebody asked, ${httpElsewhere(target)}` };
}
