import type * as kplus from 'cdk8s-plus-28';
import type { ContainerPort } from './container-port';
import type { ContainerTemplateProps } from './container-template-props';

/** Where the pods show their metrics. */
export interface ContainerMetrics {
  /** Number of the port in the container. Where Prometheus is outside of the mesh it has to be one that takes no requests. */
  readonly port: number;

  /**
   * HTTP path.
   * @default '/metrics'
   */
  readonly path?: string;
}

/** What a container service is. */
export interface ContainerServiceProps extends ContainerTemplateProps {
  /** Image of the application, best with a digest or with a tag that is never pushed twice. */
  readonly image: string;

  /**
   * Name of the service and first part of its host: a DNS-1035 label of at most 63 characters. Another name is another service.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Name of the version that these properties describe: value of the label `version` and, once it is said, part of the Deployment's name.
   * The selector of a Deployment cannot be changed, so another name is another Deployment.
   * @default - `v1`, run by a Deployment that is called as the service
   */
  readonly version?: string;

  /**
   * Ports on which the application takes requests; the first is the one that callers reach unless they say otherwise.
   * @default [ContainerPort.http(8080)]
   */
  readonly ports?: ContainerPort[];

  /**
   * Where the pods show their metrics. Needed to monitor the service.
   * @default - nowhere
   */
  readonly metrics?: ContainerMetrics;

  /**
   * Service account of the pods. In the mesh it is the identity that policies see, so two services that share one cannot be told apart.
   * @default - an account of its own, named as the service, whose token is not mounted
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Whether the pods are in the mesh.
   * @default true where the cluster has a mesh and the namespace does not keep out of it
   */
  readonly inMesh?: boolean;

  /**
   * Further labels of the Service and the Deployments.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations of the Service and the Deployments.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
