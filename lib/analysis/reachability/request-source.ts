import { ICaller, MeshIdentity } from '../../core/caller';
import { MeshMembership } from '../../core/mesh-mode';

/** Pods that send requests. */
export interface SourcePodsOptions {
  /** Their namespace. */
  readonly namespace: string;

  /**
   * Labels that they have.
   * @default - not known: where a NetworkPolicy asks for labels, the verdict is that it depends
   */
  readonly labels?: { [key: string]: string };

  /**
   * Their service account.
   * @default - that of the pods with these labels, if the app makes any; otherwise `default`
   */
  readonly serviceAccount?: string;

  /**
   * Whether they are in the mesh.
   * @default - as the pods and their namespace say, if they are part of the app; otherwise what the cluster profile says
   */
  readonly mesh?: MeshMembership;

  /**
   * Their address.
   * @default - left open
   */
  readonly address?: string;
}

/** Senders of requests that are no workload of this library. */
export class RequestSource implements ICaller {
  /** Pods by what is known of them. */
  public static pods(options: SourcePodsOptions): RequestSource {
    return new RequestSource(
      MeshIdentity.serviceAccount(options.namespace, options.serviceAccount ?? 'default'),
      options.mesh ?? MeshMembership.SIDECAR,
      `a pod in namespace ${options.namespace}`,
      options,
    );
  }

  /**
   * Something outside of the cluster that reaches the pods without a gateway; to a Knative service it comes through the public gateway.
   * @param address its address; left open unless it is given
   */
  public static outsideCluster(address?: string): RequestSource {
    return new RequestSource(MeshIdentity.anyIn(''), MeshMembership.OUTSIDE, 'a client outside of the cluster', undefined, address);
  }

  private constructor(
    /** How the mesh sees it. */
    public readonly meshIdentity: MeshIdentity,
    /** Whether it is in the mesh, as far as it says so itself. */
    public readonly meshMembership: MeshMembership,
    /** What messages call it. */
    public readonly callerName: string,
    private readonly pods?: SourcePodsOptions,
    private readonly address?: string,
  ) {}

  /** @internal */
  public get _pods(): SourcePodsOptions | undefined {
    return this.pods;
  }

  /** @internal */
  public get _address(): string | undefined {
    return this.address;
  }
}
