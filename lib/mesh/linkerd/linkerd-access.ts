import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LINKERD_CODES } from './codes';
import { LinkerdProtocol } from './linkerd-protocol';
import { authentication, policy, server, serverName } from './objects';
import { CALLER, usableWorkload, withoutLinkerd } from './values';
import { ICaller } from '../../core/caller';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { ProblemReport, reportProblems } from '../../core/problem';
import { isWorkload, IWorkload } from '../../core/workload';
import { listOf, memberOf, NUMBER, usable, wrongType } from '../../core/wrong-type';

/** Who may call which port of whom, in a cluster with Linkerd. */
export interface LinkerdAccessProps {
  /** The workload that is called. */
  readonly target: IWorkload;

  /**
   * Port of its pods.
   * @default - the first on which it takes requests
   */
  readonly port?: number;

  /**
   * What the port carries.
   * @default LinkerdProtocol.DETECT
   */
  readonly protocol?: LinkerdProtocol;

  /** Who may call; nobody else may. */
  readonly callers: ICaller[];
}

const PROTOCOL = memberOf('LinkerdProtocol', LinkerdProtocol);

/**
 * Who may call a port of a workload in a cluster whose mesh is Linkerd: its Server, the identities of the callers, and the policy between the two. Where a
 * port has a Server, everything that no policy allows is refused. `grantInvoke` writes the same for the ports on which a workload takes requests;
 * this is for ports beside them, and for those whose protocol the proxy cannot find out.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/
 */
export class LinkerdAccess extends Construct {
  /** The Server, as an escape hatch. */
  public readonly serverObject: ApiObject;
  /** The MeshTLSAuthentication, as an escape hatch. */
  public readonly authenticationObject: ApiObject;
  /** The AuthorizationPolicy of Linkerd, as an escape hatch. */
  public readonly apiObject: ApiObject;

  private readonly callers: ICaller[];

  constructor(scope: Construct, id: string, props: LinkerdAccessProps) {
    super(scope, id);
    Intents.of(this);
    this.callers = Array.isArray(props?.callers) ? props.callers.filter(CALLER.holds) : [];
    const target = usableWorkload(this, 'target', props?.target);
    const port = usable(props?.port, NUMBER) ?? target.policyPorts[0];
    const metadata = { name: serverName(target, port), namespace: target.workloadNamespace };
    this.serverObject = server(this, 'Server', target, port, usable(props?.protocol, PROTOCOL));
    this.authenticationObject = authentication(this, 'Callers', metadata, () => this.callers);
    this.apiObject = policy(this, 'Resource', metadata, 'Server', metadata.name, metadata.name);
    reportProblems(this, () => this.problems(props));
  }

  /** Lets a further caller in. */
  public addCaller(caller: ICaller): void {
    if (CALLER.holds(caller)) this.callers.push(caller);
    else reportProblems(this, () => wrongType('addCaller', caller ?? 'nobody', CALLER));
  }

  private problems(props: LinkerdAccessProps | undefined): ProblemReport[] {
    const { target, port, protocol, callers } = props ?? {};
    return [
      ...withoutLinkerd(this),
      ...wrongType('port', port, NUMBER),
      ...wrongType('protocol', protocol, PROTOCOL),
      ...wrongType('callers', callers, listOf(CALLER)),
      ...isWorkload(target) && isKnativeWorkload(target) ? [{
        code: LINKERD_CODES.knativeInLinkerd,
        field: 'target',
        value: target.workloadName,
        reason: 'requests for a Knative service come from its ingress or the activator, whose identity Linkerd sees in place of the caller\'s',
        fix: 'decide who may call at the ingress, or in the app by a token',
      }] : [],
      ...this.callers.length > 0 || (callers !== undefined && !Array.isArray(callers)) ? [] : [{
        code: LINKERD_CODES.nobodyMayCall,
        field: 'callers',
        reason: 'Linkerd refuses an authentication that names nobody',
        fix: 'name the callers, or leave the construct out',
      }],
    ];
  }
}
