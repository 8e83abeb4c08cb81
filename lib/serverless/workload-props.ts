import type * as kplus from 'cdk8s-plus-28';
import type { ContainerMetrics } from './container-service-props';
import type { MeshMembership } from '../core/mesh-mode';

/** A Deployment and the Service in front of it. */
export interface DeploymentWorkloadProps {
  /** What runs the pods. */
  readonly deployment: kplus.Deployment;

  /** The Service that clients call. */
  readonly service: kplus.Service;

  /**
   * Whether and how the pods are in the mesh.
   * @default - what the labels of the pods say, otherwise those of the namespace; outside of the mesh where neither says a word
   */
  readonly mesh?: MeshMembership;

  /**
   * Where the pods show their metrics, on a port that a container declares by name. Where Prometheus is outside of a sidecar mesh, the sidecars leave it alone.
   * @default - nowhere
   */
  readonly metrics?: ContainerMetrics;
}

/** A StatefulSet and a Service in front of it. */
export interface StatefulSetWorkloadProps {
  /** What runs the pods. */
  readonly statefulSet: kplus.StatefulSet;

  /**
   * The Service that clients call.
   * @default - the one that governs the StatefulSet
   */
  readonly service?: kplus.Service;

  /**
   * Whether and how the pods are in the mesh.
   * @default - what the labels of the pods say, otherwise those of the namespace; outside of the mesh where neither says a word
   */
  readonly mesh?: MeshMembership;

  /**
   * Where the pods show their metrics, on a port that a container declares by name. Where Prometheus is outside of a sidecar mesh, the sidecars leave it alone.
   * @default - nowhere
   */
  readonly metrics?: ContainerMetrics;
}

/** Where the pods of a workload show their metrics that the app does not contain. */
export interface WorkloadMetricsAttributes extends ContainerMetrics {
  /** Name of the container port. */
  readonly portName: string;
}

/** How a workload looks from outside. */
export interface WorkloadAttributes {
  /** Name of the object that runs the pods. */
  readonly name: string;

  /**
   * Namespace of the pods.
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Name of the Service in front of the pods, in their namespace.
   * @default - the name of the workload
   */
  readonly serviceName?: string;

  /**
   * Port of the Service, 1 to 65535.
   * @default 80
   */
  readonly servicePort?: number;

  /**
   * Ports of the pods behind the Service's port, 1 to 65535: the Service's `targetPort`. Policies see these.
   * @default - the port of the Service
   */
  readonly podPorts?: number[];

  /** Labels that select the pods and that no other pods of the namespace carry. */
  readonly podSelector: { [key: string]: string };

  /**
   * Service account of the pods.
   * @default 'default'
   */
  readonly serviceAccountName?: string;

  /**
   * Whether and how the pods are in the mesh.
   * @default - what their namespace says, in the app or in the cluster profile; outside of the mesh where nothing is known
   */
  readonly mesh?: MeshMembership;

  /**
   * Where the pods show their metrics. A Prometheus outside of a sidecar mesh gets there only if the pods are annotated to leave the port alone
   * (`traffic.sidecar.istio.io/excludeInboundPorts`).
   * @default - nowhere
   */
  readonly metrics?: WorkloadMetricsAttributes;
}
