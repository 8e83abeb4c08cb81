import { Construct } from 'constructs';
import { METRICS } from './container-service-problems';
import type { WorkloadAttributes, WorkloadMetricsAttributes } from './workload-props';
import { ClusterProfile } from '../core/cluster-profile';
import { podMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { MetricsEndpoint } from '../core/monitorable';
import { namespaceOf } from '../core/names';
import { ProblemReport } from '../core/problem';
import { WorkloadKind } from '../core/workload';
import { Expected, memberOf, NUMBER, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** Where an adapted workload knows itself from. */
export interface WorkloadSource {
  readonly name: string;
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly host: string;
  readonly port: number;
  readonly policyPorts: number[];
  readonly podSelector: { [key: string]: string };
  readonly serviceAccountName: string;
  readonly membership: MeshMembership;
  /** Where the pods show their metrics; undefined where nobody said. */
  readonly metrics?: MetricsEndpoint;
  /** Says that Prometheus comes to the pods past the mesh. */
  openForScraping(): void;
  problems(): ProblemReport[];
}

const NUMBERS: Expected<number[]> = {
  what: 'a list of numbers',
  fix: 'pass an array of port numbers',
  holds: (value): value is number[] => Array.isArray(value) && value.every(entry => typeof entry === 'number'),
};

/** A workload as its author described it. */
export class AttributesSource implements WorkloadSource {
  public readonly kind = WorkloadKind.OTHER;

  private readonly attributes: WorkloadAttributes;

  constructor(private readonly construct: Construct, attributes: WorkloadAttributes) {
    this.attributes = attributes ?? {};
  }

  public get name(): string {
    return usable(this.attributes.name, TEXT) ?? this.construct.node.id;
  }

  public get namespace(): string {
    return usable(this.attributes.namespace, TEXT) ?? namespaceOf(this.construct);
  }

  public get host(): string {
    return ClusterProfile.of(this.construct).serviceHost(usable(this.attributes.serviceName, TEXT) ?? this.name, this.namespace);
  }

  public get port(): number {
    return usable(this.attributes.servicePort, NUMBER) ?? 80;
  }

  public get policyPorts(): number[] {
    return [...usable(this.attributes.podPorts, NUMBERS) ?? [this.port]];
  }

  public get podSelector(): { [key: string]: string } {
    return { ...usable(this.attributes.podSelector, TEXT_MAP) };
  }

  public get serviceAccountName(): string {
    return usable(this.attributes.serviceAccountName, TEXT) ?? 'default';
  }

  public get membership(): MeshMembership {
    return this.attributes.mesh ?? podMembership(this.construct, this.namespace, this.podSelector);
  }

  public get metrics(): MetricsEndpoint | undefined {
    const given = usable(this.attributes.metrics, METRICS) as WorkloadMetricsAttributes | undefined;
    return given && { portName: String(given.portName), port: given.port, path: usable(given.path, TEXT) ?? '/metrics' };
  }

  // the pods are another app's, which has to open the port itself
  public openForScraping(): void {}

  public problems(): ProblemReport[] {
    const { name, namespace, serviceName, servicePort, podPorts, podSelector, serviceAccountName, mesh, metrics } = this.attributes;
    return [
      ...wrongType('name', name, TEXT),
      ...wrongType('namespace', namespace, TEXT),
      ...wrongType('serviceName', serviceName, TEXT),
      ...wrongType('servicePort', servicePort, NUMBER),
      ...wrongType('podPorts', podPorts, NUMBERS),
      ...wrongType('podSelector', podSelector, TEXT_MAP),
      ...wrongType('serviceAccountName', serviceAccountName, TEXT),
      ...wrongType('mesh', mesh, memberOf('MeshMembership', MeshMembership)),
      ...wrongType('metrics', metrics, METRICS),
      ...metrics ? wrongType('metrics.portName', metrics.portName ?? 5, TEXT) : [],
      ...Object.keys(this.podSelector).length > 0 ? [] : [{
        code: 'SM0183',
        field: 'podSelector',
        value: podSelector,
        reason: 'a selector without labels selects every pod of the namespace, so a policy on this workload would hold for all of them',
        fix: 'name the labels that only the pods of this workload carry',
      }],
    ];
  }
}
