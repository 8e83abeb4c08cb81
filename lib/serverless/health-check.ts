import { Duration } from 'cdk8s';
import { wholeSeconds } from './durations';
import { ServiceSpecTemplateSpecContainersReadinessProbe as ReadinessProbe } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { DURATION, NUMBER, TEXT, usable, wrongType } from '../core/wrong-type';

/** How often and how patiently an application is asked whether it is ready. */
export interface HealthCheckOptions {
  /**
   * Time between two checks, in whole seconds.
   * @default - Knative's own rhythm: several checks a second while the pod starts, which makes for the shortest cold start
   */
  readonly period?: Duration;

  /**
   * Time before the first check, in whole seconds.
   * @default Duration.seconds(0)
   */
  readonly initialDelay?: Duration;

  /**
   * How long a check may take, in whole seconds. Needs a period.
   * @default Duration.seconds(1), with Knative's own rhythm what Knative sees fit
   */
  readonly timeout?: Duration;

  /**
   * Failures in a row after which a ready pod counts as not ready. Needs a period.
   * @default 3, with Knative's own rhythm what Knative sees fit
   */
  readonly failureThreshold?: number;

  /**
   * Successes in a row after which the pod counts as ready, at least 1.
   * @default 1
   */
  readonly successThreshold?: number;
}

/** How a gRPC health check is made. */
export interface GrpcHealthCheckOptions extends HealthCheckOptions {
  /**
   * Service that is asked for in the `grpc.health.v1.Health` request.
   * @default - the server as a whole
   */
  readonly service?: string;
}

/**
 * How Knative finds out that a pod can take requests. Checks go to the port on which the application serves.
 *
 * @see https://knative.dev/docs/serving/services/configure-probing/
 */
export class HealthCheck {
  /**
   * Ready when a GET is answered with a status from 200 to 399.
   * @param path path that is asked for, beginning with `/`
   */
  public static http(path: string, options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ httpGet: { path } }, options, () => wrongType('readiness.path', path, TEXT));
  }

  /** Ready when the port accepts connections. */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ tcpSocket: {} }, options);
  }

  /** Ready when the server's gRPC health service says SERVING. */
  public static grpc(options: GrpcHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ grpc: { service: options?.service } }, options, () => wrongType('readiness.service', options?.service, TEXT));
  }

  private constructor(
    private readonly handler: ReadinessProbe,
    private readonly options: HealthCheckOptions,
    private readonly handlerProblems: () => ProblemReport[] = () => [],
  ) {}

  /** @internal */
  public _toProbe(): ReadinessProbe {
    const options = this.options ?? {};
    return {
      ...this.handler,
      periodSeconds: wholeSeconds(options.period),
      initialDelaySeconds: wholeSeconds(options.initialDelay),
      timeoutSeconds: wholeSeconds(options.timeout),
      failureThreshold: usable(options.failureThreshold, NUMBER),
      successThreshold: usable(options.successThreshold, NUMBER),
    };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    const options = this.options ?? {};
    return [
      ...this.handlerProblems(),
      ...wrongType('readiness.period', options.period, DURATION),
      ...wrongType('readiness.initialDelay', options.initialDelay, DURATION),
      ...wrongType('readiness.timeout', options.timeout, DURATION),
      ...wrongType('readiness.failureThreshold', options.failureThreshold, NUMBER),
      ...wrongType('readiness.successThreshold', options.successThreshold, NUMBER),
    ];
  }
}
