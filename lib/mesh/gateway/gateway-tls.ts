import type * as kplus from 'cdk8s-plus-28';
import { Tls } from '../../core/tls';

/** What a gateway does with the TLS of its clients. */
export enum GatewayTlsMode {
  /** It shows a certificate. */
  SIMPLE = 'SIMPLE',
  /** It shows a certificate and asks for one of the client. */
  MUTUAL = 'MUTUAL',
  /** It shows a certificate and looks at one of the client, if there is any. */
  OPTIONAL_MUTUAL = 'OPTIONAL_MUTUAL',
  /** It passes the connection on unopened, by the host that the client names first. */
  PASSTHROUGH = 'PASSTHROUGH',
  /** As PASSTHROUGH, to the service that the host names, without a route; between the gateways of clusters. */
  AUTO_PASSTHROUGH = 'AUTO_PASSTHROUGH',
  /** Clients are proxies of the mesh; certificates are the mesh's own. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/** Versions of TLS. */
export enum TlsVersion {
  /** 1.0; broken. */
  V1_0 = 'TLSV1_0',
  /** 1.1; broken. */
  V1_1 = 'TLSV1_1',
  /** 1.2 */
  V1_2 = 'TLSV1_2',
  /** 1.3 */
  V1_3 = 'TLSV1_3',
}

/** What a gateway accepts. */
export interface GatewayTlsOptions {
  /**
   * Oldest version that it accepts.
   * @default TlsVersion.V1_2
   */
  readonly minVersion?: TlsVersion;

  /**
   * Newest version that it accepts.
   * @default - the newest there is
   */
  readonly maxVersion?: TlsVersion;

  /**
   * Cipher suites of TLS up to 1.2, by their names in OpenSSL; those of 1.3 cannot be chosen.
   * @default - Istio's own, all of which are fit for use
   */
  readonly cipherSuites?: string[];
}

/** How clients prove themselves. */
export interface ClientCertificates extends GatewayTlsOptions {
  /**
   * Secret with the certificates of the authorities that sign clients' certificates (key `ca.crt` or `cacert`), in the namespace of the gateway's pods.
   * @default - the key `ca.crt` or `cacert` of the Secret of the gateway's own certificate, or the Secret of that name with `-cacert` appended
   */
  readonly authorities?: kplus.ISecret;

  /**
   * Names of which the client's certificate has to bear one.
   * @default - any that the authorities have signed
   */
  readonly subjectAltNames?: string[];

  /**
   * SHA-256 fingerprints of the client certificates that are accepted, in hexadecimal.
   * @default - any that the authorities have signed
   */
  readonly fingerprints?: string[];

  /**
   * SHA-256 fingerprints of the keys that are accepted, in base64.
   * @default - any that the authorities have signed
   */
  readonly keyFingerprints?: string[];
}

/** Certificates that lie in the file system of the gateway's pods. */
export interface CertificateFiles extends GatewayTlsOptions {
  /** Path of the certificate. */
  readonly certificate: string;

  /** Path of its key. */
  readonly privateKey: string;

  /**
   * Path of the certificates of the authorities that sign clients' certificates. Clients then need one.
   * @default - clients need no certificate
   */
  readonly authorities?: string;

  /**
   * Path of the list of certificates that were revoked.
   * @default - none is
   */
  readonly revocations?: string;

  /**
   * Names of which the client's certificate has to bear one.
   * @default - any that the authorities have signed
   */
  readonly subjectAltNames?: string[];
}

/** How a gateway treats TLS, and where its certificate comes from. */
export class GatewayTls {
  /** Clients are encrypted up to the gateway, which shows a certificate. */
  public static terminate(certificate: Tls, options: GatewayTlsOptions = {}): GatewayTls {
    return new GatewayTls(GatewayTlsMode.SIMPLE, options, certificate);
  }

  /** As `terminate`, with several certificates of one name, such as one of RSA and one of ECDSA: clients get the one that they can use. */
  public static terminateWith(certificates: Tls[], options: GatewayTlsOptions = {}): GatewayTls {
    return new GatewayTls(GatewayTlsMode.SIMPLE, options, undefined, undefined, certificates);
  }

  /** As `terminate`, and clients have to show a certificate too. */
  public static mutual(certificate: Tls, options: ClientCertificates = {}): GatewayTls {
    return new GatewayTls(GatewayTlsMode.MUTUAL, options, certificate);
  }

  /** As `terminate`, and clients may show a certificate too; one that is shown has to be good. */
  public static optionalMutual(certificate: Tls, options: ClientCertificates = {}): GatewayTls {
    return new GatewayTls(GatewayTlsMode.OPTIONAL_MUTUAL, options, certificate);
  }

  /** The certificate is a file in the gateway's pods. */
  public static files(files: CertificateFiles): GatewayTls {
    const { authorities, ...options } = files;
    return new GatewayTls(authorities === undefined ? GatewayTlsMode.SIMPLE : GatewayTlsMode.MUTUAL, options, undefined, files);
  }

  /** Connections are passed on unopened; the target shows a certificate. Routes are made with `addTlsRoute`. */
  public static passthrough(): GatewayTls {
    return new GatewayTls(GatewayTlsMode.PASSTHROUGH, {});
  }

  /** Connections from other clusters of the mesh are passed on unopened to the service that their host names. */
  public static autoPassthrough(): GatewayTls {
    return new GatewayTls(GatewayTlsMode.AUTO_PASSTHROUGH, {});
  }

  /** There is no TLS: requests come in plain text, and who is on the way can read and change them. */
  public static none(): GatewayTls {
    return new GatewayTls(undefined, {});
  }

  /** Clients are proxies of the mesh. */
  public static istioMutual(options: GatewayTlsOptions = {}): GatewayTls {
    return new GatewayTls(GatewayTlsMode.ISTIO_MUTUAL, options);
  }

  private constructor(
    /** What the gateway does; undefined where there is no TLS. */
    public readonly mode: GatewayTlsMode | undefined,
    /** @internal */
    public readonly _options: GatewayTlsOptions & ClientCertificates,
    /** @internal */
    public readonly _certificate?: Tls,
    /** @internal */
    public readonly _files?: CertificateFiles,
    /** @internal */
    public readonly _certificates?: readonly Tls[],
  ) {}

  /** Whether the gateway opens the connection, so that it can look at requests. */
  public get terminates(): boolean {
    return this.mode !== undefined && this.mode !== GatewayTlsMode.PASSTHROUGH && this.mode !== GatewayTlsMode.AUTO_PASSTHROUGH;
  }
}
