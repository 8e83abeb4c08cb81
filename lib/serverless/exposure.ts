import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { exposureProblems, TLS } from './exposure-problems';
import { ClusterDomainClaim, toJson_ClusterDomainClaimSpec } from '../../imports/networking.internal.knative.dev';
import { DomainMapping, toJson_DomainMappingSpec } from '../../imports/serving.knative.dev';
import { ClusterProfile } from '../core/cluster-profile';
import { exposuresOf, needsRoute } from '../core/exposure';
import { Intents } from '../core/intents';
import { freeId } from '../core/names';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { certificateName, Tls } from '../core/tls';
import { IWorkload } from '../core/workload';
import { TEXT, usable } from '../core/wrong-type';

/** How a service is reached from outside. */
export interface ExposeOptions {
  /**
   * The part of the host that is the service's: this path and all below it. Needs the mesh, whose gateway then routes to the service.
   * @default - the whole host
   */
  readonly path?: string;

  /**
   * What the service sees in place of `path`: with path `/users` and rewrite `/`, a request for `/users/7` arrives as `/7`.
   * @default - requests arrive with the path that the client sent
   */
  readonly rewrite?: string;

  /**
   * The certificate of the host. One exposure of a host has to say it, or the `MeshGateway` that has the host.
   * @default - what another exposure of the same host says
   */
  readonly tls?: Tls;

  /**
   * Whether plain text requests are answered with a redirect to https.
   * @default true where there is a certificate
   */
  readonly httpsRedirect?: boolean;
}

/**
 * A host, or a part of one, at which clients from outside reach a service.
 *
 * @see https://knative.dev/docs/serving/services/custom-domains/
 */
export class Exposure extends Construct {
  /** @internal */
  public static _of(workload: IWorkload, host: string, options: ExposeOptions = {}, contradiction = false): Exposure {
    return new Exposure(workload as unknown as Construct, workload, host, options ?? {}, contradiction);
  }

  /** @internal */
  public static _arrange(intents: Intents, host: string): void {
    const route = needsRoute(intents, host);
    for (const { construct } of exposuresOf(intents, host)) {
      if (construct instanceof Exposure) construct.map(!route);
    }
  }

  /** The host. */
  public readonly host: string;
  /** The path that it begins at. */
  public readonly path: string;
  /** The workload behind it. */
  public readonly workload: IWorkload;

  private readonly options: ExposeOptions;

  private constructor(scope: Construct, workload: IWorkload, host: string, options: ExposeOptions, contradiction: boolean) {
    super(scope, freeId(scope, `Exposure-${host}${options.path ?? ''}`.replace(/\//g, '-')));
    this.host = host;
    this.path = usable(options.path, TEXT) ?? '/';
    this.workload = workload;
    this.options = { ...options, path: usable(options.path, TEXT), rewrite: usable(options.rewrite, TEXT), tls: usable(options.tls, TLS) };
    reportProblems(this, () => exposureProblems(this, { ...options, host, contradiction }));
    if (TEXT.holds(host)) Intents.of(this).exposures.add({ ...this.options, workload, host, construct: this });
  }

  /** Where clients reach the service. */
  public get url(): string {
    const encrypted = exposuresOf(Intents.of(this), this.host).some(({ tls }) => tls?.encrypts);
    return `${encrypted ? 'https' : 'http'}://${this.host}${this.path === '/' ? '' : this.path}`;
  }

  /** The DomainMapping, as an escape hatch; undefined where a gateway of the mesh has the host. */
  public get apiObject(): ApiObject | undefined {
    return this.node.tryFindChild('Resource') as ApiObject | undefined;
  }

  private map(wanted: boolean): void {
    if (wanted === (this.apiObject !== undefined)) return;
    if (wanted) this.makeMapping();
    else ['Resource', 'Claim', 'Certificate'].forEach(child => this.node.tryRemoveChild(child));
  }

  private makeMapping(): void {
    const { host, options: { tls, httpsRedirect } } = this;
    const namespace = this.workload.workloadNamespace;
    const secretName = tls?._secretName(certificateName(host));
    if (!ClusterProfile.of(this).autocreateDomainClaims) {
      resource(this, 'Claim', {
        gvk: ClusterDomainClaim.GVK,
        metadata: { name: host },
        clusterScoped: true,
        fields: { spec: () => toJson_ClusterDomainClaimSpec({ namespace }) },
      });
    }
    tls?._certificate(this, 'Certificate', { name: certificateName(host), namespace, hosts: [host] });
    resource(this, 'Resource', {
      gvk: DomainMapping.GVK,
      metadata: {
        name: host,
        namespace,
        ...secretName !== undefined && httpsRedirect !== false ? { annotations: { 'networking.knative.dev/http-protocol': 'redirected' } } : {},
      },
      fields: {
        spec: () => toJson_DomainMappingSpec({
          ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: this.workload.workloadName, namespace },
          tls: secretName === undefined ? undefined : { secretName },
        }),
      },
    });
  }
}
