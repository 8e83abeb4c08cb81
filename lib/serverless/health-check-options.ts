import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';

/** How often and how patiently a container is asked how it is doing. */
export interface HealthCheckOptions {
  /**
   * Time between two checks, in whole seconds. `Duration.seconds(0)` is the default by name.
   * @default - for readiness Knative's own rhythm, several checks a second while the pod starts, which makes for the shortest cold start; otherwise
   * 10 seconds
   */
  readonly period?: Duration;

  /**
   * Time before the first check, in whole seconds.
   * @default Duration.seconds(0)
   */
  readonly initialDelay?: Duration;

  /**
   * How long a check may take, in whole seconds. For readiness it needs a period.
   * @default Duration.seconds(1), with Knative's own rhythm what Knative sees fit
   */
  readonly timeout?: Duration;

  /**
   * Failures in a row after which the check counts as failed. For readiness it needs a period.
   * @default 3, with Knative's own rhythm what Knative sees fit
   */
  readonly failureThreshold?: number;

  /**
   * Successes in a row after which the check counts as passed: at least 1, for liveness and startup no more.
   * @default 1
   */
  readonly successThreshold?: number;
}

/** How a health check over HTTP is made. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Port that is asked, 1 to 65535.
   * @default - the port on which the container takes requests; containers that take none have to name it
   */
  readonly port?: number;

  /**
   * Whether TLS is spoken. The certificate is not verified.
   * @default ConnectionScheme.HTTP
   */
  readonly scheme?: kplus.ConnectionScheme;

  /**
   * Headers of the request.
   * @default - none but those of Knative and the kubelet
   */
  readonly headers?: { [name: string]: string };

  /**
   * Host that is asked.
   * @default - the pod
   */
  readonly host?: string;
}

/** How a health check by connecting is made. */
export interface TcpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Port that is asked, 1 to 65535.
   * @default - the port on which the container takes requests; containers that take none have to name it
   */
  readonly port?: number;

  /**
   * Host that is asked.
   * @default - the pod
   */
  readonly host?: string;
}

/** How a gRPC health check is made. */
export interface GrpcHealthCheckOptions extends HealthCheckOptions {
  /**
   * Port that is asked, 1 to 65535.
   * @default - the port on which the container takes requests; containers that take none have to name it
   */
  readonly port?: number;

  /**
   * Service that is asked for in the `grpc.health.v1.Health` request.
   * @default - the server as a whole
   */
  readonly service?: string;
}

/** How a health check by command is made. */
export interface CommandHealthCheckOptions extends HealthCheckOptions {
}
