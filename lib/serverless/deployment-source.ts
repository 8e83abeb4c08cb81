import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { METRICS } from './container-service-problems';
import type { ContainerMetrics } from './container-service-props';
import { WorkloadSource } from './workload-source';
import { ClusterProfile } from '../core/cluster-profile';
import { podMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { MetricsEndpoint } from '../core/monitorable';
import { namespaceOf } from '../core/names';
import { ProblemReport } from '../core/problem';
import { render } from '../core/rendering';
import { WorkloadKind } from '../core/workload';
import { Expected, memberOf, TEXT, usable, wrongType } from '../core/wrong-type';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const EXCLUDE_INBOUND_PORTS = 'traffic.sidecar.istio.io/excludeInboundPorts';

/** The objects of cdk8s-plus that a workload is read off. */
export interface PodOwner {
  /** The Deployment or StatefulSet. */
  readonly owner: IConstruct;
  /** The property that it was passed as. */
  readonly property: 'deployment' | 'statefulSet';
  readonly service: IConstruct | undefined;
  readonly mesh?: MeshMembership;
  readonly metrics?: ContainerMetrics;
}

const KINDS = { deployment: 'Deployment', statefulSet: 'StatefulSet' } as const;

/** A Deployment or StatefulSet and its Service, as they will be written. */
export class DeploymentSource implements WorkloadSource {
  public readonly kind: WorkloadKind;

  constructor(private readonly construct: Construct, private readonly props: PodOwner) {
    this.kind = props.property === 'deployment' ? WorkloadKind.DEPLOYMENT : WorkloadKind.OTHER;
  }

  public get name(): string {
    return this.deployment.metadata?.name ?? this.construct.node.id;
  }

  public get namespace(): string {
    return this.deployment.metadata?.namespace ?? namespaceOf(this.construct);
  }

  public get host(): string {
    return ClusterProfile.of(this.construct).serviceHost(this.service.metadata?.name ?? this.construct.node.id, this.namespace);
  }

  public get port(): number {
    return this.servicePorts[0]?.port ?? 80;
  }

  public get policyPorts(): number[] {
    const behind = this.servicePorts.map(({ port, targetPort }) => this.numberOf(targetPort ?? port));
    return [...new Set(behind.filter((port): port is number => port !== undefined))];
  }

  public get podSelector(): { [key: string]: string } {
    return { ...this.deployment.spec?.selector?.matchLabels };
  }

  public get serviceAccountName(): string {
    return this.podTemplate.spec?.serviceAccountName ?? 'default';
  }

  public get membership(): MeshMembership {
    return this.props.mesh
      ?? podMembership(this.construct, this.namespace, this.podLabels, this.podTemplate.spec?.hostNetwork === true);
  }

  public problems(): ProblemReport[] {
    const wrong = [
      ...wrongType(this.props.property, this.props.owner ?? 'nothing', ownerOf(KINDS[this.props.property])),
      ...wrongType('service', this.props.service ?? 'nothing', SERVICE),
      ...wrongType('mesh', this.props.mesh, memberOf('MeshMembership', MeshMembership)),
      ...wrongType('metrics', this.props.metrics, METRICS),
    ];
    return wrong.length > 0 ? wrong : [...this.selectionProblems(), ...this.portProblems(), ...this.namespaceProblems(), ...this.metricsProblems()];
  }

  public get metrics(): MetricsEndpoint | undefined {
    const given = usable(this.props.metrics, METRICS);
    return given && { portName: this.portName(given.port) ?? '', port: given.port, path: usable(given.path, TEXT) ?? '/metrics' };
  }

  public openForScraping(): void {
    const port = usable(this.props.metrics, METRICS)?.port;
    const metadata = (this.props.owner as Partial<kplus.Workload> | undefined)?.podMetadata;
    if (port === undefined || metadata === undefined) return;
    const { [EXCLUDE_INBOUND_PORTS]: given } = metadata.toJson().annotations ?? {};
    const listed = String(given ?? '').split(',').map(entry => entry.trim()).filter(entry => entry !== '');
    metadata.addAnnotation(EXCLUDE_INBOUND_PORTS, [...new Set([...listed, String(port)])].join(','));
  }

  private metricsProblems(): ProblemReport[] {
    const port = usable(this.props.metrics, METRICS)?.port;
    return port === undefined || this.portName(port) !== undefined ? [] : [{
      code: 'SM1190',
      field: 'metrics.port',
      value: port,
      reason: `a PodMonitor names the port that it scrapes, and no container of the ${KINDS[this.props.property]} declares this one by name`,
      fix: "declare it, as in ports: [{ number: 9090, name: 'http-metrics' }]",
    }];
  }

  private portName(number: number): string | undefined {
    return listOf(this.podTemplate.spec?.containers).flatMap(container => listOf(container?.ports)).find(port => port?.containerPort === number)?.name;
  }

  private selectionProblems(): ProblemReport[] {
    const selector: Record<string, string> = this.service.spec?.selector ?? {};
    const missed = Object.entries(selector).filter(([key, value]) => this.podLabels[key] !== value);
    if (missed.length === 0 && Object.keys(selector).length > 0) return [];
    return [{
      code: 'SM0184',
      field: 'service',
      value: selector,
      reason: missed.length > 0
        ? `the Service does not select the pods of the ${KINDS[this.props.property]}: they carry no label ${missed.map(([key, value]) => `${key}=${value}`).join(', ')}`
        : 'the Service selects no pods',
      fix: 'make the Service with deployment.exposeViaService(), or pass the Deployment as its selector',
    }];
  }

  private portProblems(): ProblemReport[] {
    const nameless = this.servicePorts.filter(({ port, targetPort }) => this.numberOf(targetPort ?? port) === undefined);
    return nameless.map(({ port, targetPort }) => ({
      code: 'SM0185',
      field: 'service',
      value: targetPort,
      reason: `port ${port} of the Service leads to a port name that no container of the ${KINDS[this.props.property]} declares`,
      fix: 'declare a container port of that name, or use its number',
    }));
  }

  private namespaceProblems(): ProblemReport[] {
    const theirs = this.service.metadata?.namespace ?? this.namespace;
    return theirs === this.namespace ? [] : [{
      code: 'SM0186',
      field: 'service',
      value: `${theirs}/${this.service.metadata?.name}`,
      reason: `a Service selects pods of its own namespace only, and the ${KINDS[this.props.property]} is in ${this.namespace}`,
      fix: 'make both in one namespace',
    }];
  }

  private numberOf(port: unknown): number | undefined {
    if (typeof port === 'number') return port;
    for (const container of listOf(this.podTemplate.spec?.containers)) {
      const named = listOf(container?.ports).find(entry => entry?.name === port);
      if (named) return named.containerPort;
    }
    return undefined;
  }

  private get deployment(): Json {
    return manifestOf(this.props.owner);
  }

  private get service(): Json {
    return manifestOf(this.props.service);
  }

  private get servicePorts(): { port: number; targetPort?: number | string }[] {
    return listOf(this.service.spec?.ports);
  }

  private get podTemplate(): Json {
    return this.deployment.spec?.template ?? {};
  }

  private get podLabels(): Record<string, string> {
    return this.podTemplate.metadata?.labels ?? {};
  }
}

const SERVICE = objectOfKind('Service', 'pass the kplus.Service in front of the Deployment, as deployment.exposeViaService() returns it');

function ownerOf(kind: string): Expected<IConstruct> {
  return objectOfKind(kind, `pass a kplus.${kind}; for pods that something else runs use Workload.fromAttributes()`);
}

function objectOfKind(kind: string, fix: string): Expected<IConstruct> {
  return { what: `a ${kind} of cdk8s-plus`, fix, holds: (value): value is IConstruct => apiObjectOf(value)?.kind === kind };
}

function apiObjectOf(value: unknown): ApiObject | undefined {
  const child = (value as IConstruct | undefined)?.node?.defaultChild;
  return child && ApiObject.isApiObject(child) ? child as ApiObject : undefined;
}

// a patch may have put anything in the place of a list
function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function manifestOf(value: unknown): Json {
  const apiObject = apiObjectOf(value);
  return apiObject ? render(apiObject).manifest ?? {} : {};
}
