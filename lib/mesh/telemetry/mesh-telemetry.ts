import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { renderAccessLog, renderMetrics, renderTracing } from './render-telemetry';
import { AccessLogOptions, MeshMetricsOptions, MeshTracingOptions } from './telemetry-options';
import { telemetryProblems } from './telemetry-problems';
import { Telemetry, TelemetrySpec, toJson_TelemetrySpec } from '../../../imports/telemetry.istio.io';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { Expected, usable, wrongType } from '../../core/wrong-type';
import { attachmentOf, targetName } from '../policy-target';

/** What proxies log, count and trace. */
export interface MeshTelemetryProps {
  /**
   * Whose proxies: a workload's, a `MeshGateway`'s, a `Waypoint`'s, or those of pods that the app does not make (`RequestTarget.pods`). Before a workload in
   * ambient mode it is the waypoint.
   * @default - all of the namespace
   */
  readonly target?: IRequestTarget;

  /**
   * The namespace, where no target is named. In that of the mesh-wide configuration it holds for all.
   * @default - the chart's, or `default` where the chart names none
   */
  readonly namespace?: string;

  /**
   * What is logged of requests.
   * @default - what wider settings say
   */
  readonly accessLogs?: AccessLogOptions[];

  /**
   * What is counted.
   * @default - what wider settings say
   */
  readonly metrics?: MeshMetricsOptions[];

  /**
   * What is traced.
   * @default - what wider settings say
   */
  readonly tracing?: MeshTracingOptions[];
}

const OWNERS = new WeakMap<IConstruct, Map<unknown, MeshTelemetry>>();

/**
 * What proxies log, count and trace. Istio takes one Telemetry for a namespace and one for a workload; so several of these for the same
 * become one.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class MeshTelemetry extends Construct {
  /** The Telemetry, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _accessLogs: AccessLogOptions[] = [];
  /** @internal */
  public readonly _metrics: MeshMetricsOptions[] = [];
  /** @internal */
  public readonly _tracing: MeshTracingOptions[] = [];
  /** @internal */
  public readonly _target?: IRequestTarget;
  private readonly owner: MeshTelemetry;

  constructor(scope: Construct, id: string, props: MeshTelemetryProps = {}) {
    super(scope, id);
    const { root } = Intents.of(this);
    const namespace = props.target?.workloadNamespace ?? props.namespace ?? namespaceOf(this);
    const owners = OWNERS.get(root) ?? new Map<unknown, MeshTelemetry>();
    OWNERS.set(root, owners);
    const key = props.target ?? namespace;
    this._target = props.target;
    this.owner = owners.get(key) ?? this;
    owners.set(key, this.owner);
    this.apiObject = this.owner === this ? this.render(namespace) : this.owner.apiObject;
    usable(props.accessLogs, LIST)?.forEach(options => this.addAccessLog(options));
    usable(props.metrics, LIST)?.forEach(options => this.addMetrics(options));
    usable(props.tracing, LIST)?.forEach(options => this.addTracing(options));
    reportProblems(this, () => [
      ...wrongType('accessLogs', props.accessLogs, LIST), ...wrongType('metrics', props.metrics, LIST), ...wrongType('tracing', props.tracing, LIST),
    ]);
    if (this.owner === this) reportProblems(this, () => telemetryProblems(this));
  }

  /** Has requests logged. */
  public addAccessLog(options: AccessLogOptions): void {
    this.owner._accessLogs.push(options);
  }

  /** Changes what is counted. */
  public addMetrics(options: MeshMetricsOptions): void {
    this.owner._metrics.push(options);
  }

  /** Has requests traced. */
  public addTracing(options: MeshTracingOptions): void {
    this.owner._tracing.push(options);
  }

  private render(namespace: string): ApiObject {
    const target = this._target;
    return resource(this, 'Resource', {
      gvk: Telemetry.GVK,
      metadata: { name: target ? targetName(target, this) : 'default', namespace },
      fields: { spec: () => toJson_TelemetrySpec({ ...target ? attachmentOf(target) : {}, ...this.sections() }) },
    });
  }

  private sections(): Pick<TelemetrySpec, 'accessLogging' | 'metrics' | 'tracing'> {
    return {
      accessLogging: some(this._accessLogs.map(renderAccessLog)),
      metrics: some(this._metrics.map(renderMetrics)),
      tracing: some(this._tracing.map(renderTracing)),
    };
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const LIST: Expected<any[]> = { what: 'a list', fix: 'put it into brackets: several may be said', holds: Array.isArray };

function some<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}
