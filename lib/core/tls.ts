import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { goDuration } from './durations';
import { reportProblems } from './problem';
import { resource } from './resource';
import { DURATION, wrongType } from './wrong-type';
import { Certificate, CertificateSpecPrivateKeyAlgorithm, CertificateSpecPrivateKeyRotationPolicy, toJson_CertificateSpec } from '../../imports/cert-manager.io';

/**
 * Who signs certificates on behalf of cert-manager.
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class CertificateIssuer {
  /** An issuer for the whole cluster. */
  public static clusterIssuer(name: string): CertificateIssuer {
    return new CertificateIssuer(name, 'ClusterIssuer');
  }

  /** An issuer of one namespace, which has to be that of the certificate: the service's for a domain mapping, the gateway pods' for a gateway. */
  public static issuer(name: string): CertificateIssuer {
    return new CertificateIssuer(name, 'Issuer');
  }

  /** An issuer that another controller brings. */
  public static external(group: string, kind: string, name: string): CertificateIssuer {
    return new CertificateIssuer(name, kind, group);
  }

  private constructor(
    /** Its name. */
    public readonly name: string,
    /** Its kind. */
    public readonly kind: string,
    /** Its API group; undefined stands for cert-manager's own. */
    public readonly group?: string,
  ) {}
}

/** What a certificate of cert-manager is like. */
export interface CertificateOptions {
  /**
   * How long it is valid, at least one hour. An issuer may decide otherwise.
   * @default - 90 days, cert-manager's own
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed, at least five minutes and less than the duration.
   * @default - a third of the duration, cert-manager's own
   */
  readonly renewBefore?: Duration;
}

/** Where a certificate goes. */
export interface CertificatePlace {
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Name of the Certificate and of its Secret, where the Secret is not named by somebody else. */
  readonly name: string;
}

/** Where the certificate comes from that a host shows to its clients. */
export class Tls {
  /** cert-manager gets it from an issuer, and renews it. */
  public static certManager(issuer: CertificateIssuer, options: CertificateOptions = {}): Tls {
    return new Tls(undefined, issuer, options);
  }

  /**
   * It is in a Secret of type `kubernetes.io/tls` that exists: for a domain mapping in the namespace of the service, for a gateway in that of the
   * gateway's pods.
   */
  public static secret(secret: kplus.ISecret): Tls {
    return new Tls(secret);
  }

  /** There is none: requests come in plain text, and who is on the way can read and change them. */
  public static none(): Tls {
    return new Tls();
  }

  private constructor(
    private readonly existing?: kplus.ISecret,
    private readonly issuer?: CertificateIssuer,
    private readonly options: CertificateOptions = {},
  ) {}

  /** Whether clients are encrypted at all. */
  public get encrypts(): boolean {
    return this.existing !== undefined || this.issuer !== undefined;
  }

  /** @internal */
  public _secretName(name: string): string | undefined {
    return this.existing?.name ?? (this.issuer ? name : undefined);
  }

  /** @internal */
  public _certificate(scope: Construct, id: string, place: CertificatePlace): void {
    const { issuer, options } = this;
    if (!issuer) return;
    reportProblems(scope, () => [
      ...wrongType('tls.duration', options.duration, DURATION),
      ...wrongType('tls.renewBefore', options.renewBefore, DURATION),
    ]);
    resource(scope, id, {
      gvk: Certificate.GVK,
      metadata: { name: place.name, namespace: place.namespace },
      fields: {
        spec: () => toJson_CertificateSpec({
          secretName: place.name,
          dnsNames: [...place.hosts],
          issuerRef: { name: issuer.name, kind: issuer.kind, group: issuer.group },
          // a key that is never changed outlives every certificate made with it
          privateKey: { algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA, size: 256, rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS },
          duration: goDuration(options.duration),
          renewBefore: goDuration(options.renewBefore),
        }),
      },
    });
  }
}

/** Name of the Certificate of a host. */
export function certificateName(host: string): string {
  return `${host.replace(/^\*\./, 'wildcard.').replace(/\./g, '-')}-tls`;
}
