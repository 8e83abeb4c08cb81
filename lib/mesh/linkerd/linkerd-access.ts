import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LINKERD_CODES } from './codes';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, MeshTlsAuthentication, MeshTlsAuthenticationSpec, Server, ServerSpec,
  toJson_AuthorizationPolicySpec, toJson_MeshTlsAuthenticationSpec, toJson_ServerSpec,
} from '../../../imports/policy.linkerd.io';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { MeshMode } from '../../core/mesh-mode';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IWorkload } from '../../core/workload';

/** What Linkerd's proxy takes a port to carry. */
export enum LinkerdProtocol {
  /** The proxy finds out, and waits up to ten seconds for the first bytes. */
  DETECT = 'unknown',
  /** HTTP/1. */
  HTTP1 = 'HTTP/1',
  /** HTTP/2. */
  HTTP2 = 'HTTP/2',
  /** gRPC. */
  GRPC = 'gRPC',
  /** Bytes that the proxy does not look into. */
  OPAQUE = 'opaque',
}

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

const GROUP = 'policy.linkerd.io';

/**
 * Who may call a port of a workload in a cluster whose mesh is Linkerd: its Server, the identities of the callers, and the policy between the two. Where a
 * port has a Server, everything that no policy allows is refused. Pods need the annotation `linkerd.io/inject: enabled`, their own or their namespace's.
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
    this.callers = [...props.callers ?? []];
    const { target } = props;
    const port = props.port ?? target.policyPorts[0];
    const metadata = { name: `${target.workloadName}-${port}`, namespace: target.workloadNamespace };
    this.serverObject = resource(this, 'Server', {
      gvk: Server.GVK,
      metadata,
      fields: {
        spec: () => toJson_ServerSpec({
          podSelector: { matchLabels: { ...target.podSelector } },
          port,
          proxyProtocol: props.protocol ?? LinkerdProtocol.DETECT,
        } as unknown as ServerSpec),
      },
    });
    this.authenticationObject = resource(this, 'Callers', {
      gvk: MeshTlsAuthentication.GVK,
      metadata,
      fields: { spec: () => toJson_MeshTlsAuthenticationSpec(this.identities()) },
    });
    this.apiObject = resource(this, 'Resource', {
      gvk: AuthorizationPolicy.GVK,
      metadata,
      fields: {
        spec: () => toJson_AuthorizationPolicySpec({
          targetRef: { group: GROUP, kind: 'Server', name: metadata.name },
          requiredAuthenticationRefs: [{ group: GROUP, kind: 'MeshTLSAuthentication', name: metadata.name }],
        } as AuthorizationPolicySpec),
      },
    });
    reportProblems(this, () => this.problems(target));
  }

  /** Lets a further caller in. */
  public addCaller(caller: ICaller): void {
    this.callers.push(caller);
  }

  private identities(): MeshTlsAuthenticationSpec {
    const refs = this.callers.map(({ meshIdentity: { namespace, serviceAccountName } }) => serviceAccountName === undefined
      ? { kind: 'Namespace', name: namespace }
      : { kind: 'ServiceAccount', name: serviceAccountName, namespace });
    return { identityRefs: [...new Map(refs.map(ref => [JSON.stringify(ref), ref])).values()] };
  }

  private problems(target: IWorkload): ProblemReport[] {
    const { mesh } = ClusterProfile.of(this);
    return [
      ...mesh === MeshMode.NONE ? [] : [{
        code: LINKERD_CODES.twoMeshes,
        value: mesh,
        reason: 'the cluster profile has Istio, whose proxies do not look at policies of Linkerd',
        fix: 'use grantInvoke and MeshPolicy, or ClusterProfile.withoutMesh() if the cluster has Linkerd',
      }],
      ...isKnativeWorkload(target) ? [{
        code: LINKERD_CODES.knativeInLinkerd,
        field: 'target',
        value: target.workloadName,
        reason: 'requests for a Knative service come from its ingress or the activator, whose identity Linkerd sees in place of the caller\'s',
        fix: 'decide who may call at the ingress, or in the app by a token',
      }] : [],
      ...this.callers.length > 0 ? [] : [{
        code: LINKERD_CODES.nobodyMayCall,
        field: 'callers',
        reason: 'Linkerd refuses an authentication that names nobody',
        fix: 'name the callers, or leave the construct out',
      }],
    ];
  }
}
