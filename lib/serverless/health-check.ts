import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { CommandHealthCheckOptions, GrpcHealthCheckOptions, HealthCheckOptions, HttpHealthCheckOptions, TcpHealthCheckOptions } from './health-check-options';
import { ServiceSpecTemplateSpecContainersReadinessProbe as Probe } from '../../imports/serving.knative.dev';
import { secondsSaid } from '../core/durations';
import { ProblemReport } from '../core/problem';
import { DURATION, NUMBER, TEXT, TEXT_MAP, TEXTS, usable, wrongType } from '../core/wrong-type';

export * from './health-check-options';

type Handler = (port: number | undefined) => Probe;

/**
 * How Knative and the kubelet find out how a container is doing. Checks of the container that takes the requests go to the port on which it
 * does; those of other containers name their port.
 *
 * @see https://knative.dev/docs/serving/services/configure-probing/
 */
export class HealthCheck {
  /**
   * Healthy when a GET is answered with a status from 200 to 399.
   * @param path path that is asked for, beginning with `/`
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, port => ({
      httpGet: {
        path,
        port: usable(options?.port, NUMBER) ?? port,
        host: usable(options?.host, TEXT),
        scheme: usable(options?.scheme as kplus.ConnectionScheme | undefined, TEXT),
        httpHeaders: headersOf(options?.headers),
      },
    }), at => [
      ...wrongType(`${at}.path`, path, TEXT),
      ...wrongType(`${at}.port`, options?.port, NUMBER),
      ...wrongType(`${at}.host`, options?.host, TEXT),
      ...wrongType(`${at}.scheme`, options?.scheme, TEXT),
      ...wrongType(`${at}.headers`, options?.headers, TEXT_MAP),
    ]);
  }

  /** Healthy when the port accepts connections. */
  public static tcp(options: TcpHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, port => ({ tcpSocket: { port: usable(options?.port, NUMBER) ?? port, host: usable(options?.host, TEXT) } }), at => [
      ...wrongType(`${at}.port`, options?.port, NUMBER),
      ...wrongType(`${at}.host`, options?.host, TEXT),
    ]);
  }

  /** Healthy when the server's gRPC health service says SERVING. */
  public static grpc(options: GrpcHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, port => ({ grpc: { service: usable(options?.service, TEXT), port: usable(options?.port, NUMBER) ?? port } }), at => [
      ...wrongType(`${at}.service`, options?.service, TEXT),
      ...wrongType(`${at}.port`, options?.port, NUMBER),
    ]);
  }

  /**
   * Healthy when a command ends with status 0. The kubelet runs it, at least a second apart: for a short cold start ask a port.
   * @param command the command and its arguments, without a shell
   */
  public static command(command: string[], options: CommandHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, () => ({ exec: { command: usable(command, TEXTS) } }), at => wrongType(`${at}.command`, command, TEXTS));
  }

  private constructor(
    private readonly options: HealthCheckOptions,
    private readonly handler: Handler,
    private readonly handlerProblems: (at: string) => ProblemReport[],
  ) {}

  /**
   * The probe, which asks a port where it names none of its own.
   * @internal
   */
  public _toProbe(port?: number): Probe {
    const options = this.options ?? {};
    return {
      ...this.handler(port),
      periodSeconds: secondsSaid(options.period),
      initialDelaySeconds: secondsSaid(options.initialDelay),
      timeoutSeconds: secondsSaid(options.timeout),
      failureThreshold: usable(options.failureThreshold, NUMBER),
      successThreshold: usable(options.successThreshold, NUMBER),
    };
  }

  /** @internal */
  public _problems(at: string): ProblemReport[] {
    const options = this.options ?? {};
    const durations: ['period', 'initialDelay', 'timeout'] = ['period', 'initialDelay', 'timeout'];
    return [
      ...this.handlerProblems(at),
      ...durations.flatMap(name => wrongType(`${at}.${name}`, options[name] as Duration | undefined, DURATION)),
      ...wrongType(`${at}.failureThreshold`, options.failureThreshold, NUMBER),
      ...wrongType(`${at}.successThreshold`, options.successThreshold, NUMBER),
    ];
  }
}

function headersOf(headers: { [name: string]: string } | undefined): { name: string; value: string }[] | undefined {
  const given = Object.entries(usable(headers, TEXT_MAP) ?? {}).map(([name, value]) => ({ name, value }));
  return given.length > 0 ? given : undefined;
}
