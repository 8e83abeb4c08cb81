import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { HostRule } from './host-rule';
import { policyProblems } from './policy-problems';
import { HostTrafficSettings, TrafficSettings } from './traffic-settings';
import { Intents } from '../../core/intents';
import { reportProblems } from '../../core/problem';
import { IRouteTarget, isWorkloadVersion, IWorkloadVersion, knativeServiceOf } from '../../core/route-target';
import { TEXT, usable } from '../../core/wrong-type';

/** How clients' proxies send requests to a host. */
export interface TrafficPolicyProps extends HostTrafficSettings {
  /**
   * Where the requests go: a workload, a version of one, an external service or another host of the mesh. No serverless service: Knative routes past
   * the DestinationRule of its host.
   */
  readonly target: IRouteTarget;

  /**
   * Labels of the pods that follow it, in the namespace of this construct. They then have a DestinationRule of their own, in which everything stands
   * that was said for all.
   * @default - all clients
   */
  readonly clients?: { [key: string]: string };

  /**
   * Namespaces that see it: `.` is its own, `*` every one.
   * @default - every one
   */
  readonly exportTo?: string[];
}

/**
 * How clients' proxies send requests to a host: whom they choose, how many at a time, whom they leave out, what they put around them. Everything that
 * is said of a host becomes its one DestinationRule.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class TrafficPolicy extends Construct {
  /** The DestinationRule of the host, as an escape hatch; undefined for a target that cannot have one. */
  public readonly apiObject?: ApiObject;

  /** @internal */
  public readonly _props: TrafficPolicyProps;
  /** @internal */
  public readonly _settings: { readonly field: string; readonly settings: HostTrafficSettings; readonly version?: IWorkloadVersion }[] = [];
  private readonly rule?: HostRule;

  constructor(scope: Construct, id: string, props: TrafficPolicyProps) {
    super(scope, id);
    Intents.of(this);
    this._props = props ?? {};
    const { target, clients, exportTo } = this._props;
    reportProblems(this, () => policyProblems(this));
    if (usable(target?.serviceHost, TEXT) === undefined || knativeServiceOf(target) !== undefined) return;

    this.rule = HostRule.ensure(target, this, clients);
    this.apiObject = this.rule.apiObject;
    if (exportTo !== undefined) this.rule.exportTo(this, exportTo);
    this.record('', this._props, isWorkloadVersion(target) ? target : undefined);
  }

  /**
   * Says what differs at a port of the host; the rest stays as it is for the host.
   * @param port port of the Service
   * @param settings what differs
   */
  public addPort(port: number, settings: TrafficSettings): void {
    const { target } = this._props;
    this.record(`port(${port})`, settings, isWorkloadVersion(target) ? target : undefined, port);
  }

  /**
   * Says what differs for a version of the workload; the rest stays as it is for the host.
   * @param version a version of the target
   * @param settings what differs
   */
  public addVersion(version: IWorkloadVersion, settings: HostTrafficSettings = {}): void {
    this.record(`version(${version?.subset})`, settings, version);
  }

  /**
   * Says what differs for a version of the workload at a port.
   * @param version a version of the target
   * @param port port of the Service
   * @param settings what differs
   */
  public addVersionPort(version: IWorkloadVersion, port: number, settings: TrafficSettings): void {
    this.record(`version(${version?.subset}).port(${port})`, settings, version, port);
  }

  private record(field: string, settings: HostTrafficSettings, version?: IWorkloadVersion, port?: number): void {
    const said = settings ?? {};
    this._settings.push({ field, settings: said, version });
    if (version !== undefined) this.rule?.addVersion(version);
    this.rule?.addSettings({ construct: this, version: version?.subset, port, settings: said });
  }
}
