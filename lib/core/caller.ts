import { IConstruct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { TokenRequirement } from './jwt/token-requirement';
import { MeshMembership } from './mesh-mode';

/** How the mesh sees the source of a request. */
export class MeshIdentity {
  /** The pods that run under one service account. */
  public static serviceAccount(namespace: string, name: string): MeshIdentity {
    return new MeshIdentity(namespace, name);
  }

  /** Every pod of a namespace. */
  public static anyIn(namespace: string): MeshIdentity {
    return new MeshIdentity(namespace);
  }

  /** Whoever it is, in the mesh or not: nothing is asked of where a request comes from. */
  public static anyone(): MeshIdentity {
    return new MeshIdentity('');
  }

  private constructor(
    /** Namespace of the pods; empty where it does not matter. */
    public readonly namespace: string,
    /** Their service account; undefined stands for every pod of the namespace. */
    public readonly serviceAccountName?: string,
  ) {}

  /** Whether nothing is asked of where a request comes from. */
  public get isAnyone(): boolean {
    return this.namespace === '';
  }
}

/** Something that sends requests and can be named in a grant. */
export interface ICaller {
  /** How the mesh sees the requests that it sends. */
  readonly meshIdentity: MeshIdentity;
  /** Whether its pods are in the mesh; a caller outside has no identity that a policy could name. */
  readonly meshMembership: MeshMembership;
  /** What messages call it. */
  readonly callerName: string;
  /** The token that its requests bring; undefined where nothing is asked of one. */
  readonly token?: TokenRequirement;
  /** Labels by which the network knows its pods; undefined where all of the namespace are meant. */
  readonly podLabels?: { [key: string]: string };
}

/** Callers that are no construct of the app. */
export class Caller implements ICaller {
  /** Every pod of a namespace in the mesh. */
  public static namespace(name: string): Caller {
    return new Caller(MeshIdentity.anyIn(name), `namespace ${name}`);
  }

  /** The pods in the mesh that run under a service account of the cluster. */
  public static serviceAccount(namespace: string, name: string): Caller {
    return new Caller(MeshIdentity.serviceAccount(namespace, name), `service account ${namespace}/${name}`);
  }

  /**
   * Whoever brings a token, wherever the request comes from. A Knative service knows such callers behind the activator, too.
   * @param token what the token has to say
   */
  public static jwt(token: TokenRequirement): Caller {
    const { issuer, subject } = token;
    return new Caller(MeshIdentity.anyone(), `tokens of ${issuer.issuer}${subject === undefined ? '' : ` for ${subject}`}`, MeshMembership.SIDECAR, token);
  }

  /** The gateway through which requests come from outside of the cluster. */
  public static ingressGateway(scope: IConstruct): Caller {
    const gateway = ClusterProfile.of(scope).publicGateway;
    return new Caller(MeshIdentity.serviceAccount(gateway.serviceNamespace, gateway.serviceAccount), 'the ingress gateway');
  }

  /**
   * The gateway that takes requests to Knative services from pods without a sidecar: those outside of the mesh and those in ambient mode.
   * Whoever sends through it, pods see the gateway.
   */
  public static localGateway(scope: IConstruct): Caller {
    const gateway = ClusterProfile.of(scope).localGateway;
    return new Caller(MeshIdentity.serviceAccount(gateway.serviceNamespace, gateway.serviceAccount), 'the cluster-local gateway');
  }

  /** The data planes of Knative Eventing, which deliver events. */
  public static eventing(scope: IConstruct): Caller {
    const profile = ClusterProfile.of(scope);
    return new Caller(MeshIdentity.anyIn(profile.knativeEventingNamespace), 'the event delivery of Knative',
      profile.knativeEventingInMesh ? MeshMembership.SIDECAR : MeshMembership.OUTSIDE);
  }

  private constructor(
    public readonly meshIdentity: MeshIdentity,
    public readonly callerName: string,
    public readonly meshMembership: MeshMembership = MeshMembership.SIDECAR,
    public readonly token?: TokenRequirement,
  ) {}
}
