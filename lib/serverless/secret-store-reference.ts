import { ExternalSecretSpecSecretStoreRef as Ref, ExternalSecretSpecSecretStoreRefKind as Kind } from '../../imports/external-secrets.io';

/** A store of the External Secrets operator. */
export class SecretStoreReference {
  /** A store of the namespace (`SecretStore`). */
  public static namespaced(name: string): SecretStoreReference {
    return new SecretStoreReference(name, Kind.SECRET_STORE);
  }

  /** A store of the whole cluster (`ClusterSecretStore`). */
  public static cluster(name: string): SecretStoreReference {
    return new SecretStoreReference(name, Kind.CLUSTER_SECRET_STORE);
  }

  private constructor(
    /** Name of the store. */
    public readonly name: string,
    private readonly kind: Kind,
  ) {}

  /** @internal */
  public _toRef(): Ref {
    return { kind: this.kind, name: this.name };
  }
}
