import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Autoscaling } from './autoscaling';
import type { ContainerSettings, InitContainer, SidecarContainer } from './container-props';
import type { HealthCheck } from './health-check';
import type { PodSettings } from './pod-props';
import type { Revision } from './revision';
import type { ServicePort } from './service-port';
import type { ServiceVisibility } from './service-visibility';
import type { Traffic } from './traffic';
import type { ActivatorStrategy } from '../core/activator-strategy';

/** What a serverless service is. */
export interface ServerlessServiceProps extends ContainerSettings, PodSettings {
  /**
   * Image of the application, best with a digest or with a tag that is never pushed twice. Knative resolves a tag to a digest once, when a
   * revision is made.
   */
  readonly image: string;

  /**
   * Name of the service and first part of its host: a DNS-1035 label of at most 63 characters. Another name is another service.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Port and protocol of the application.
   * @default ServicePort.http1(8080)
   */
  readonly port?: ServicePort;

  /**
   * How Knative finds out that a pod can take requests.
   * @default - ready as soon as the port accepts connections, asked in Knative's own rhythm
   */
  readonly readiness?: HealthCheck;

  /**
   * How the kubelet finds out that the container has to be restarted. Leave it out unless a restart really heals: a pod that is merely slow
   * is restarted too.
   * @default - only when it ends
   */
  readonly liveness?: HealthCheck;

  /**
   * How the kubelet finds out that the container has started; liveness waits for it. For what takes long to start, such as a model that is loaded.
   * @default - it has started as soon as it runs
   */
  readonly startup?: HealthCheck;

  /**
   * Containers that run beside the one that takes the requests.
   * @default - none
   */
  readonly sidecars?: SidecarContainer[];

  /**
   * Containers that end before the others start, one after the other. Need the feature flag `kubernetes.podspec-init-containers`.
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * What the autoscaler aims at and how far it goes.
   * @default - the cluster's settings; as shipped from zero to unlimited pods at 70 requests in flight per pod
   */
  readonly autoscaling?: Autoscaling;

  /**
   * How the revision is called that this service describes: `Revision.named('v2')` or `Revision.hashed()`. What is pinned later needs a name
   * that is known beforehand.
   * @default - Knative numbers revisions: `<service>-00001`
   */
  readonly revision?: Revision;

  /**
   * How requests are split over the revisions.
   * @default - everything to whichever revision got ready last
   */
  readonly traffic?: Traffic;

  /**
   * Requests that a pod takes at a time; more wait in the queue-proxy. 0 is unlimited.
   * @default - the cluster's `container-concurrency`, unlimited as shipped
   */
  readonly containerConcurrency?: number;

  /**
   * How long a request may take, in whole seconds, at most the cluster's `max-revision-timeout-seconds` (600 as shipped).
   * @default - the cluster's `revision-timeout-seconds`, 300 seconds as shipped
   */
  readonly timeout?: Duration;

  /**
   * How long the first byte of the response may take, in whole seconds, at most the timeout.
   * @default - the cluster's `revision-response-start-timeout-seconds`, as long as the timeout as shipped
   */
  readonly responseStartTimeout?: Duration;

  /**
   * How long a response may pause between two bytes, in whole seconds, at most the timeout.
   * @default - the cluster's `revision-idle-timeout-seconds`, unlimited as shipped
   */
  readonly idleTimeout?: Duration;

  /**
   * Service account of the pods. In the mesh it is the identity that policies see, so two services that share one cannot be told apart.
   * @default - an account of its own, named as the service, whose token is not mounted
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * From where the service can be reached.
   * @default ServiceVisibility.CLUSTER_LOCAL
   */
  readonly visibility?: ServiceVisibility;

  /**
   * What policies rely on while Knative's activator may stand between caller and pod. Needed as soon as the service is granted to a caller.
   * @default - undecided
   */
  readonly activatorStrategy?: ActivatorStrategy;

  /**
   * Whether the pods are in the mesh.
   * @default true where the cluster has a mesh and the namespace does not keep out of it
   */
  readonly inMesh?: boolean;

  /**
   * Further labels of the Service.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations of the Service. Those of `autoscaling.knative.dev` belong to the template.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Further labels of the revision template and so of the pods; they win over the labels of this construct.
   * @default - none
   */
  readonly templateLabels?: { [key: string]: string };

  /**
   * Further annotations of the revision template and so of the pods; they win over the annotations of this construct.
   * @default - none
   */
  readonly templateAnnotations?: { [key: string]: string };

  /**
   * CPU, memory and ephemeral storage of Knative's queue-proxy in each pod.
   * @default - the cluster's (`config-deployment`): as shipped a request of 25m CPU, and no limits unless `queueproxy.resource-defaults` is on
   */
  readonly queueProxyResources?: kplus.ContainerResources;
}
