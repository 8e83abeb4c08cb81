import type * as kplus from 'cdk8s-plus-28';

/** How a client's proxy checks who answers. */
export interface ServerVerification {
  /**
   * Host that is named to the server when the connection begins.
   * @default - the host of the target; for a wildcard the one that the client asked for
   */
  readonly sni?: string;

  /**
   * Names of which the server's certificate has to carry one.
   * @default - the host of the target; for a wildcard the one that the client asked for
   */
  readonly subjectAltNames?: string[];

  /**
   * File in the proxy with the certificates of the authorities that may have signed the server's.
   * @default - the authorities that the proxy's image knows
   */
  readonly authoritiesFile?: string;

  /**
   * File in the proxy with certificates that were withdrawn.
   * @default - none is looked at
   */
  readonly revocationsFile?: string;

  /**
   * Takes whatever certificate the server shows, so that anybody on the way can read and answer.
   * @default false
   */
  readonly skipVerification?: boolean;
}

/** Files in the proxy with the certificate that it shows. */
export interface ClientCertificateFiles {
  /** The certificate. */
  readonly certificate: string;
  /** Its key. */
  readonly privateKey: string;
}

/**
 * What clients' proxies put around requests to a host. Within the mesh leave it out: proxies find out by themselves which pods take mTLS.
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export class ClientTls {
  /** Nothing: plain text. */
  public static off(): ClientTls {
    return new ClientTls('DISABLE', {});
  }

  /** The certificates of the mesh, also where the proxy does not see that the target takes them, as at an egress gateway. */
  public static istioMutual(verification: ServerVerification = {}): ClientTls {
    return new ClientTls('ISTIO_MUTUAL', verification);
  }

  /** TLS in which the server alone shows a certificate. */
  public static simple(verification: ServerVerification = {}): ClientTls {
    return new ClientTls('SIMPLE', verification);
  }

  /**
   * TLS of which the authorities are in a Secret (key `ca.crt` or `cacert`), in the namespace of the pods that connect.
   * Sidecars read Secrets for the clients alone that `TrafficPolicyProps.clients` names.
   */
  public static simpleWith(authorities: kplus.ISecret, verification: ServerVerification = {}): ClientTls {
    return new ClientTls('SIMPLE', verification, authorities);
  }

  /**
   * TLS in which the proxy shows a certificate too: that of a Secret (keys `tls.crt`, `tls.key` and `ca.crt`, or `cert`, `key` and `cacert`) in the
   * namespace of the pods that connect. Sidecars read Secrets for the clients alone that `TrafficPolicyProps.clients` names.
   */
  public static mutual(certificate: kplus.ISecret, verification: ServerVerification = {}): ClientTls {
    return new ClientTls('MUTUAL', verification, certificate);
  }

  /** TLS in which the proxy shows a certificate that is in its file system. */
  public static mutualFiles(certificate: ClientCertificateFiles, verification: ServerVerification = {}): ClientTls {
    return new ClientTls('MUTUAL', verification, undefined, certificate);
  }

  private constructor(
    /** @internal */
    public readonly _mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL',
    /** @internal */
    public readonly _verification: ServerVerification,
    /** @internal */
    public readonly _secret?: kplus.ISecret,
    /** @internal */
    public readonly _files?: ClientCertificateFiles,
  ) {}
}
